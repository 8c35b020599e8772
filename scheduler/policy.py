"""What an office wants said, when, where and to whom: the rules that reminders and summaries follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from knowledge.directory import Directory
from knowledge.identity import Remembered
from knowledge.restrictions import Restrictions
from scheduler.ranking import Yardstick

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone of every moment in the product, whatever the machine's own zone is."""

Pause = tuple[time, time]
"""A stretch of the day in which nothing is said, its end not included; it may run over midnight."""


CHANGE, OVERDUE, REST, NEXT = "变化", "逾期", "本期到期", "下期到期"
DONE, UNANSWERED, UNPROVEN, WAITING, RETURNED = "办结", "没有签收", "没有佐证", "已报待核", "退回"
UNITS, DOCUMENTS = "各单位", "各文件"
PARTS = (CHANGE, OVERDUE, REST, NEXT, DONE, UNANSWERED, UNPROVEN, WAITING, RETURNED, UNITS, DOCUMENTS)
"""The parts of a summary, in their order, as an office names them in its settings."""


class Chase(NamedTuple):
    """The stages that a deadline gets; the fields are those of Policy."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    weekly: bool
    chased_for: int


@dataclass(frozen=True, slots=True)
class Rule:
    """规定: settings that hold for some documents (ids), conversations or units (printed names) only.

    None of the three restricts where it is None; `name` says which rule it is, as a person finds it in the settings.
    `settings` are fields of Policy with the values they take.
    """

    name: str
    settings: tuple[tuple[str, object], ...]
    documents: frozenset[str] | None = None
    conversations: frozenset[str] | None = None
    units: frozenset[str] | None = None

    def concerns(self, document: str | None, conversation: str | None, unit: str | None) -> bool:
        """Whether it holds there; a rule for some units does not hold where no unit is asked about."""
        asked = ((self.documents, document), (self.conversations, conversation), (self.units, unit))
        return all(some is None or one in some for some, one in asked)

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """Which of two rules wins: more conditions before fewer, then a unit's before a document's before a conversation's."""
        given = [some is not None for some in (self.documents, self.conversations, self.units)]
        return sum(given), given[2], given[0]


@dataclass(frozen=True)
class Policy:
    """提醒规则 of one office; `of` gives the one that holds for a document, a conversation and a unit.

    `default_conversation` hears of what no conversation is bound to, `supervisors` where that is empty and what is
    escalated, `leaders` what is escalated further; empty where there is none. `remind` switches reminders altogether.
    `before` and `after` are the stages of a deadline in working days; `weekly` goes on once a week behind them, `chased_for`
    weeks long: what is overdue for longer stays in the summary. `prompts` switches the quarterly prompt for work without a
    date, `summary` the weekly summary (on `summary_weekday`, 0 is Monday, or the week's last working day before it, at
    `summary_at`), `summary_monthly` the day of the month on which the last one is summed up (0: it is not). Summaries go to the
    conversations in `summary_to` only, where there are some; `summary_parts` are the lists in them, `ranking` how units are
    ranked in them (None: they are not).

    Nothing is posted before `post_at`, from `quiet_from` on, or in the `pauses`. Each conversation has its own minute, up to
    `jitter` after `post_at`, so that not everything leaves on the hour. `cap` is how many messages a conversation gets
    unasked in a day at most, `at_once` how many assignments a message spells out; the others are summed up in a line.
    `mention` names the liaisons. `back_off` is how long to wait at most after each temporary failure; when it is used up, the
    delivery has failed. `rules` hold for some only; `directory` says who listens where, `restrictions`
    what may be spoken of in cleared conversations only.
    """

    default_conversation: str = "工作群"
    supervisors: str = ""
    leaders: str = ""
    remind: bool = True
    before: tuple[int, ...] = (7, 3, 1, 0)
    after: tuple[int, ...] = (1, 3)
    weekly: bool = True
    chased_for: int = 52
    prompts: bool = True
    post_at: time = time(9, 0)
    jitter: int = 0
    quiet_from: time = time(20, 0)
    pauses: tuple[Pause, ...] = ()
    cap: int = 4
    at_once: int = 12
    mention: bool = True
    summary: bool = True
    summary_at: time = time(16, 0)
    summary_weekday: int = 4
    summary_monthly: int = 0
    summary_to: tuple[str, ...] = ()
    summary_parts: tuple[str, ...] = (CHANGE, OVERDUE, REST, NEXT)
    ranking: Yardstick | None = None
    back_off: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
    )
    rules: tuple[Rule, ...] = ()
    directory: Directory = field(default_factory=Directory, hash=False)
    restrictions: Restrictions = field(default_factory=Restrictions, hash=False)

    @cached_property
    def _merged(self) -> dict[tuple[str | None, str | None, str | None], Policy]:
        return {}

    @cached_property
    def remembered(self) -> Remembered[Any]:
        """Room for what follows from this policy and a register (scheduler.addressees): one office's, gone with it."""
        return Remembered(16)

    @cached_property
    def apart(self) -> Policy:
        """The same rules with a memory of their own: for asking what would be owed by another ledger."""
        return replace(self)

    @cached_property
    def chase(self) -> Chase:
        """The stages alone: a small key for what is remembered of a deadline."""
        return Chase(self.before, self.after, self.weekly, self.chased_for)

    def of(self, document: str | None = None, conversation: str | None = None, unit: str | None = None) -> Policy:
        """The policy that holds for a document (id), a conversation and a unit (printed name), each where it is given."""
        if not self.rules:
            return self
        place = document, conversation, unit
        if place not in self._merged:
            told = {name: value for name, (value, _) in self.reasons(document, conversation, unit).items()}
            self._merged[place] = replace(self, **told) if told else self  # type: ignore[arg-type]
        return self._merged[place]

    def reasons(
        self, document: str | None = None, conversation: str | None = None, unit: str | None = None
    ) -> dict[str, tuple[object, Rule]]:
        """The settings that rules change there: name → value and the rule that won."""
        found: dict[str, tuple[object, Rule]] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.rank):
            if rule.concerns(document, conversation, unit):
                found.update({name: (value, rule) for name, value in rule.settings})
        return found

    def opens_at(self, conversation: str = "") -> time:
        """The time of day from which this conversation is posted to: `post_at` and its own minutes, the same every day."""
        if conversation not in self._opens:
            self._opens[conversation] = self._opening(conversation)
        return self._opens[conversation]

    @cached_property
    def _opens(self) -> dict[str, time]:
        return {}

    def _opening(self, conversation: str) -> time:
        own = self.of(conversation=conversation) if conversation else self
        if not (own.jitter and conversation):
            return own.post_at
        minutes = 1 + int.from_bytes(sha256(conversation.encode()).digest()[:4]) % own.jitter
        total = own.post_at.hour * 60 + own.post_at.minute + minutes
        return time(min(total // 60, 23), total % 60 if total < 24 * 60 else 59)

    def may_post(self, now: datetime, conversation: str = "") -> bool:
        """Whether the time of day allows the bot to speak by itself, in this conversation where one is named."""
        return self._open(now.astimezone(SHANGHAI).time(), conversation)

    def open_to(self, now: datetime, conversations: Iterable[str]) -> frozenset[str]:
        """Those of these conversations in which the bot may speak by itself at `now`."""
        at = now.astimezone(SHANGHAI).time()
        return frozenset(one for one in conversations if self._open(at, one))

    def _open(self, at: time, conversation: str) -> bool:
        own = self.of(conversation=conversation) if conversation and self.rules else self
        return self.opens_at(conversation) <= at < own.quiet_from and not any(within(at, one) for one in own.pauses)

    def times(self, conversations: Iterable[str] = ()) -> tuple[time, ...]:
        """The times of day at which something new can become owed to these conversations; between them nothing does."""
        found: set[time] = set()
        for conversation in conversations or ("",):
            own = self.of(conversation=conversation) if conversation else self
            found.add(self.opens_at(conversation))
            found |= {end for _, end in own.pauses if self.opens_at(conversation) < end < own.quiet_from}
            if own.summary:
                found.add(own.summary_at)
        return tuple(sorted(found))

    def summary_times(self, conversations: Iterable[str]) -> frozenset[time]:
        """The times of day at which summaries come to these conversations."""
        own = (self.of(conversation=one) for one in conversations)
        return frozenset(one.summary_at for one in own if one.summary)

    @property
    def moments(self) -> tuple[time, ...]:
        """As `times`, for a conversation without minutes of its own."""
        return self.times()


def within(at: time, pause: Pause) -> bool:
    """Whether a time of day lies in a pause, which may run over midnight."""
    start, end = pause
    return start <= at < end if start <= end else at >= start or at < end


SETTINGS = frozenset(one.name for one in fields(Policy)) - {"rules", "directory", "restrictions", "back_off"}
"""What an office can set."""
WHEN = frozenset({"post_at", "jitter", "quiet_from", "pauses", "cap", "at_once", "mention", "summary", "summary_at"})
"""What is settled for a conversation as a whole, because it is about messages and not about assignments."""
WHOLE = frozenset(
    {
        *("default_conversation", "supervisors", "leaders"),
        *("summary_weekday", "summary_monthly", "summary_to", "summary_parts", "ranking"),
    }
)
"""What is settled for the whole office only."""
