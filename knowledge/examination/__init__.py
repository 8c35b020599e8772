"""文件体检: what the author of a document should correct, confirm or know, before anybody works by it.

Pure: a draft, and what an office knows beside it, become findings. A finding is only made where a careful reader would
make it too; what is uncertain because of our own reading stays a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.examination.days import days
from knowledge.examination.finding import Examination, Finding, Leftover, Severity, Spot
from knowledge.examination.gaps import gaps
from knowledge.examination.leftovers import leftovers
from knowledge.examination.marks import marks
from knowledge.examination.misprints import misprints
from knowledge.examination.names import names
from knowledge.examination.numbers import numbers
from knowledge.examination.repeats import repeats
from knowledge.examination.specimen import Roster, Specimen, Workday, whose
from knowledge.examination.sums import sums
from knowledge.model import Doubt

__all__ = ["Examination", "Finding", "Leftover", "Roster", "Severity", "Specimen", "Spot", "Workday", "examine"]

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
    doubts = tuple((owner, doubt) for owner, doubt in _doubts(specimen) if not _told(doubt, distinct))
    return Examination(specimen.document, tuple(distinct), doubts, leftovers(specimen))


def _doubts(specimen: Specimen) -> Iterator[tuple[str, Doubt]]:
    yield from (("", doubt) for doubt in specimen.document.doubts)
    yield from ((whose(a), doubt) for a in specimen.draft.assignments for doubt in a.doubts)


def _told(doubt: Doubt, findings: list[Finding]) -> bool:
    """Whether a finding already says what a doubt says, at the same place."""
    if doubt.code.startswith("number"):
        return any(_about_number(finding, doubt) for finding in findings)
    codes = _TOLD.get(doubt.code, ())
    return any(finding.code in codes and finding.at.place == doubt.place for finding in findings)


def _about_number(finding: Finding, doubt: Doubt) -> bool:
    """Whether a finding tells of the same number: at the place of the doubt, or by its words."""
    if not finding.code.startswith("number-"):
        return False
    same = finding.at.place == doubt.place or any(spot.place == doubt.place for spot in finding.related)
    said = finding.wrong + finding.advice
    return same or any(f"“{n}”" in said for n in doubt.words.split("、"))
