"""The ways units' names sound and can be mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice, product

from knowledge.lexicon import Lexicon
from knowledge.phonetic import cuts, flatten, readings
from knowledge.unit_names import UnitName

# Only short names are guessed: a long one with an error is a topic rather than a name.
LONGEST = 8
_ENDINGS = ("局", "委", "办")
# No more readings of one name than this.
_READINGS = 8


class Forms:
    """Short names by sound and by characters."""

    longest = LONGEST
    endings = frozenset("局委办厅部会联院心")

    def __init__(self, names: Iterable[UnitName], lexicon: Lexicon) -> None:
        self._names, self._lexicon = tuple(names), lexicon

    @cached_property
    def surfaces(self) -> frozenset[str]:
        """Every short name we can think of: a spelling of a field with 局, 委 or 办, whole names, printed stems."""
        fields = (spelling + ending for spelling in self._lexicon.atoms for ending in _ENDINGS if len(spelling) > 1)
        printed = (name.section or name.stem for name in self._names)
        return frozenset(
            form for form in (*fields, *self._lexicon.wholes, *printed) if 3 <= len(form) <= LONGEST and form.isalpha()
        )

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], str]:
        printed = {name.stem for name in self._names}
        table: dict[tuple[str, ...], str] = {}
        for form in sorted(self.surfaces, key=lambda form: (form not in printed, len(form), form)):
            for sounds in islice(product(*map(readings, form)), _READINGS):
                table.setdefault(sounds, form)
        return table

    @cached_property
    def _blanked(self) -> dict[tuple[int, str], str]:
        """Printed stems of four characters and more, with one character left out."""
        stems = {name.stem for name in self._names if 4 <= len(name.stem) <= LONGEST}
        return {(at, stem[:at] + stem[at + 1 :]): stem for stem in stems for at in range(len(stem) - 1)}

    def alike(self, words: str) -> tuple[str, float]:
        """The name that `words` sounds like, or is but for one character, and what the likeness is worth; or "", 0."""
        if words in self.surfaces:
            return "", 0.0
        for sounds in islice(product(*map(readings, words)), _READINGS):
            form = self._sounds.get(sounds)
            if form is not None and form[-1] == words[-1]:
                return form, 0.9
        for at in range(len(words) - 1):
            form = self._blanked.get((at, words[:at] + words[at + 1 :]))
            if form is not None:
                return form, 0.7
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

    def _form(self, edges: list[tuple[int, int, str]], index: int, length: int) -> str:
        return self._sounds.get(tuple(flat for _, _, flat in edges[index : index + length]), "")

    def _cut(self, word: str) -> tuple[str, ...]:
        return next(iter(cuts(word)), ())
