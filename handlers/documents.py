"""有哪些文件, 文号多少, 哪天印发, 依据什么: questions about the documents themselves."""

from __future__ import annotations

from datetime import date

from handlers import wording
from handlers.message import Answer, Outcome, said
from handlers.refusing import refuse
from handlers.wording_deadlines import calendar_day
from handlers.wording_lists import fitted
from knowledge.model import Document, Evidence, Message
from knowledge.question.cues import shows
from knowledge.question.query import Query
from knowledge.register import Register
from scheduler.calendar import WorkCalendar


def answer(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """The documents that the conversation may know, or what one of them says about itself."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    documents = register.scoped(query.documents).documents
    if not documents:
        return refuse(query, "还没有导入任何文件。请先用“qiantou import 文件”导入任务分工方案。")
    told = [_facts(query.text, document) for document in documents]
    known = [(document, text) for document, text in zip(documents, told, strict=True) if text]
    asked = known or [(document, _line(document, register)) for document in documents]
    return said(
        fitted((), [text for _, text in asked], str, (), query.page),
        _value(query, tuple(document for document, _ in asked)),
    )


def _value(query: Query, documents: tuple[Document, ...]) -> Answer:
    issued = shows("issue_asked", query.text)
    return Answer(
        query.intent,
        answered=True,
        documents=tuple(document.id for document in documents),
        dates=tuple(document.issued.isoformat() for document in documents if issued and document.issued),
        evidence=tuple(Evidence(document.id) for document in documents),
    )


def _facts(text: str, document: Document) -> str:
    """What is asked about one document; empty when nothing special is asked."""
    told = (
        _number(document) if shows("number_asked", text) else "",
        _issued(document) if shows("issue_asked", text) else "",
        _basis(document) if shows("basis_asked", text) else "",
        _issuer(document) if shows("issuer_asked", text) else "",
    )
    facts = "".join(told)
    return f"{wording.title(document)}：{facts}" if facts else ""


def _number(document: Document) -> str:
    return f"文号是{document.number}。" if document.number else "文件没有印出文号。"


def _issued(document: Document) -> str:
    if document.issued:
        return f"{calendar_day(document.issued)}印发。"
    page = f"（网页发布日期是{calendar_day(document.page_date)}，不等于印发日期）" if document.page_date else ""
    of_year = f"写的是{document.year}年的工作，" if document.year else ""
    return f"{of_year}文件没有落款日期{page}。"


def _basis(document: Document) -> str:
    if not document.based_on:
        return "文件没有写依据的文号。"
    return f"依据{'、'.join(document.based_on)}。"


def _issuer(document: Document) -> str:
    return f"由{document.issuer}印发。" if document.issuer else "文件没有写明印发单位。"


def _line(document: Document, register: Register) -> str:
    """One document of a list: title, number, date, how many assignments."""
    rows = [one for one in register.of_document(document.id) if one.number is not None]
    told = [
        document.number or "",
        f"{calendar_day(document.issued)}印发" if document.issued else "",
        f"{len(rows)}项任务" if rows else "参考文件",
    ]
    return f"{wording.title(document)}（{'，'.join(one for one in told if one)}）"
