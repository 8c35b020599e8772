"""How sure a hit must be for what is asked.

An answer is given from `SURE` on; between `NEAR` and it only suggestions are made.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.normal import has_han
from knowledge.question.beside import locates
from knowledge.question.query import Intent, Query
from knowledge.search import Hit

SURE, NEAR = 0.5, 0.15
# Where nothing but a duty is asked for, in everyday words alone, from here on where the words are nearly all known.
LIKELY = 0.35
# Where everyday words leave it open which row is meant: from LIKELIEST on one is told alone if it is THERE, as likely as that, that
# any of the first three is meant; from PERHAPS on that, the likeliest three are told, likeliest first. Of 450 questions by two
# hands, asked of their document and of all documents, with the whole thesaurus and with three in five of its spoken words, and of
# 279 that nothing answers, in hundredths:
#               right first     misled      answered that nothing answers
#   PERHAPS   document  all  document  all  document  all
#     0.42       82      69      2      5       4      7
#     0.47       81      68      2      4       4      6
#     0.52       80      66      2      4       4      6
# Of 640 paraphrases by nine hands more, two in three without one word of the paper, right first and misled: 82.0, 5.7 with 0.55, 0.6 and
# 0.38; 81.4, 5.2 with a PERHAPS of 0.45; 81.4, 5.0 with that and 0.6, 0.65; 80.0, 4.9 with 0.55, 0.6 and 0.5.
LIKELIEST, THERE, PERHAPS = 0.6, 0.65, 0.45
# And only where the likeliest is that likely itself: of 240 questions by four further hands, asked of documents whose words the
# thesaurus was not written from, three in ten were told three rows; the one meant was among these for nine in ten above 0.4 and
# for half below. Of 363 by five hands more, and 433 that nothing answers, in hundredths, right first, misled, answered for nothing:
# 71, 3, 7 with 0.4 and PERHAPS 0.47; 74, 4, 8 with 0.3 and 0.43. Of 260 by six hands more, told in everyday words alone, and 260 that
# nothing answers: 66, 5, 9 with 0.3 and 0.43; 68, 5, 9 with 0.25 and 0.38; 71, 5, 10 with 0.2 and 0.33.
FIRST = 0.25
# A next one as likely as this is told beside what was found by other words, or by some of its own.
RIVAL, RIVAL_WRITTEN = 0.4, 0.65
# But only where it covers so much of what the best covers: of forty questions by other hands whose first two rows were both
# likely, fourteen had a wider gap, and of these every first one was right; behind a narrower gap three of twenty-one were wrong.
BEHIND = 0.8
# Where the next covers more than that, the best is told alone from CLOSELY on: of a thousand first rows as likely as 0.5 to 0.85,
# seven in ten were right with such a next one, and nine in ten without.
CLOSELY = 0.88
# Where the next is less likely than this share of the best, the best is told alone, and the next is only named: of thirty-two such by six
# hands twenty-eight were right first, two asked for what is not there, and in none it was the second or the third that was meant.
AHEAD = 0.35
# A third one is told from here on.
FAR = 0.05
# So much of a topic must be covered by what answers it (measured by asking questions of documents that do not speak of them).
# By everyday words alone a row is never covered as well as by its own: there less will do.
COVERED, COVERED_LIKELY, COVERED_OPEN = 0.4, 0.35, 0.3
# Rows this close to each other are as good as each other.
ALIKE = 0.95
# Words without a question in them need a clear hit.
CLEAR = 0.75
OF_DUTY = frozenset({Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE})


def answers(hits: Sequence[Hit], query: Query) -> bool:
    """Whether the best hit is sure enough to answer: likely, and most of the topic is there, said in whatever words.

    Among the few rows of one document every word is rare, so that a part of a topic looks like much of it. Of several that
    are as good as each other none is likely.
    """
    best, least = hits[0], bar(query, hits[0])
    covered = COVERED_OPEN if best.open else COVERED_LIKELY if least == LIKELY else COVERED
    if best.confidence < least or best.score < covered:
        return False
    if least == LIKELIEST and (best.among < THERE or (_followed(hits) and best.confidence < CLOSELY)):
        return False
    rival = hits[1].score if len(hits) > 1 else 0.0
    return best.confidence >= SURE or rival < ALIKE * best.score


def bar(query: Query, best: Hit | None = None) -> float:
    """From which confidence on the best hit answers alone: less where it was found by everyday words alone, more where these
    leave it open which is meant, or where who asks said official words and others stand in it."""
    if query.loose:
        return CLEAR
    if best is None or not best.spoken or not _only_duty(query):
        return SURE
    if best.spoken and not best.everyday:
        return CLEAR
    return LIKELIEST if best.open else LIKELY


def answers_among(hits: Sequence[Hit], query: Query) -> bool:
    """Whether the best hit is likely enough to be told beside the next likeliest: it is not sure enough to answer alone, or found
    by other words, and the next is likely too."""
    if not hits or not may_answer_among(hits[0], query):
        return False
    if answers(hits, query):
        rival = RIVAL if hits[0].spoken else RIVAL_WRITTEN
        return _followed(hits) and has_han(query.topic) and hits[1].confidence >= rival
    likely = hits[0].among >= PERHAPS and hits[0].confidence >= FIRST
    return hits[0].open and likely and (hits[0].everyday or not hits[0].spoken)


def _followed(hits: Sequence[Hit]) -> bool:
    """Whether the next covers nearly as much of the topic as the best does."""
    return len(hits) > 1 and hits[1].score >= BEHIND * hits[0].score


def may_answer_among(best: Hit, query: Query) -> bool:
    """Whether what is asked, and how the best hit was found, allow that it is told beside the next likeliest."""
    return not query.loose and _only_duty(query) and (best.open or best.spoken)


def _only_duty(query: Query) -> bool:
    """Whether who has a duty, until when, or which item says so, is all that is asked."""
    told = query.several or query.premise or query.excluded or query.names
    asked = query.intent in OF_DUTY or (query.intent is Intent.DETAIL and locates(query.text))
    return asked and query.beside is None and not told
