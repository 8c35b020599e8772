"""The ways units' names sound and can be mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice, product

from knowledge.lexicon import Lexicon
from knowledge.phonetic import cuts, flatten, readings
from knowledge.units.unit_names import UnitName

# Only short names are guessed: a long one with an error is a topic rather than a name.
LONGEST = 8
# A shorter name with a wrong character is too many other names.
SHORTEST_NEAR = 4
# A printed name of up to so many characters is known in spite of one slip.
LONGEST_NEAR = 16
_ENDINGS = ("局", "委", "办")
_ENDINGS_HEARD: dict[tuple[str, ...], str] = {("ju",): "局", ("wei",): "委", ("ban",): "办"}
_LEVELS_HEARD = frozenset(map(flatten, ("shi", "xian", "qu", "zhou", "qi")))
# No more readings of one name than this.
_READINGS = 8

Sounds = tuple[str, ...]


class Forms:
    """Short names by sound and by characters."""

    endings = frozenset("局委办厅部会联院心")

    def __init__(self, names: Iterable[UnitName], lexicon: Lexicon) -> None:
        self._names, self._lexicon = tuple(names), lexicon

    @cached_property
    def _printed(self) -> frozenset[str]:
        return frozenset(filter(_is_short, (name.section or name.stem for name in self._names)))

    def known(self, words: str) -> bool:
        """Whether it is a short name that we can think of: a printed stem, a whole name, a field with 局, 委 or 办."""
        if not _is_short(words):
            return False
        field = words[:-1]
        composed = words[-1] in _ENDINGS and len(field) > 1 and field in self._lexicon.atoms
        return composed or words in self._printed or words in self._lexicon.wholes

    @cached_property
    def _sounds(self) -> dict[Sounds, str]:
        """Printed stems by sound."""
        return _by_sound(_in_order(self._printed))

    @cached_property
    def _wholes(self) -> dict[Sounds, str]:
        """Whole names that tables know by sound."""
        return _by_sound(_in_order(filter(_is_short, self._lexicon.wholes)))

    @cached_property
    def _fields(self) -> dict[Sounds, str]:
        """The spellings of fields by sound, to stand before 局, 委 and 办."""
        return _by_sound(_in_order(filter(_is_field, self._lexicon.atoms)))

    @cached_property
    def _pairs(self) -> dict[Sounds, str]:
        """Whole names of two characters (妇联) by sound: too short to be heard just anywhere."""
        return _by_sound(_in_order(name for name in self._lexicon.wholes if len(name) == 2))

    def _sounding(self, sounds: Sounds) -> str:
        """The name that sounds so; a name that documents print before one that only tables know. Empty: none."""
        form = self._sounds.get(sounds) or self._wholes.get(sounds, "")
        if form in self._printed or sounds[-1:] not in _ENDINGS_HEARD:
            return form
        field = self._fields.get(sounds[:-1], "")
        return field + _ENDINGS_HEARD[sounds[-1:]] if field else form

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        """Printed stems long enough to be known by all but one of their characters."""
        return tuple(sorted({name.stem for name in self._names if SHORTEST_NEAR <= len(name.stem) <= LONGEST_NEAR}))

    @cached_property
    def _stems_by_end(self) -> dict[tuple[str, int], list[str]]:
        """The stems by their last character and their length: a slip of the pen never stands there."""
        found: dict[tuple[str, int], list[str]] = {}
        for stem in self._stems:
            found.setdefault((stem[-1], len(stem)), []).append(stem)
        return found

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How long a text may be that is a name with a slip in it, the longest first."""
        slips = {len(stem) + more for stem in self._stems if len(stem) > LONGEST for more in (-1, 0, 1)}
        return tuple(sorted({*range(3, LONGEST + 1), *slips}, reverse=True))

    def _near(self, words: str) -> str:
        """The only printed stem that differs from `words` by one slip of the pen: a wrong, missing, added or swapped character."""
        if len(words) < SHORTEST_NEAR:
            return ""
        around = (len(words) - 1, len(words), len(words) + 1)
        stems = [stem for length in around for stem in self._stems_by_end.get((words[-1], length), ())]
        if not stems:
            return ""
        from rapidfuzz import process  # imported here: most questions name their units without a slip
        from rapidfuzz.distance import OSA

        found = process.extract(words, stems, scorer=OSA.distance, score_cutoff=1, limit=2)
        return found[0][0] if len(found) == 1 else ""

    def alike(self, words: str) -> tuple[str, float]:
        """The name that `words` sounds like, or is but for one character, and what the likeness is worth; or "", 0."""
        if self.known(words):
            return "", 0.0
        for sounds in _heard(words) if len(words) <= LONGEST else ():
            form = self._sounding(sounds)
            if form and form[-1] == words[-1]:
                return form, 0.9
        near = self._near(words)
        if near:
            return near, 0.7
        return "", 0.0

    def spoken(self, letters: str) -> Iterator[tuple[int, int, str]]:
        """Names in a run of typed words, with their places in it."""
        edges: list[tuple[int, int, str]] = []
        at = 0
        for word in letters.split(" "):
            begin = at
            for syllable in self._cut(word.replace("'", "")):
                edges.append((begin, begin + len(syllable), flatten(syllable)))
                begin += len(syllable)
            at += len(word) + 1
        index = 0
        while index < len(edges):
            length = next((n for n in range(min(LONGEST, len(edges) - index), 2, -1) if self._form(edges, index, n)), 0)
            if length:
                yield edges[index][0], edges[index + length - 1][1], self._form(edges, index, length)
            index += length or 1

    def field(self, letters: str) -> str:
        """The field whose name a whole run of typed words is (fa gai, shi min zheng), empty: none."""
        sounds = tuple(flatten(one) for word in letters.split() for one in self._cut(word.replace("'", "")))
        rest = sounds[1:] if sounds[:1] and sounds[0] in _LEVELS_HEARD else ()
        return next(
            (name for said in (sounds, rest) for name in (self._fields.get(said), self._pairs.get(said)) if name), ""
        )

    def _form(self, edges: list[tuple[int, int, str]], index: int, length: int) -> str:
        return self._sounding(tuple(flat for _, _, flat in edges[index : index + length]))

    def _cut(self, word: str) -> tuple[str, ...]:
        return next(iter(cuts(word)), ())


def _is_short(form: str) -> bool:
    return 3 <= len(form) <= LONGEST and form.isalpha()


def _is_field(spelling: str) -> bool:
    return 2 <= len(spelling) < LONGEST and spelling.isalpha()


@lru_cache(maxsize=16_384)
def _heard(words: str) -> tuple[Sounds, ...]:
    """The ways a name may sound, no more than a few."""
    return tuple(islice(product(*map(readings, words)), _READINGS))


def _in_order(forms: Iterable[str]) -> tuple[str, ...]:
    """The shortest first: of those that sound alike it is the one that is meant."""
    return tuple(sorted(forms, key=lambda form: (len(form), form)))


@lru_cache(maxsize=8)
def _by_sound(forms: tuple[str, ...]) -> dict[Sounds, str]:
    """Forms by sound, the first of those that sound alike; what the tables know is the same for every register."""
    table: dict[Sounds, str] = {}
    for form in forms:
        for sounds in _heard(form):
            table.setdefault(sounds, form)
    return table
