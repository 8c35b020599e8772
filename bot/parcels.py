"""Notices packed into messages that fit a channel, split at line ends by the channel's own measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.channels.protocol import Verdict
from scheduler.notices import Notice, NoticeKind

Measure = Callable[[str], int]
Compose = Callable[[Sequence[Notice]], str]
Words = Callable[..., str]
"""As Compose, with `mention` where a channel can really name a liaison, and `heard` false where nobody is heard."""
BRIEF = frozenset({NoticeKind.REMINDER, NoticeKind.PROMPT, NoticeKind.SUMMARY, NoticeKind.ESCALATION, NoticeKind.EVENT})
"""What can be said in a line with others, or in fewer lines."""
NUMBERING = "（99/99）\n"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Notices that share a fate: they stand in the same message. Only a notice too long for one has several texts.

    `before` are the verdicts on messages of earlier attempts, which are not said again.
    """

    notices: tuple[Notice, ...]
    texts: tuple[str, ...]
    before: tuple[Verdict, ...] = ()

    def post_key(self, part: int) -> str:
        """The name of one of its messages for the platform, the same whenever the same notices are packed.

        `part` counts from 0 over all attempts.
        """
        claims = "\n".join(notice.claim for notice in self.notices)
        return sha256(f"{claims}\n{part}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def pack(notices: Sequence[Notice], compose: Compose, measure: Measure, limit: int | None) -> tuple[Parcel, ...]:
    """All `notices` in their order, in as few messages as fit; numbered （1/3） when there are several.

    Where that would be more messages than the conversation may still get today (`Notice.room`), the last reminders are summed
    up in a line instead; what fits not even so is left out and waits. Raises ValueError when `limit` has no room for a character beside the numbering.
    """
    found = _packed(notices, compose, measure, limit)
    room = notices[0].room if notices else None
    if room is None or _count(found) <= room:
        return _numbered(found)
    low, high = 0, sum(map(_can_be_brief, notices))
    while low < high:
        middle = (low + high + 1) // 2
        fits = _count(_packed(_shortened(notices, middle), compose, measure, limit)) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    found = _packed(_shortened(notices, low), compose, measure, limit)
    while len(found) > 1 and _count(found) > room:
        found.pop()
    return _numbered(found)


def _count(parcels: Sequence[Parcel]) -> int:
    return sum(len(parcel.texts) for parcel in parcels)


def _can_be_brief(notice: Notice) -> bool:
    return notice.kind in BRIEF


def _shortened(notices: Sequence[Notice], spelt_out: int) -> tuple[Notice, ...]:
    """The notices, with no more than so many of those that can be brief spelt out."""
    found, count = [], 0
    for notice in notices:
        count += _can_be_brief(notice)
        found.append(replace(notice, brief=True) if _can_be_brief(notice) and count > spelt_out else notice)
    return tuple(found)


def _packed(notices: Sequence[Notice], compose: Compose, measure: Measure, limit: int | None) -> list[Parcel]:
    whole = compose(notices)
    if limit is None or measure(whole) <= limit:
        return [Parcel(tuple(notices), (whole,))]
    room = limit - measure(NUMBERING)
    parcels = []
    rest = tuple(notices)
    while rest:
        count = _most(rest, compose, measure, room)
        text = compose(rest[:count])
        parcels.append(Parcel(rest[:count], split(text, measure, room)))
        rest = rest[count:]
    return parcels


def _most(notices: tuple[Notice, ...], compose: Compose, measure: Measure, room: int) -> int:
    """How many of the first notices fit into one message; at least one."""
    low, high = 1, len(notices)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(compose(notices[:middle])) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _numbered(parcels: Sequence[Parcel]) -> tuple[Parcel, ...]:
    total = _count(parcels)
    if total == 1:
        return tuple(parcels)
    numbered, number = [], 0
    for parcel in parcels:
        texts = []
        for text in parcel.texts:
            number += 1
            texts.append(f"（{number}/{total}）\n{text}")
        numbered.append(replace(parcel, texts=tuple(texts)))
    return tuple(numbered)


def divided(text: str, measure: Measure, limit: int | None) -> tuple[str, ...]:
    """A text of any length as messages that fit; numbered （1/3） when there are several. Raises ValueError as `pack`."""
    if limit is None or measure(text) <= limit:
        return (text,)
    pieces = split(text, measure, limit - measure(NUMBERING))
    return tuple(f"（{number}/{len(pieces)}）\n{piece}" for number, piece in enumerate(pieces, 1))


def split(text: str, measure: Measure, limit: int) -> tuple[str, ...]:
    """`text` in pieces of at most `limit`, cut at line ends; a single line that is too long is cut inside.

    Raises ValueError when not even one character fits.
    """
    pieces: list[str] = []
    for line in text.split("\n"):
        for bit in _bits(line, measure, limit):
            joined = f"{pieces[-1]}\n{bit}" if pieces else bit
            if pieces and measure(joined) <= limit:
                pieces[-1] = joined
            else:
                pieces.append(bit)
    return tuple(pieces)


def _bits(line: str, measure: Measure, limit: int) -> list[str]:
    bits = []
    while measure(line) > limit:
        end = len(line) - 1
        while end and measure(line[:end]) > limit:
            # Shrink in proportion first; a character is at least one unit long in every measure.
            end = min(end - 1, max(1, end * limit // measure(line[:end]))) if end > 1 else 0
        if not end:
            raise ValueError(f"a message of at most {limit} has no room for a character")
        bits.append(line[:end])
        line = line[end:]
    return [*bits, line]
