"""文件体检: what the author of a document should correct, confirm or know, before anybody works by it.

Pure: a draft, and what an office knows beside it, become findings. A finding is only made where a careful reader would
make it too; what is uncertain because of our own reading stays a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from knowledge.examination.days import days
from knowledge.examination.finding import Examination, Finding, Leftover, Severity, Spot
from knowledge.examination.gaps import gaps
from knowledge.examination.leftovers import leftovers
from knowledge.examination.marks import marks
from knowledge.examination.misprints import misprints
from knowledge.examination.names import names
from knowledge.examination.numbers import numbers
from knowledge.examination.repeats import repeats
from knowledge.examination.specimen import Specimen, Workday, whose
from knowledge.examination.sums import sums
from knowledge.model import Doubt, Place

__all__ = ["Examination", "Finding", "Leftover", "Severity", "Specimen", "Spot", "Workday", "examine"]

_CHECKS: tuple[Callable[[Specimen], Iterator[Finding]], ...] = (
    numbers, gaps, names, days, sums, marks, repeats, misprints,
)  # fmt: skip
_ORDER = {severity: at for at, severity in enumerate(Severity)}
# Doubts of the reading that say the same as a finding: code of the doubt → codes of the findings.
_TOLD = {
    "no-units": ("units-missing",),
    "no-text": ("no-text",),
    "deadline-conflict": ("date-conflict",),
    "deadline": ("date-past", "date-impossible", "date-reversed", "misprint"),
}


def examine(specimen: Specimen) -> Examination:
    """What stands out in a document; needs a draft that still has its blocks."""
    found = [one for check in _CHECKS for one in check(specimen)]
    distinct = list(dict.fromkeys(found))
    distinct.sort(key=lambda one: (_ORDER[one.severity], specimen.index(one.at.place)))
    told = _Told(distinct)
    doubts = tuple((owner, doubt) for owner, doubt in _doubts(specimen) if not told.says(doubt))
    return Examination(specimen.document, tuple(distinct), doubts, leftovers(specimen))


def _doubts(specimen: Specimen) -> Iterator[tuple[str, Doubt]]:
    yield from (("", doubt) for doubt in specimen.document.doubts)
    yield from ((whose(a), doubt) for a in specimen.draft.assignments for doubt in a.doubts)


class _Told:
    """What the findings say already, by their codes and places."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._spoken = {(finding.code, _row(finding.at.place)) for finding in findings}
        counted = [finding for finding in findings if finding.code.startswith("number-")]
        self._counted = {spot.place for finding in counted for spot in (finding.at, *finding.related)}
        self._words = "".join(finding.wrong + finding.advice for finding in counted)

    def says(self, doubt: Doubt) -> bool:
        """Whether a finding says what a doubt says: at the same place, for numbers also of the same number."""
        if doubt.code.startswith("number"):
            return doubt.place in self._counted or any(f"“{n}”" in self._words for n in doubt.words.split("、"))
        return any((code, _row(doubt.place)) in self._spoken for code in _TOLD.get(doubt.code, ()))


def _row(place: Place | None) -> Place | None:
    """The row a cell stands in, any other place itself."""
    return replace(place, column=None) if place and place.row is not None else place
