"""Find the units that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from knowledge.kinship import related
from knowledge.lexicon import Lexicon
from knowledge.mention import How, Match, Mention
from knowledge.normal import plain
from knowledge.unit_forms import Forms
from knowledge.unit_names import LEVELS, UnitName, taken_apart

# A mention is at most this long.
LONGEST = 18
# What is left of a name's confidence after a guess at its sound or at one wrong character.
HEARD, MISTYPED = 0.9, 0.65
_LETTERS = re.compile(r"[a-zü']+(?: [a-zü']+)*")
# What may stand before a unit that we do not know.
_BOUNDARY = re.compile(r"^.*(?:[^\u3400-\u9fff]|[的了吗呢吧啊是归由问和与及跟请给让那这哪们到在把被])")


class Finder:
    """Finds mentions in sentences, for one set of printed names."""

    def __init__(
        self,
        names: Mapping[str, UnitName],
        homes: Mapping[str, frozenset[str]],
        places: frozenset[str],
        lexicon: Lexicon,
    ) -> None:
        self._names, self._homes, self._places, self._lexicon = names, homes, places, lexicon
        self._surfaces = self._literal()
        starts = (*lexicon.atoms, *lexicon.wholes, *lexicon.alone, *lexicon.places, *places, *self._surfaces)
        self._starts = frozenset(word[0] for word in starts if word) | frozenset(LEVELS)
        ends = (*lexicon.wholes, *lexicon.alone, *self._surfaces, *"局委办厅部科室处股组队会")
        self._ends = frozenset(word[-1] for word in ends if word) | {"心", "室"}

    @cached_property
    def _forms(self) -> Forms:
        return Forms(self._names.values(), self._lexicon)

    def mentions(self, text: str) -> list[Mention]:
        """The units that `text` names, in text order, never overlapping."""
        line = plain(text)
        found = list(self._spelled(line))
        for more in (self._heard, self._mistyped, self._strangers):
            taken = [(one.start, one.end) for one in found]
            found += [one for one in more(line) if all(one.end <= start or one.start >= end for start, end in taken)]
        return sorted(found, key=lambda one: one.start)

    def _literal(self) -> dict[str, tuple[str, ...]]:
        """Text that is a printed name or the office's own short name, and the printed names it stands for."""
        table: dict[str, list[str]] = {}
        for words, name in self._names.items():
            for form in {name.words, name.stem if not name.known else name.words}:
                if len(form) > 1:
                    table.setdefault(form, []).append(words)
        for short, meant in self._lexicon.nicknames.items():
            table[short] = [words for words, name in self._names.items() if {words, name.words, name.stem} & set(meant)]
        return {form: tuple(units) for form, units in table.items()}

    def _spelled(self, line: str) -> Iterator[Mention]:
        at = 0
        while at < len(line):
            found = self._at(line, at) if line[at] in self._starts else None
            if found is not None:
                yield found
            at = found.end if found else at + 1

    def _at(self, line: str, start: int) -> Mention | None:
        """The longest name that begins at `start`."""
        for end in range(min(len(line), start + LONGEST), start + 1, -1):
            if line[end - 1] not in self._ends or self._lookalike(line, start, end):
                continue
            words = line[start:end]
            if words in self._surfaces:
                return self._literally(words, start, end)
            name = taken_apart(words, self._lexicon, self._places)
            if name.known and not name.section:
                return self._meaning(name, start, end, words)
        return None

    def _literally(self, words: str, start: int, end: int) -> Mention:
        printed = self._surfaces[words]
        how = How.EXACT if words in {self._names[unit].words for unit in printed if unit in self._names} else How.ELIDED
        name = taken_apart(words, self._lexicon, self._places)
        more = related(name, self._names, self._lexicon) if name.known else ()
        matches = [Match(unit, how, 1.0 if how is How.EXACT else 0.9) for unit in printed]
        matches += [match for match in more if match.unit not in printed and match.confidence >= 0.9]
        return Mention(start, end, words, words, tuple(matches), how if matches else How.UNKNOWN, name.place)

    def _meaning(self, name: UnitName, start: int, end: int, words: str) -> Mention:
        if name.place and name.place.rstrip(LEVELS) not in self._places and name.place not in self._places:
            return Mention(start, end, words, words, (), How.ELSEWHERE, name.place)
        matches = self._at_home(related(name, self._names, self._lexicon), name.place)
        if matches:
            return Mention(start, end, words, words, matches, matches[0].how, name.place)
        levels = {one.level for one in self._names.values() if one.level}
        how = How.ELSEWHERE if name.level and levels and name.level not in levels else How.UNKNOWN
        return Mention(start, end, words, words, (), how, name.place)

    def _at_home(self, matches: tuple[Match, ...], place: str) -> tuple[Match, ...]:
        """Only the names that documents of `place` print, when a place is named."""
        if not place:
            return matches
        here = place.rstrip(LEVELS)
        return tuple(
            match for match in matches if any(home.startswith(here) for home in self._homes.get(match.unit, ()))
        )

    def _lookalike(self, line: str, start: int, end: int) -> bool:
        """Whether the span is part of an everyday word (人行道, 人大代表, 主办) that reaches over its edges."""
        for word in self._lexicon.everyday:
            at = line.find(word, max(0, start - len(word) + 1), end + len(word) - 1)
            if at >= 0 and at < end and at + len(word) > start and (at < start or at + len(word) > end):
                return True
        return False

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
            for start in range(max(0, end - self._forms.longest), end - 2):
                words = line[start:end]
                surface, worth = self._forms.alike(words)
                if surface and not self._lookalike(line, start, end):
                    yield self._guess(surface, line, start, end, How.TYPO, worth)
                    break

    def _guess(self, surface: str, line: str, start: int, end: int, how: How, worth: float) -> Mention:
        name = taken_apart(surface, self._lexicon, self._places)
        matches = tuple(
            Match(match.unit, how, match.confidence * worth, match.rename)
            for match in related(name, self._names, self._lexicon)
        )
        return Mention(start, end, line[start:end], surface, matches, how if matches else How.UNKNOWN)

    def _strangers(self, line: str) -> Iterator[Mention]:
        """Words that end like a unit and are none we know: 公管办."""
        for found in re.finditer(r"[局委办](?![\u3400-\u9fff]*[局委办]事)", line):
            end = found.end()
            before = _BOUNDARY.sub("", line[: end - 1])
            if not 1 < len(before) <= 5 or self._is_everyday(before + found.group()):
                continue
            yield Mention(end - 1 - len(before), end, before + found.group(), before + found.group())

    def _is_everyday(self, words: str) -> bool:
        return any(words.endswith(word) for word in self._lexicon.everyday)
