"""评判: what of a rehearsal was lost, doubled or said to be sent when it was not, against what was to be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rehearsal import Shown
from knowledge.ledger import VERDICTS, Entry, EntryKind, Ledger
from scheduler.notices import Notice, NoticeKind, attempt_key, parse_key

Expected = Mapping[str, tuple[Notice, datetime]]
"""What an undisturbed office says: the key of each notice, with the notice and the moment."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of `owed` notices, by their keys. `excused` leads from those that were not shown to the reason.

    `lost`: not shown, and nothing in the ledger says why, or taken up without a word on how it ended; `doubled`: shown twice without a word about it; `untrue`: the
    ledger says sent, and nobody saw it.
    """

    owed: int
    shown: int
    excused: Mapping[str, str]
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.untrue)


def base_key(claim: str) -> str:
    """The key of a notice, from the claim of any attempt at it."""
    return claim.partition("|")[2] if parse_key(claim).attempt > 1 else claim


Down = tuple[datetime, datetime]
"""A stretch of time in which nothing could be said."""


def judged(
    expected: Expected,
    shown: Sequence[Shown],
    ledger: Ledger,
    still: Iterable[str] = (),
    down: Sequence[Down] = (),
) -> Judgement:
    """`still` are the keys that are owed yet at the end, `down` when nothing could be said."""
    seen = Counter(base_key(claim) for message in shown for claim in dict.fromkeys(message.claims))
    outlook = _Outlook(ledger, shown, frozenset(still), down)
    missing = [key for key in expected if not seen[key]]
    reasons = {key: outlook.reason(key, *expected[key]) for key in missing}
    sent = {base_key(entry.key) for entry in ledger.kinds(EntryKind.SENT)}
    return Judgement(
        len(expected),
        sum(1 for key in expected if seen[key]),
        {key: why for key, why in reasons.items() if why},
        lost=(*(key for key, why in reasons.items() if not why), *(one.key for one in ledger.open_claims())),
        doubled=tuple(key for key, count in seen.items() if count > 1 and not outlook.told_twice(key)),
        untrue=tuple(key for key in expected if key in sent and not seen[key]),
    )


def together(judgements: Sequence[Judgement]) -> Judgement:
    """Several rehearsals of the same as one."""
    return Judgement(
        sum(one.owed for one in judgements),
        sum(one.shown for one in judgements),
        {f"{key}#{n}": why for n, one in enumerate(judgements) for key, why in one.excused.items()},
        *(tuple(key for one in judgements for key in getattr(one, name)) for name in ("lost", "doubled", "untrue")),
    )


class _Outlook:
    """Why something was not shown, as the ledger and what came after it tell."""

    def __init__(self, ledger: Ledger, shown: Iterable[Shown], still: frozenset[str], down: Sequence[Down]) -> None:
        self._ledger, self._still, self._down = ledger, still, down
        told = [(base_key(claim), datetime.fromisoformat(one.at)) for one in shown for claim in one.claims]
        told += [(base_key(entry.key), entry.at) for entry in ledger.kinds(*VERDICTS)]
        self._told = [(parse_key(key), at) for key, at in told]
        self._subjects: dict[tuple[str, str, str], list[tuple[str, datetime]]] = {}
        for key, at in told:
            self._subjects.setdefault(_subject(key), []).append((key, at))

    def history(self, key: str) -> list[Entry]:
        """All that the ledger says about a notice, every attempt, and that it was held."""
        keys = [attempt_key(key, n) for n in range(1, 9)]
        return [entry for one in (*keys, f"held|{key}") for entry in self._ledger.keyed(one)]

    def told_twice(self, key: str) -> bool:
        """Whether it says of itself that it is perhaps said twice."""
        return any(entry.details.get("maybe_twice") for entry in self.history(key))

    def reason(self, key: str, notice: Notice, due: datetime) -> str:
        """Why a notice that was to be said at `due` was not shown; empty where nothing tells."""
        entries = self.history(key)
        for entry in reversed(entries):
            if entry.kind is EntryKind.UNKNOWN:
                return "不明，已如实记为可能发送过"
            if entry.kind is EntryKind.FAILED and entry.details.get("permanent"):
                return "平台拒绝，已记为失败并报警"
            if entry.kind is EntryKind.LAPSED:
                return "过了时，已记下原因"
        if key in self._still:
            return "还欠着，接着会发"
        if entries and entries[-1].kind is EntryKind.FAILED:
            return "平台一直没有收下，重试用完，已记为失败"
        if any(one != key and at > due for one, at in self._subjects.get(_subject(key), ())):
            return "过了时，改按后来的阶段说"
        if any(entry.kind is EntryKind.HELD for entry in entries):
            return "当天已到上限，已记下"
        if notice.assignment is not None and self._taken_over(key, due):
            return "过了时，已轮到下一期"
        if notice.kind is NoticeKind.SUMMARY and any(start <= due < end for start, end in self._down):
            return "过了时的周报不补发"
        return ""

    def _taken_over(self, key: str, due: datetime) -> bool:
        """Whether a later date of the same assignment was spoken of in its conversation afterwards."""
        mine = parse_key(key)
        return any(
            told.assignment == mine.assignment and told.conversation == mine.conversation and told.slot > mine.slot
            for told, at in self._told
            if at > due
        )


def _subject(key: str) -> tuple[str, str, str]:
    parts = parse_key(key)
    return parts.assignment, parts.slot, parts.conversation
