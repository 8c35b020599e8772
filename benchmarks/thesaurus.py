"""The table of synonyms: what it is worth on questions that other hands wrote, and which entries mislead.

    .venv/bin/python -m benchmarks.thesaurus

For each set of questions: how often the right assignment comes first, how often a wrong one would be answered, and how
often one is answered that does not exist, with the table and without. For each entry: how often it fired, helped, harmed.
Then the spoken phrases that stand in many requirements without any of their official ones: words that are no synonyms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from benchmarks.questions import Asked, asked, office_register, office_rows
from handlers import handle
from knowledge.ledger import Ledger
from knowledge.lexicon import Lexicon, shipped
from knowledge.model import Message
from knowledge.normal import bare
from knowledge.search.held import Row
from knowledge.thesaurus import APART, TOGETHER
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

SETS = ("topics", "paraphrases", "spoken", "unanswerable", "aspects")
# A spoken phrase in more than this share of all requirements, mostly without its meaning, is an everyday word.
EVERYDAY = 0.02
_NOW = datetime(2026, 7, 30, 9, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question: answered with the right assignment first, answered with another one."""

    right: bool
    wrong: bool

    @property
    def worth(self) -> int:
        """More is better."""
        return self.right - self.wrong


def judged(lexicon: Lexicon, one: Asked) -> Verdict:
    """Ask an office that knows `lexicon` one question about its document, as the chat does."""
    register = replace(office_register(), lexicon=lexicon)
    scope = tuple(document.id for document in register.of_source(one.source))
    answer = handle(Message(one.q, scope=scope), register, Ledger(), _NOW, WorkCalendar({})).answer
    told = answer.assignments if answer and answer.answered else ()
    right = bool(told) and told[0] in one.right
    return Verdict(right, bool(told) and not right)


def without(lexicon: Lexicon, said: str) -> Lexicon:
    """`lexicon` without one spoken phrase, or without all that begins with the half before …."""
    if APART in said:
        first = said.partition(APART)[0]
        return replace(lexicon, apart={key: rest for key, rest in lexicon.apart.items() if key != first})
    return replace(lexicon, phrases={key: words for key, words in lexicon.phrases.items() if key != said})


def fired(topic: str, phrases: Mapping[str, object]) -> Iterator[str]:
    """The spoken phrases that stand in a topic."""
    words = bare(topic)
    yield from {words[a:b] for a in range(len(words)) for b in range(a + 2, a + 9)} & phrases.keys()


def fired_apart(topic: str, lexicon: Lexicon) -> Iterator[str]:
    """The first halves, with …, of what stands in a topic with other words between."""
    words = bare(topic)
    for first, rest in lexicon.apart.items():
        _, found, after = words.partition(first)
        if found and any(second in after for second, _ in rest):
            yield first + APART


def meant(lexicon: Lexicon, said: str) -> str:
    """What a spoken phrase may mean, for showing."""
    if APART in said:
        return " ".join(official for _, official in lexicon.apart[said.removesuffix(APART)])
    return " ".join(lexicon.phrases[said])


def by_set(lexicon: Lexicon, bald: Lexicon) -> Iterator[str]:
    """One line a set of questions: with the table and without."""
    for name in SETS:
        questions = asked(name)
        if questions:
            told = (
                f"right {sum(v.right for v in found) / len(found):.3f} wrong {sum(v.wrong for v in found) / len(found):.3f}"
                for found in ([judged(each, one) for one in questions] for each in (lexicon, bald))
            )
            yield f"{name} ({len(questions)}): " + " | without: ".join(told)


def by_entry(lexicon: Lexicon) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each spoken phrase fired, helped and harmed, each taken away alone."""
    times, helped, harmed = Counter[str](), Counter[str](), Counter[str]()
    for one in (one for name in SETS for one in asked(name)):
        whole = judged(lexicon, one)
        for said in (*fired(one.topic, lexicon.phrases), *fired_apart(one.topic, lexicon)):
            times[said] += 1
            less = judged(without(lexicon, said), one)
            helped[said] += whole.worth > less.worth
            harmed[said] += whole.worth < less.worth
    return times, helped, harmed


def everyday(rows: Iterable[Row], phrases: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """The spoken phrases that stand in too many requirements which hold none of their official ones → in what share."""
    texts = [bare(row.fields["text"]) for row in rows]
    strange = Counter(
        said
        for text in texts
        for said in fired(text, phrases)
        if not any(all(part in text for part in official.split(TOGETHER)) for official in phrases[said])
    )
    return {said: count / len(texts) for said, count in strange.most_common() if count / len(texts) > EVERYDAY}


def main() -> None:
    """Print all of it."""
    rows, lexicon = office_rows(), shipped()
    for line in by_set(lexicon, replace(lexicon, phrases={}, apart={})):
        print(line)
    times, helped, harmed = by_entry(lexicon)
    print(f"entries {len(lexicon.phrases)}, fired {len(times)}, helped {len(+helped)}, harmed {len(+harmed)}")
    for said, count in (+harmed).most_common():
        print(f"  harms {count}, helps {helped[said]}, of {times[said]}: {said} > {meant(lexicon, said)}")
    for said, share in everyday(rows, lexicon.phrases).items():
        print(f"  everyday {share:.1%}: {said} > {' '.join(lexicon.phrases[said])}")


if __name__ == "__main__":
    main()
