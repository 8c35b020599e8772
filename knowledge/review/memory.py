"""A draft read with what the office has learned: what was confirmed in an earlier review is not doubted again."""

from __future__ import annotations

from knowledge.lexicon import Lexicon
from knowledge.model import Draft
from knowledge.normal import plain
from knowledge.review.correction import Correction, Field
from knowledge.review.decision import Decision, choices, decisions
from knowledge.review.lesson import meaning_of, subject_of
from knowledge.review.review import Review, Ruling, Verb
from knowledge.roster import Sort


def remembered(draft: Draft, lexicon: Lexicon) -> Draft:
    """The draft with every doubt settled that the office's own lexicon answers."""
    review = Review(draft)
    for one in decisions(draft):
        ruling = recalled(one, draft, lexicon)
        review = review.ruled(ruling) if ruling else review
    return review.reviewed


def recalled(one: Decision, draft: Draft, lexicon: Lexicon) -> Ruling | None:
    """The answer that a person once gave to such a doubt; None where none was given."""
    doubt, table = one.doubt, one.form.teaches
    if doubt is None or not table:
        return None
    full = _full_name(doubt.words, lexicon) if one.form.field is Field.NAME else ""
    if full == doubt.words:
        return Ruling(one.key, Verb.ACCEPTED)
    if full:
        return Ruling(one.key, Verb.CORRECTED, (Correction(Field.NAME, old=doubt.words, names=(full,)),))
    meaning = lexicon.confirmed.get(table, {}).get(plain(subject_of(doubt, table)))
    chosen = next((c for c in choices(one, draft) if meaning and meaning_of(doubt, table, c) == meaning), None)
    return (
        Ruling(one.key, Verb.CORRECTED if chosen.corrections else Verb.ACCEPTED, chosen.corrections) if chosen else None
    )


def _full_name(words: str, lexicon: Lexicon) -> str:
    """The one unit that the office's own words know under this name; empty where there is none, or several."""
    meant = dict.fromkeys(lexicon.nicknames.get(plain(words), ()))
    if not meant:
        lines = lexicon.roster.named(words)
        own = any(line.sort is Sort.NAME for line in lines)
        meant = dict.fromkeys(words if own else lexicon.roster.units[line.unit].name for line in lines)
    return next(iter(meant)) if len(meant) == 1 else ""
