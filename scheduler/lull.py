"""空档: until when nothing more can become owed to an office if nothing is written, so that the minutes between cost a look at the clock.

What is owed only grows at moments that are known beforehand: a day begins, a conversation that has something to hear opens, a pause
of it ends, a summary's time comes, or the back-off of a failure is over. That what was owed has been sent adds nothing to it. A lull
is a memo and never a truth: anything else in the ledger, another register, policy or calendar, or a clock that goes back, ends it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from hashlib import sha256

from knowledge.errands import errands
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.register import Register
from knowledge.silences import silent_now
from scheduler.addressees import conversations
from scheduler.allowance import Owed
from scheduler.calendar import WorkCalendar
from scheduler.days import DAY
from scheduler.notices import next_attempt, parse_key
from scheduler.policy import SHANGHAI, Policy
from scheduler.ready import Opening

_LULL = "lull"
_SPOKEN_IN = (EntryKind.EXTENDED, EntryKind.REPORTED, EntryKind.ACCEPTED, EntryKind.RETURNED, EntryKind.CANCELLED)
"""Entries whose own conversation may hear of them again, whether anything is bound to it or not."""
_REFUSED = (EntryKind.FAILED, EntryKind.UNKNOWN)
TURNS = 0.9
"""The part of a lull in which offices take their turns to prepare what comes behind it."""
REPEATED_FOR = timedelta(days=14)
"""How long ago a failure lies at most whose repetition is still to come, whatever the platform asked for."""


class Lull:
    """空档 of one register under one policy and one calendar, which are what `lull_of` keeps it with."""

    def __init__(self, place: float = 0.0) -> None:
        """`place` (from 0 to below 1) is where in each lull this office takes its turn to prepare."""
        self._place = place
        self._ledger: Ledger | None = None
        self._since = self._until = datetime.min.replace(tzinfo=SHANGHAI)
        self._owed, self._claims, self._prepared = Owed(), frozenset[str](), False
        self._ready: deque[Opening] = deque()
        self._summing: tuple[frozenset[str], frozenset[time]] = frozenset(), frozenset()

    def owed(self, ledger: Ledger, now: datetime, policy: Policy) -> Owed | None:
        """What is owed at `now`, where nothing can have been added since it was found but what was made ready: that, or no notice and
        perhaps some that wait. None where it has to be found out."""
        if not self._holds(ledger, now):
            return None
        return self._opened(now, policy) if self._ready and self._ready[0].at <= now else self._owed

    def _holds(self, ledger: Ledger, now: datetime) -> bool:
        """Whether this is the time of the lull, and all that was to be said has been sent and nothing else written."""
        if self._ledger is None or not self._since <= now < self._until:
            return False
        if self._claims and self._all_sent(ledger.since(self._ledger) or ()):
            self._ledger, self._claims = ledger, frozenset()
        return not self._claims and ledger.is_same(self._ledger)

    def _opened(self, now: datetime, policy: Policy) -> Owed | None:
        """What was made ready for the conversations that have opened; None where that is too late: others have opened meanwhile, or
        some of them are closed again."""
        opening = self._ready.popleft()
        late = bool(self._ready) and self._ready[0].at <= now
        if late or policy.open_to(now, opening.conversations) != opening.conversations:
            self._ledger = None
            return None
        # What was said has still to be put to rest, and what comes after it to be made ready: the last opening ends what is prepared.
        self._since, self._claims, self._prepared = now, opening.claims, bool(self._ready)
        return Owed(opening.notices)

    def prepared(self, ledger: Ledger, now: datetime) -> bool:
        """Whether a lull holds that knows what is said when it ends, or which conversations have something to hear by then."""
        return self._prepared and self._holds(ledger, now)

    def has_turn(self, ledger: Ledger, now: datetime) -> bool:
        """Whether a lull holds of which so much is over that it is this office's turn to prepare what comes; that is but once."""
        if self._prepared or not self._holds(ledger, now):
            return False
        return now >= self._since + (self._until - self._since) * self._place

    def begin(
        self,
        found: Owed,
        ledger: Ledger,
        now: datetime,
        until: datetime,
        prepared: bool,
        ready: Iterable[Opening] = (),
    ) -> None:
        """This is owed at `now`. When all of it was sent nothing more is, unless something else is written, up to `until`, but what was
        made `ready`."""
        # What waits for its turn, or is in a person's hand, may become owed by what is sent now.
        unsure = found.notices and (found.held or ledger.kinds(EntryKind.ENTRUSTED))
        self._ledger, self._since, self._until = ledger, now, now if unsure else until
        self._owed, self._prepared, self._ready = Owed((), found.held), prepared, deque(ready)
        self._claims = frozenset(notice.claim for notice in found.notices)

    def _all_sent(self, fresh: Iterable[Entry]) -> bool:
        """Whether nothing was written but that all of it was sent."""
        sent = set()
        for entry in fresh:
            if entry.key not in self._claims or not self._since <= entry.at < self._until:
                return False
            if entry.kind is EntryKind.SENT:
                sent.add(entry.key)
            elif entry.kind is not EntryKind.CLAIMED:
                return False
        return sent == self._claims

    def times(self, heard: frozenset[str], later: Iterable[str], policy: Policy) -> tuple[time, ...]:
        """The times of day at which something can become owed: when those open that have something to hear `later`, and when
        summaries come to anybody who is `heard`."""
        if self._summing[0] != heard:
            self._summing = heard, policy.summary_times(heard)
        opening = tuple(later)
        return (*(policy.times(opening) if opening else ()), *self._summing[1])


def lull_of(register: Register, calendar: WorkCalendar, policy: Policy) -> Lull:
    """The lull for these very values; one that is over where none has begun."""
    found: Lull = policy.remembered.of((register, calendar, _LULL), lambda: Lull(_place(register, policy)))
    return found


def _place(register: Register, policy: Policy) -> float:
    """Where in a lull an office takes its turn to prepare, the same in each: many offices on one machine take theirs one after the
    other, and the last ones with some of the time left to them."""
    names = (policy.supervisors, policy.default_conversation, *register.bindings, *policy.directory.units)
    told = "|".join((*sorted(names), *sorted(document.id for document in register.documents)))
    return TURNS * int.from_bytes(sha256(told.encode()).digest()[:4]) / 2**32


def listening(register: Register, ledger: Ledger, policy: Policy) -> frozenset[str]:
    """Every conversation that may be told anything unasked: those that hear of assignments, and those that hear of what they said."""
    return frozenset((*conversations(register.in_force, policy), *policy.summary_to, *_told_again(ledger, policy)))


def _told_again(ledger: Ledger, policy: Policy) -> Iterator[str]:
    yield from filter(None, (policy.supervisors, policy.leaders, policy.default_conversation))
    yield from (entry.conversation for entry in ledger.kinds(*_SPOKEN_IN) if entry.conversation)
    yield from (errand.via for errand in errands(ledger))


def lasts_until(times: Iterable[time], owed: Owed, ledger: Ledger, now: datetime, policy: Policy) -> datetime:
    """The next moment after `now` at which something else may be owed, the ledger staying as it is; `times` are the times of day at
    which the conversations open and summaries come, `owed` is what is owed now.

    `now` itself where the ledger has entries of the future: a clock was set back, and any minute may be theirs.
    """
    latest = ledger.latest
    if latest is not None and latest > now:
        return now
    today = now.astimezone(SHANGHAI).date()
    at = {*times, *(_falling_silent(owed, policy) if owed.held else ())}
    coming = (
        datetime.combine(today + DAY, time(), SHANGHAI),  # whatever lasts longer, a day has stages of its own
        *(datetime.combine(today, one, SHANGHAI) for one in at),
        *_repetitions(ledger, now, policy),
        *_ends(ledger, now),
    )
    return min(one for one in coming if one > now)


def _falling_silent(owed: Owed, policy: Policy) -> Iterator[time]:
    """The times from which nothing waits any more for a conversation, because it may not be spoken to."""
    for conversation in {notice.conversation for notice in owed.held}:
        own = policy.of(conversation=conversation)
        yield from (own.quiet_from, *(start for start, _ in own.pauses))


def _ends(ledger: Ledger, now: datetime) -> Iterator[datetime]:
    """When the silences that hold now end by themselves."""
    return (datetime.combine(one.until + DAY, time(), one.since.tzinfo) for one in silent_now(ledger, now))


def _repetitions(ledger: Ledger, now: datetime, policy: Policy) -> Iterator[datetime]:
    """When what failed, or stayed without an answer, may be tried again."""
    for entry in reversed(ledger.kinds(*_REFUSED)):
        if now - entry.at > REPEATED_FOR:
            return
        base = entry.key.partition("|")[2] if parse_key(entry.key).attempt > 1 else entry.key
        coming = next_attempt(ledger, base, policy)
        if coming is not None and coming[1] is not None:
            yield coming[1]
