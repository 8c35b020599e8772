"""报告要求: what an office wants of a report of completion: a link or a file as evidence, and a supervisor's acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Proving(StrEnum):
    """Whether a completion needs a link or a file: never asked for, asked for, or not done without."""

    NONE = "none"
    WANTED = "wanted"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Demand:
    """报告要求 for the documents it holds for. `acceptance`: a completion waits for a supervisor's word."""

    acceptance: bool = False
    evidence: Proving = Proving.NONE


@dataclass(frozen=True, slots=True)
class Demands:
    """The demand of the whole office, and those of documents (ids) that have one of their own."""

    office: Demand = Demand()
    documents: Mapping[str, Demand] = field(default_factory=dict)

    def of(self, document: str) -> Demand:
        """What holds for a document (its id)."""
        return self.documents.get(document, self.office)
