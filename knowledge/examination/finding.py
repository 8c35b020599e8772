"""What an examination tells: findings for the author of a document, and the lines nobody could read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Document, Doubt, Passage, Place


class Severity(StrEnum):
    """轻重: MUST contradicts itself whatever was meant, ASK is likely a slip, NOTE is worth a look."""

    MUST = "must"
    ASK = "ask"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The severity in Chinese."""
        return {"must": "必须改", "ask": "请核实", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the name of the assignment there (`第3项`, empty outside of any) and the words that stand there.

    `document` names another document where the place is not in the examined one.
    """

    place: Place | None = None
    whose: str = ""
    words: str = ""
    document: str = ""

    @property
    def where(self) -> str:
        """The place in plain Chinese: `《某方案》第12行（第3项）`."""
        place = self.place.words() if self.place else ""
        inner = f"{place}（{self.whose}）" if place and self.whose else place or self.whose or "全文"
        return f"《{self.document}》{inner}" if self.document else inner


@dataclass(frozen=True, slots=True)
class Finding:
    """体检问题: something in a document that its author should correct, confirm or know.

    `code` is a short stable English slug; `wrong` says in one Chinese sentence what is wrong, `advice` what to do.
    `related` are the other places that belong to it.
    """

    code: str
    severity: Severity
    at: Spot
    wrong: str
    advice: str
    related: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """读漏: neighbouring lines that were read into nothing, and why likely; `why` is empty where nobody knows.

    `harmless`: what stands there is plainly no assignment (a total, a telephone number, the page around the text).
    """

    lines: tuple[Passage, ...]
    why: str = ""
    harmless: bool = False

    @property
    def where(self) -> str:
        """The places of the first and the last line in plain Chinese."""
        first, last = self.lines[0].place.words(), self.lines[-1].place.words()
        return first if first == last else f"{first}至{last}"


@dataclass(frozen=True, slots=True)
class Examination:
    """文件体检: what is wrong in a document, where its reading is unsure of itself, and what was left unread.

    `doubts` are the reading's own, each with the name of its assignment; those that a finding tells are not repeated.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    doubts: tuple[tuple[str, Doubt], ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity, in document order."""
        return tuple(finding for finding in self.findings if finding.severity is severity)
