"""Find the units that a sentence names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from knowledge.lexicon import Lexicon
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.units.meanings import Meanings
from knowledge.units.mention import How, Match, Mention
from knowledge.units.unit_forms import Forms
from knowledge.units.unit_names import LEVELS, UnitName, taken_apart

# A mention is at most this long.
LONGEST = 18
# No everyday word is longer.
_EVERYDAY = 40
# What is left of a name's confidence after a guess at its sound.
HEARD = 0.9
_LETTERS = regex(r"[a-zü']+(?: [a-zü']+)*")
# Typed words that stand right before what is asked.
_LETTERS_BEFORE = regex(r"[a-zü']+(?: [a-zü']+)*(?=[ ,]?$)")
# What may stand before a unit that we do not know.
_BOUNDARY = regex(r"^.*(?:[\W\x00-\xff]|[的了吗呢吧啊是归由问和与及跟请给让那这哪谁个们到在把被])")
# 办 and 委 are verbs and parts of words as often as units: a unit when what follows speaks of units.
_STRANGE = regex(
    r"局(?![部面势限])|[办委](?=$|[\W\x00-\xff]|牵头|负责|配合|落实|承办|主任|有|的|要|管|呢|吧|是|在|报|和)"
)
# What is asked of a unit and not of a topic.
_ASKED_TO_DO = regex(
    r"(?:那边|这边)?(?:要|都|还|各|分别){0,4}(?:负责|牵头|管|做|干|承担|配合|参与|参加|主办|协办)(?:了|的)?(?:都|还|一共)?(?:有|是)?(?:什么|啥|哪|几|多少)"
    r"|(?:那边|这边)?(?:独家|单独|自己)?(?:负责|牵头|主责|承担|配合|参与)的(?:任务|事项|工作|活儿?)?(?:都|全部?|一并|帮我?)?(?:有|是|列|发|给|拉|导|报|清单|$|[^\w])"
    r"|(?:当|做|作为?|是)(?:个)?(?:责任|配合|牵头|协办)单位的(?:任务|事项|工作|有|列|发|$)"
    r"|(?:那边|这边)?(?:都|还|一共|总共){0,4}有(?:哪[些几]?|几|多少|什么|啥)(?:[项条件]|任务|活|事项)"
)
# 城管局和交警支队 are two; the 和 of 自然资源和规划局 stands behind no whole name.
_TWO_UNITS = regex(r"(?:局|委|委员会|办公?室?|厅|中心|[支大]队|公司|集团|部|院|会)[和与及跟同](?=.)")
# A long name that no table understands is also meant by some of its characters in order (机电学院), at least these many.
_PICKED = 3
# 县医院新院区, 图书馆新馆: what is built for a unit is no unit.
_BUILT = regex(
    r"的?(?:新|老|旧|东|西|南|北|分|[一二三]期)?(?:院区|校区|馆舍|校舍|分馆|分院|大楼|(?:门诊|住院|综合|教学|宿舍|办公|实验)楼|(?:改)?扩建|迁建|(?:项目)?(?:主体|封顶))"
    r"|的?新(?:馆|院|校|楼|址)(?!长)"
)


class Finder:
    """Finds mentions in sentences, for one set of printed names."""

    def __init__(self, meanings: Meanings, places: frozenset[str], lexicon: Lexicon) -> None:
        self._meanings, self._places, self._lexicon = meanings, places, lexicon
        self._names = names = meanings.names
        self._surfaces = meanings.surfaces
        self._puzzles = {
            words: name.stem for words, name in names.items() if not name.known and len(name.stem) > _PICKED
        }
        starts = (*lexicon.atoms, *lexicon.wholes, *lexicon.alone, *lexicon.places, *places, *self._surfaces)
        self._starts = frozenset(word[0] for word in starts if word) | frozenset(LEVELS)
        ends = (*lexicon.wholes, *lexicon.alone, *self._surfaces, *"局委办厅部科室处股组队会")
        self._ends = frozenset(word[-1] for word in ends if word) | {"心", "室"}

    @cached_property
    def _everyday(self) -> dict[str, list[str]]:
        """The everyday words that only look like units, by their first character, shortest first."""
        words: dict[str, list[str]] = {}
        for word in sorted(self._lexicon.everyday, key=lambda one: (len(one), one)):
            words.setdefault(word[0], []).append(word)
        return words

    @cached_property
    def _everyday_by_end(self) -> dict[str, list[str]]:
        """Those of more than one character by their last."""
        words: dict[str, list[str]] = {}
        for word in self._lexicon.everyday:
            if len(word) > 1:
                words.setdefault(word[-1], []).append(word)
        return words

    @cached_property
    def _forms(self) -> Forms:
        return Forms(self._names.values(), self._lexicon)

    def mentions(self, text: str) -> list[Mention]:
        """The units that `text` names, in text order, never overlapping."""
        line = plain(text)
        decoys = self._lookalikes(line)
        found = list(self._spelled(line, decoys))
        for more in (self._picked, self._heard, self._mistyped, self._strangers, self._bare):
            for one in sorted(more(line), key=lambda one: (one.start - one.end, one.start)):  # the longest first
                if all(one.end <= other.start or one.start >= other.end for other in found):
                    found.append(one)
        real = (one for one in found if not (_is_decoy(one, decoys) or _BUILT.match(line, one.end)))
        return sorted(real, key=lambda one: one.start)

    def _spelled(self, line: str, decoys: list[tuple[int, int]]) -> Iterator[Mention]:
        ends = [at for at in range(2, len(line) + 1) if line[at - 1] in self._ends]
        at = 0
        while ends and at < ends[-1]:
            found = self._at(line, at, ends, decoys) if line[at] in self._starts else None
            if found is not None:
                yield found
            at = found.end if found else at + 1

    def _at(self, line: str, start: int, ends: list[int], decoys: list[tuple[int, int]]) -> Mention | None:
        """The longest name that begins at `start`; `ends` is where one may end, ascending."""
        first, last = bisect_left(ends, start + 2), bisect_right(ends, start + LONGEST)
        for end in reversed(ends[first:last]):
            if decoys and _crossed(start, end, decoys):
                continue
            words = line[start:end]
            if words in self._surfaces:
                return self._literally(words, start, end)
            if _TWO_UNITS.search(words):
                continue
            name = taken_apart(words, self._lexicon, self._places)
            if name.known and not name.section:
                return self._meaning(name, start, end, words)
        return None

    def _literally(self, words: str, start: int, end: int) -> Mention:
        matches = self._meanings.surfaces[words]
        how = matches[0].how if matches else How.UNKNOWN
        name = taken_apart(words, self._lexicon, self._places)
        if name.known and words not in self._meanings.own_words:
            known = {match.unit for match in matches}
            matches += tuple(match for match in self._meanings.of(name) if match.unit not in known)
        return Mention(start, end, words, words, matches, how, name.place)

    def _meaning(self, name: UnitName, start: int, end: int, words: str) -> Mention:
        if name.place and not {name.place, name.place.rstrip(LEVELS)} & self._places:
            return Mention(start, end, words, words, (), How.ELSEWHERE, name.place)
        matches = self._meanings.of(name, name.place)
        if matches:
            return Mention(start, end, words, words, matches, matches[0].how, name.place)
        levels = {one.level for one in self._names.values() if one.level}
        how = How.ELSEWHERE if name.level and levels and name.level not in levels else How.UNKNOWN
        return Mention(start, end, words, words, (), how, name.place)

    def _lookalikes(self, line: str) -> list[tuple[int, int]]:
        """Where everyday words stand that only look like units (人行道, 人大代表, 主办)."""
        known = self._everyday
        return [
            (at, at + len(word))
            for at, first in enumerate(line)
            if first in known
            for word in known[first]
            if line.startswith(word, at)
        ]

    def _picked(self, line: str) -> Iterator[Mention]:
        """Some characters, in order, of a long name that was not understood."""
        begun = (one for one in self._puzzles.items() if one[1][0] in line)
        for words, stem in begun:
            for start in (at for at, character in enumerate(line) if character == stem[0]):
                end = max(
                    (
                        e
                        for e in range(start + _PICKED, min(len(line), start + len(stem)) + 1)
                        if _in_order(line[start:e], stem)
                    ),
                    default=0,
                )
                if end and (line[end - 1] == stem[-1] or (end - start > _PICKED and stem.startswith(line[start:end]))):
                    match = Match(words, How.ELIDED, 0.8)
                    yield Mention(start, end, line[start:end], words, (match,), How.ELIDED)

    def _heard(self, line: str) -> Iterator[Mention]:
        """Names in typed pinyin."""
        for run in _LETTERS.finditer(line):
            for start, end, surface in self._forms.spoken(run.group()):
                yield self._guess(surface, line, run.start() + start, run.start() + end, How.PINYIN, HEARD)

    def _mistyped(self, line: str) -> Iterator[Mention]:
        """Short names with a character of the same sound, or with one wrong character."""
        for end in range(3, len(line) + 1):
            if line[end - 1] not in self._forms.endings:
                continue
            for length in self._forms.lengths:
                start = end - length
                if start < 0:
                    continue
                words = line[start:end]
                surface, worth = self._forms.alike(words)
                if surface:
                    yield self._guess(surface, line, start, end, How.TYPO, worth)
                    break

    def _guess(self, surface: str, line: str, start: int, end: int, how: How, worth: float) -> Mention:
        name = taken_apart(surface, self._lexicon, self._places)
        matches = tuple(
            Match(match.unit, how, match.confidence * worth, match.rename) for match in self._meanings.of(name)
        )
        return Mention(start, end, line[start:end], surface, matches, how if matches else How.UNKNOWN)

    def _strangers(self, line: str) -> Iterator[Mention]:
        """Words that end like a unit and are none we know: 公管办."""
        for found in _STRANGE.finditer(line):
            end = found.end()
            before = _BOUNDARY.sub("", line[: end - 1])
            longest = 5 if found.group() == "局" else 3
            if 1 < len(before) <= longest and not self._is_everyday(before + found.group()):
                yield Mention(end - 1 - len(before), end, before + found.group(), before + found.group())

    def _bare(self, line: str) -> Iterator[Mention]:
        """A field alone, asked what it has to do: 公安负责什么. 公安工作 is a topic."""
        for found in _ASKED_TO_DO.finditer(line):
            if (run := _LETTERS_BEFORE.search(line, 0, found.start())) is not None:
                field = self._forms.field(run.group())
                guesses = (
                    self._guess(name, line, *run.span(), How.PINYIN, HEARD) for name in (f"{field}局", field) if field
                )
                yield from islice((one for one in guesses if one.units), 1)
                continue
            before = _BOUNDARY.sub("", line[: found.start()])
            fits = (n for n in range(min(len(before), 6), 1, -1) if before[-n:] in self._lexicon.atoms)
            length = next(fits, 0)
            if length and len(before) == length:
                name = taken_apart(before + "局", self._lexicon, self._places)
                matches = self._meanings.of(name)
                if matches and matches[0].how in (How.EXACT, How.ALIAS, How.FORMER):
                    how = How.FORMER if matches[0].how is How.FORMER else How.ALIAS
                    yield Mention(found.start() - length, found.start(), before, before, matches, how)

    def _is_everyday(self, words: str) -> bool:
        return any(words.endswith(word) for word in self._everyday_by_end.get(words[-1], ()))


def _crossed(start: int, end: int, decoys: list[tuple[int, int]]) -> bool:
    """Whether an everyday word reaches over an edge of the span, so that the span cuts it in two. `decoys` ascend."""
    near = decoys[bisect_left(decoys, (start - _EVERYDAY, 0)) : bisect_left(decoys, (end, 0))]
    return any(right > start and (left < start or right > end) for left, right in near)


def _is_decoy(one: Mention, decoys: list[tuple[int, int]]) -> bool:
    if one.how is How.PART and (one.start, one.end) in decoys:
        return True
    return _crossed(one.start, one.end, decoys) and one.how not in (How.EXACT, How.PINYIN)


def _in_order(few: str, many: str) -> bool:
    """Whether the characters of `few` stand in `many` in this order."""
    rest = iter(many)
    return all(character in rest for character in few)
