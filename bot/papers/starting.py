"""起始模板: the template that an office starts from: the standard's form with every placeholder in it."""

from __future__ import annotations

from datetime import date

from bot.papers.paper import Paper
from bot.papers.template import ADDRESSEE, BODY, DAY, NOTE, OFFICE, TABLES, TITLE


def starting(kind: str, day: date) -> bytes:
    """A template for papers of a kind, to be changed in Word or WPS."""
    paper = Paper(kind, "", day)
    paper.title(_mark(TITLE))
    paper.line(_mark(ADDRESSEE))
    paper.paragraph(_mark(BODY))
    paper.paragraph(_mark(TABLES))
    paper.note(_mark(NOTE))
    paper.closing(_mark(OFFICE), _mark(DAY))
    return paper.content()


def _mark(name: str) -> str:
    return f"{{{{{name}}}}}"
