"""A comparison as `qiantou compare --json` prints it; the form is that of docs/接口.md."""

from __future__ import annotations

from bot.records import Record
from knowledge.comparison import Comparison, Pair, fragments
from knowledge.model import Assignment, Document, Role


def comparison_record(comparison: Comparison) -> Record:
    """Both documents, the counts, the units that were renamed, and every pair in order."""
    return {
        "old": _document(comparison.old),
        "new": _document(comparison.new),
        "counts": comparison.counts,
        "renamed": [{"old": one.old, "new": one.new, "words": one.words} for one in comparison.renamed],
        "pairs": [_pair(pair) for pair in comparison.pairs],
    }


def _document(document: Document) -> Record:
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "number": document.number,
        "issued": document.issued.isoformat() if document.issued else None,
        "year": document.year,
    }


def _pair(pair: Pair) -> Record:
    record: Record = {
        "kind": _kind(pair),
        "confidence": round(pair.confidence, 3),
        "old": [_assignment(one) for one in pair.old],
        "new": [_assignment(one) for one in pair.new],
        "changes": [
            {"kind": change.kind.value, "words": change.words, "before": change.before, "after": change.after}
            for change in pair.changes
        ],
    }
    if len(pair.old) == len(pair.new) == 1 and pair.old[0].text != pair.new[0].text:
        record["text"] = [[one.fate.value, one.text] for one in fragments(pair.old[0].text, pair.new[0].text)]
    return record


def _kind(pair: Pair) -> str:
    if pair.added or pair.dropped:
        return "added" if pair.added else "dropped"
    if not pair.sure:
        return "possible"
    return "carried" if pair.carried else "changed"


def _assignment(one: Assignment) -> Record:
    return {
        "id": one.id,
        "no": one.number,
        "section": list(one.section),
        "text": one.text,
        **{role.value: list(one.units(role)) for role in Role},
        "deadlines": [deadline.text for deadline in one.deadlines if not deadline.inner],
    }
