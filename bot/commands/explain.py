"""`qiantou explain`: why a question gets the answer it gets. Nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import click

from bot.commands.speech import Refusal
from handlers.explaining import Contender, Explanation, explain
from handlers.wording_explain import told
from knowledge.model import Message
from knowledge.normal import bare
from knowledge.question.restating import Restated
from scheduler.policy import SHANGHAI


def show_explanation(home: Path, question: str, today: date | None, source: str, *, as_json: bool) -> None:
    """Print why `question`, asked of the file `source` (of all when empty), gets its answer. Raises Refusal."""
    from bot.view import view_of

    view = view_of(home)
    scope = tuple(document.id for document in view.register.of_source(source)) if source else None
    if scope == ():
        raise Refusal(f"册中没有从“{source}”导入的文件，发 qiantou assignments 可以看到各项任务来自哪个文件。")
    moment = datetime.combine(today, time(9), SHANGHAI) if today else view.now
    message = Message(question, scope=scope)
    explained = explain(message, view.register, view.ledger, moment, view.calendar, view.contact)
    if as_json:
        click.echo(json.dumps(record(explained), ensure_ascii=False))
    else:
        click.echo(told(explained, origin_in(home)))


def origin_in(home: Path) -> Callable[[str, str], str]:
    """Where an entry of the synonyms comes from: the office's own file, or a field of the shipped table."""
    from bot.home import Home
    from bot.synonyms import origins

    wheres: dict[str, list[tuple[str, str]]] = {}

    def entries(official: str) -> list[tuple[str, str]]:
        """What is said for an official phrase, with where that stands, the office's own first."""
        if official not in wheres:
            found = origins(Home(home).lexicon, official)
            wheres[official] = [(one.synonym.said, one.where) for one in found if one.synonym.official == official]
        return wheres[official]

    def origin(said: str, official: str) -> str:
        words, known = bare(said), entries(official)
        exact = next((where for entry, where in known if entry == words), "")
        # A particle or a measure word may stand in what was typed and not in the entry.
        return exact or next((where for entry, where in known if set(entry) <= {*words, "的", "…"}), "")

    return origin


def record(explained: Explanation) -> dict[str, object]:
    """An explanation as JSON: the form is that of docs/接口.md."""
    query, answer = explained.query, explained.answer
    return {
        "intent": str(query.intent),
        "read": explained.read,
        "topics": list(query.topics),
        "units": list(query.names),
        "beside": query.beside,
        "likeness": _likeness(explained.likeness),
        "bar": explained.bar,
        "near": explained.near,
        "looked": [
            {"topic": looked.topic, "best": [_contender(one) for one in looked.contenders]}
            for looked in explained.looked
        ],
        "answered": bool(answer and answer.answered),
        "assignments": list(answer.assignments) if answer else [],
        "suggested": list(answer.near) if answer else [],
        "text": explained.outcome.text,
    }


def _likeness(like: Restated | None) -> dict[str, object] | None:
    if like is None:
        return None
    return {"way": like.way.kind, "share": round(like.way.share, 4), "plainly": like.text}


def _contender(one: Contender) -> dict[str, object]:
    return {
        "assignment": one.assignment.id,
        "confidence": round(one.hit.confidence, 4),
        "score": round(one.hit.score, 4),
        "missing": round(one.hit.missing, 4),
        "proofs": [
            {
                "said": proof.said,
                "way": proof.way.name.lower() if proof.way else None,
                "words": proof.words,
                "share": round(proof.share, 4),
                "covered": round(proof.covered, 4),
            }
            for proof in one.proofs
        ],
    }
