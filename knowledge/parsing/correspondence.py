"""Mails and chats that were saved as text: the lines that say who wrote what to whom and when, and courtesies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.parsing.furniture import day, is_furniture
from knowledge.parsing.lines import Line

_FROM = r"发件人|寄件人|发信人|From"
_ABOUT = r"主\s*题|Subject"
_SENT = r"(?:发送|寄件|发件|接收)?(?:日\s*期|时\s*间)|Date|Sent"
_HEAD = re.compile(
    rf"(?:(?P<who>{_FROM})|(?P<about>{_ABOUT})|(?P<when>{_SENT})|(?P<whom>收件人|收信人|主\s*送|To)|抄\s*送人?|密\s*送|附\s*件|优先级|重要性|B?cc|Reply-To|Importance|Attachments?)\s*[:：]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[-—_=\s]*(?:Original Message|Forwarded message|原始邮件|转发邮件|邮件原文)[-—_=\s]*", re.IGNORECASE
)
_PASSED_ON = re.compile(
    r"^(?:(?:转发|答复|回复|转|Re|Fwd?)\s*[:：]\s*)+|[（(](?:定稿|最终稿|修订稿|请阅|请办)[)）]$", re.IGNORECASE
)
_STAMP = r"20\d\d\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2})?"
_SPEAKER = re.compile(rf"(?:{_STAMP}\s*[^，。；：:,;]{{1,24}}|[^，。；：:,;]{{1,24}}?\s*{_STAMP})[:：]?")
_ANSWER = re.compile(r"(?:收到|好的|明白|已阅|知悉|OK|谢谢)(?:[，,、了。！!~～]|收到|谢谢|马上办|照办)*", re.IGNORECASE)
_DAY = re.compile(r"(20\d\d)\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_ENGLISH = (
    re.compile(rf"(?P<day>\d{{1,2}})\s+{_NAMED_MONTH},?\s+(?P<year>20\d\d)", re.IGNORECASE),
    re.compile(rf"{_NAMED_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>20\d\d)", re.IGNORECASE),
)
_CALL = re.compile(
    r"(?:联系|电话|手机|座机|邮箱|传真|地址|Tel|Mobile|E-?mail)[\u3400-\u9fff]{0,4}\s*[:：]", re.IGNORECASE
)
_WRITER = re.compile(r"[\u3400-\u9fff]{2,16}")
_PERSON = re.compile(r"[\u3400-\u9fff]{2,3}")
_HELLO = re.compile(r"(?:大家|各位\S{0,6}|[您你]们?)(?:上午|下午)?好[！!。，,]?")
_GREETING = re.compile(r"(?:各位|大家|同志们|尊敬的|[您你]们?好)")
_LEAST = 2  # lines that tell a mail from a form with a label, and a chat from a page with a date


def heads_of(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines that head, open or sign a mail, or name who spoke in a chat, with the bare answers in it."""
    heads = [line.index for block in _blocks(lines) for line in block]
    if heads:
        heads += [*_signature(lines), *(line.index for line in lines if _HELLO.fullmatch(line.text))]
    spoken = [line for line in lines if not line.boxes and _SPEAKER.fullmatch(line.text)]
    if len(spoken) >= _LEAST:
        answers = (line for line in lines if not line.boxes and _ANSWER.fullmatch(line.text))
        heads += [line.index for line in (*spoken, *answers)]
    return frozenset(heads)


def sent(lines: Sequence[Line]) -> date | None:
    """The day a mail was sent, or a chat was begun."""
    told = [m["value"] for line in next(_blocks(lines), []) if (m := _HEAD.fullmatch(line.text)) and m["when"]]
    spoken = [line.text for line in lines if not line.boxes and _SPEAKER.fullmatch(line.text)]
    told += spoken if len(spoken) >= _LEAST else []
    return next(filter(None, map(_day_in, told)), None)


def about(lines: Sequence[Line]) -> str:
    """What a mail says it is about, without 转发 and 答复; empty where there is no mail."""
    told = (m["value"] for line in next(_blocks(lines), []) if (m := _HEAD.fullmatch(line.text)) and m["about"])
    return _PASSED_ON.sub("", next(told, "")).strip("《》 ")


def greets(text: str) -> bool:
    """Whether a line only greets whoever reads it (各位联络员好：) and names no unit."""
    return _GREETING.match(text) is not None


def _signature(lines: Sequence[Line]) -> list[int]:
    """The lines at the end of a mail that only name who wrote it and the office that is in, behind which at most courtesies and numbers to call stand."""
    behind = [line for line in reversed(lines) if line.boxes or not (is_furniture(line.text) or _CALL.match(line.text))]
    if not behind or behind[0].boxes or not _WRITER.fullmatch(behind[0].text):
        return []
    above = behind[1] if len(behind) > 1 else None
    named = above is not None and not above.boxes and _PERSON.fullmatch(above.text) is not None
    return [behind[0].index, *([above.index] if above is not None and named else [])]


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Each run of head lines that tells who wrote and about what or when, or to whom it was written with both."""
    run: list[Line] = []
    for line in (*lines, None):
        if line is not None and not line.boxes and (_HEAD.fullmatch(line.text) or _ORIGINAL.fullmatch(line.text)):
            run.append(line)
            continue
        if not run:
            continue
        told = [m for head in run if (m := _HEAD.fullmatch(head.text))]
        who, whom, about_what, when = (any(m[one] for m in told) for one in ("who", "whom", "about", "when"))
        if (who and (about_what or when)) or (whom and about_what and when):
            yield run
        run = []


def _day_in(text: str) -> date | None:
    if m := _DAY.search(text):
        return day(*m.groups())
    found = next((m for pattern in _ENGLISH if (m := pattern.search(text))), None)
    return day(found["year"], str(_MONTHS.index(found["month"].lower()) + 1), found["day"]) if found else None
