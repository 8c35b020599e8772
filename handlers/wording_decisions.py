"""A question of a review: where something is doubted, what stands there, how it was read, and what else it could be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handlers import wording_deadlines as when
from handlers.wording import duties, number, shortened
from knowledge.model import Doubt, Draft, Role
from knowledge.review import UNREAD, Choice, Decision, Field, Review, Way
from knowledge.review.lesson import ROLES
from knowledge.review.wanted import NONE, named_rows, row_of, slot_of
from scheduler.calendar import WorkCalendar

MARK = "【核对"
"""What begins every question of a review: its answer may be a bare number."""
_LONG, _SHORT, _NAMED = 90, 40, 6

# What taking the reading as it is means, by the kind of doubt; {reading} and {words} are the doubt's own.
_AS_READ: Mapping[str, str] = {
    "convention": "是这个意思，照此登记",
    "bracket-units": "按责任单位登记",
    "title-missing": "就用“{reading}”作标题",
    "lead-unplaced": "原文看不出是谁，不登记单位",
    "lead-blank": "没有牵头单位",
    "no-units": "原文确实没有写单位",
    "no-text": "原文确实没有内容，保留这个编号",
    "unit-form": "“{words}”确实是单位",
    "unknown-role": "只留在原文里，不登记",
    "column-role": "是{reading}",
    "row-inherited": "是单独一项，登记为{reading}",
    "number-missing": "记为第{reading}项",
    "number-doubled": "记为第{reading}项",
    "number-order": "原文就是这样",
    "numbers-not-printed": "原文就是这样，没有漏",
    "units-open": "原文就是这样，没有别的单位",
    "deadline-conflict": "两个日期都留着",
    "text-displaced": "内容取得对",
    "cells-joined": "单位读得对",
    "row-shifted": "属于“{reading}”一栏",
    "mark-reach": "只有{reading}是",
    "range": "知道了，照此登记",
    "unsure-words": "认得对：{words}",
    "year-inferred": "是{reading}年",
    "unit-slip": "“{words}”没有错，就是这个名称",
    "unit-glued": "“{words}”是一个单位",
    "unit-note": "“{words}”是完整的名称",
    "prefix-restored": "就是{reading}",
    "carried-forward": "是的，照约定加上{reading}",
    "duty-in-text": "是任务内容的一部分，不另登记",
    "deadline-unread": "没有具体日期，照原文留着",
}
_HOW_TO: Mapping[Field | None, str] = {
    Field.UNITS: "单位，如：市财政局牵头，市民政局配合",
    Field.MORE_UNITS: "单位，如：市林业局配合（几项都有的，写明：第5项 加 市林业局配合）",
    Field.NAME: "单位全称；它若是某单位的简称，请写“就是某某局”，以后不再问",
    Field.DEADLINE: "时限，如：2026年6月底前",
    Field.TEXT: "任务内容",
    Field.WORDS: "文字",
    Field.NUMBER: "编号",
    Field.TITLE: "标题",
    Field.YEAR: "年份，如：2026",
    None: "哪一项改什么，如：第5项 配合 市林业局",
}


def asked(review: Review, calendar: WorkCalendar, today: date, *, bare: bool) -> str:
    """The current decision: place, original words, reading, choices. Empty when all is decided."""
    one = review.current
    if one is None:
        return ""
    draft = review.reviewed
    lines = [f"{MARK} {review.decided + 1}/{review.total}】{_where(one, draft)}"]
    lines += _context(one, draft)
    lines.append(_doubted(one))
    for at, choice in enumerate(review.choices, 1):
        lines.append(f"  {at} {_choice(choice, one, draft, calendar, today)}")
    lines += [line for line in (_others(one, draft), _how_to(one, bare)) if line]
    return "\n".join(lines)


def _where(one: Decision, draft: Draft) -> str:
    """第7项（第25行）"""
    row = row_of(draft, one.row)
    place = one.place or (row.place if row else None)
    told = place.words() if place else ""
    if row is None:
        return f"没有读入的一行（{told}）" if one.code == UNREAD else f"整份文件{f'（{told}）' if told else ''}"
    return number(row) + (f"（{told}）" if told else "")


def _context(one: Decision, draft: Draft) -> list[str]:
    """What the row says, so that nobody has to open the document for an ordinary doubt."""
    row = row_of(draft, one.row)
    if row is None:
        named = named_rows(one.doubt, draft)[:_NAMED] if one.doubt else []
        return [f"  {number(other)} {shortened(other.text, _SHORT)}（{duties(other)}）" for other in named]
    slots = [slot.text for slot in row.deadlines if slot.text and not slot.inner]
    told = [duties(row), f"时限：{'；'.join(slots)}" if slots else ""]
    text = shortened(row.text, _LONG)
    return [f"  {part}" for part in (text, "；".join(filter(None, told))) if part]


def _doubted(one: Decision) -> str:
    if one.doubt is None:
        return f"原文：“{shortened(one.words, _LONG)}”"
    said = one.doubt.message.removesuffix("。").removesuffix("，请核对") + "。"
    words = one.doubt.words
    quoted = f"原文：“{shortened(words, _LONG)}”。" if words and words not in said and one.code not in _PLAIN else ""
    return said + quoted


# Doubts whose words are only numbers of rows, or a text that stands in the context already.
_PLAIN = frozenset({"units-open", "row-inherited", "text-displaced", "lead-unplaced"})


def _choice(choice: Choice, one: Decision, draft: Draft, calendar: WorkCalendar, today: date) -> str:
    words = choice.words
    match choice.way:
        case Way.AS_READ:
            return _as_read(one, draft, calendar, today)
        case Way.VALUE:
            return words if NONE.fullmatch(words) else f"改成：{words}"
        case Way.IN_ROLE:
            return f"登记为{ROLES[Role(words)]}单位"
        case Way.NO_DEADLINE:
            return "没有时限" if one.code == "deadline-inherited" else "不是完成时限，不登记"
        case _:
            return _WAYS[choice.way].format(words)


_WAYS: Mapping[Way, str] = {
    Way.NO_UNITS: "不登记这些单位",
    Way.AS_ABOVE: "同上一项：{}",
    Way.NOT_A_UNIT: "不是单位，删去这个名称",
    Way.BY_SLOT: "以时限栏为准：{}",
    Way.BY_TEXT: "以正文为准：{}",
    Way.DROP: "不是任务，删去这一项",
    Way.MERGE: "接在第{}项后面，是同一项",
    Way.FIRST_LEADS: "排在第一位的按牵头单位登记",
    Way.NOT_FIRST_LEADS: "没有这个约定，全按责任单位登记",
    Way.NOT_ALL: "没有这个约定，不加上{}",
    Way.AS_DUTIES: "登记为分工：{}",
    Way.WITH_BEFORE: "连同前面的单位：{}",
    Way.IN_COLUMN: "属于“{}”一栏",
    Way.IGNORE: "不是任务，不用读入",
    Way.JOIN: "接在第{}项后面",
    Way.ADD: "作为一项新任务（可写“新任务 市财政局牵头”）",
}


def _as_read(one: Decision, draft: Draft, calendar: WorkCalendar, today: date) -> str:
    doubt = one.members[0][0]
    if one.form.field is Field.YEAR and one.code == "deadline":
        return "先不定年份，这几处不提醒" if one.many > 1 else "先不定年份，这一处不提醒"
    if one.code == "deadline":
        return _deadline_read(doubt, one, draft, calendar, today)
    known = _AS_READ.get(one.code)
    if known:
        return known.format(reading=shortened(doubt.reading, _LONG), words=shortened(doubt.words, _SHORT))
    return f"照现在的读法：{shortened(doubt.reading, _LONG)}" if doubt.reading else "知道了，照此登记"


def _deadline_read(doubt: Doubt, one: Decision, draft: Draft, calendar: WorkCalendar, today: date) -> str:
    """即2026年9月30日（星期三）: what a doubted time limit was read as."""
    row = row_of(draft, one.row)
    slot = slot_of(doubt, row.id, draft) if row else ""
    found = next((d for d in row.deadlines if d.text == slot), None) if row else None
    meaning = when.said(found, calendar, today).partition("（请留意")[0] if found else ""
    meaning = meaning.removeprefix(f"“{slot}”").lstrip("，")
    return f"照现在的读法：{meaning}" if meaning else "没有读出日期，照原文留着"


def _others(one: Decision, draft: Draft) -> str:
    """（同样的还有4处：第8、9、10、11项；一次都按这里办，要逐处看请发“分开”）"""
    if one.many == 1:
        return ""
    rows = [row for _, id in one.members[1:] if (row := row_of(draft, id))]
    named = "、".join(row.number or "正文" for row in rows[:_NAMED])
    more = "等" if len(rows) > _NAMED else ""
    which = f"：第{named}{more}项" if named else ""
    if one.doubt and not one.row and named:
        return f"（用在{len(rows)}项上{which}；要逐项看请答“分开”）"
    return f"（同样的还有{one.many - 1}处{which}；一次都这样办，要逐处看请答“分开”）"


def _how_to(one: Decision, bare: bool) -> str:
    if one.code == UNREAD:
        return "也可以写“并入第几项”；拿不准请答“跳过”。"
    what = _HOW_TO[one.form.field]
    if one.form.field is None:
        return f"要改请写明{what}"
    return f"也可以直接写出正确的{what}" if bare else f"也可以发“改成”加正确的{what}"


def original(review: Review) -> str:
    """原文: the words of the row or the line as the document prints them."""
    one = review.current
    if one is None:
        return "已经核对到末尾了。"
    row = row_of(review.reviewed, one.row)
    if row is None:
        return f"原文：“{one.words}”" if one.words else "这一处说的是整份文件，请对照原件。"
    section = f"（{' / '.join(row.section)}）" if row.section else ""
    return f"{number(row)}{section}，{row.place.words()}，原文：\n{row.original or row.text or '（空）'}"
