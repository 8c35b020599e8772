"""What the bot says by itself: reminders, quarterly prompts and weekly summaries in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from handlers.wording import number, shortened, title
from knowledge.directory import Liaison
from knowledge.model import Assignment, Role
from scheduler.condition import Light
from scheduler.due import Due
from scheduler.notices import Notice, NoticeKind
from scheduler.summary import Line, Summary, Tally

WEEKDAYS = "一二三四五六日"
HALVES = {"H1": "上半年", "H2": "下半年"}
MATTER_LENGTH = 60
"""Characters of a requirement that a reminder shows; the source leads to the rest."""
LINE_LENGTH = 36
"""Characters of a requirement that a line of a summary shows."""
SHORT_LIST = 8
"""Lines of a list that a group's summary shows before it says how many more there are."""
FEW = 2
"""Lines of a list where a summary must be short."""
NO_UNIT = "未写明责任单位"


def day_words(day: date, today: date | None = None) -> str:
    """`7月31日（星期五）`, with the year where it is not `today`'s."""
    year = "" if today is not None and today.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def period_words(period: str) -> str:
    """`2026-06` → 2026年6月, `2026-Q2` → 2026年第2季度, `2026-H1` → 2026年上半年, `2026-W30` → 2026年第30周, `2026` → 2026年."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    if part in HALVES:
        return f"{year}年{HALVES[part]}"
    kind, count = part[0], part.lstrip("QW0")
    return f"{year}年" + {"Q": f"第{count}季度", "W": f"第{count}周"}.get(kind, f"{count}月")


Mention = Callable[[Liaison], str]


def by_name(liaison: Liaison) -> str:
    """A liaison where the messenger cannot call anybody."""
    return liaison.name


def compose(notices: Sequence[Notice], mention: Mention = by_name) -> str:
    """One message for one conversation: reminders by unit, most urgent first, then prompts, then the summary.

    `mention` writes a liaison so that the messenger calls the person, where it can.

    A document that all of it stands on is named once at the top, several are named with each line.
    """
    from handlers import wording_calendar, wording_escalation, wording_reminders

    due = [notice for notice in notices if notice.kind is NoticeKind.REMINDER]
    asked = [notice for notice in notices if notice.kind is NoticeKind.PROMPT]
    parts = list(wording_escalation.opening(notices))
    parts += [wording_reminders.reminders(due, mention)] if due else []
    parts += wording_escalation.sections(notices)
    parts += [wording_reminders.prompts(asked, mention)] if asked else []
    summaries = [notice for notice in notices if notice.summary is not None]
    parts += [group_summary(one.summary, FEW if one.brief else SHORT_LIST) for one in summaries if one.summary]
    parts += wording_calendar.sections(notices)
    return "\n\n".join(parts)


def paragraph(notice: Notice) -> str:
    """One notice alone in its own words, as the ledger keeps it."""
    if notice.summary is not None:
        return group_summary(notice.summary)
    from handlers import wording_calendar, wording_escalation
    from handlers.wording_reminders import alone

    for module in (wording_escalation, wording_calendar):
        if found := "\n\n".join(module.alone(notice)):
            return found

    return alone(notice)


def answerable(assignment: Assignment | None) -> str:
    """The leaders, else the responsible units, with the word the document uses."""
    if assignment is None:
        return NO_UNIT
    for role in (Role.LEAD, Role.RESPONSIBLE):
        duties = [duty for duty in assignment.duties if duty.role is role]
        if duties:
            word = duties[0].word or {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位"}[role]
            return f"{'、'.join(duty.unit for duty in duties)}（{word}）"
    return NO_UNIT


def standing_words(notice: Notice) -> str:
    """How far away the due date is: 今天到期, 还有3个工作日, 已逾期5天（3个工作日）."""
    if notice.due is None:
        return "无具体期限"
    days = (notice.due - notice.today).days
    if days == 0:
        return "今天到期"
    if days < 0:
        counted = f"（{-notice.workdays}个工作日）" if notice.workdays else ""
        return f"已逾期{-days}天{counted}"
    if notice.workdays == 0:
        return f"还有{days}天，今天是到期前最后一个工作日"
    return f"还有{days}天" + (f"（{notice.workdays}个工作日）" if notice.workdays else "")


def source_words(notice: Notice) -> str:
    """`《标题》第3项`, or the place where a duty of the covering letter stands."""
    return (title(notice.document) if notice.document else "") + item_words(notice.assignment)


def item_words(assignment: Assignment | None) -> str:
    """`第3项`, or the place of a duty of the covering letter: `正文部分（第12行）`."""
    if assignment is None:
        return ""
    return number(assignment) if assignment.number else f"{number(assignment)}（{assignment.place.words()}）"


def matter(assignment: Assignment | None, length: int = MATTER_LENGTH) -> str:
    text = (assignment.text or assignment.original) if assignment else ""
    return shortened(text, length) or "（原文只有序号）"


def group_summary(value: Summary, limit: int = SHORT_LIST) -> str:
    """The summary as a work group reads it: figures, what is overdue and what comes next week, `limit` lines of each."""
    return "\n".join([_headline(value), _figures(value), *_lists(value, limit)])


def full_summary(value: Summary) -> str:
    """The summary as a supervisor reads it: everything, and each unit and document by itself."""
    tables = ["各单位：", *map(_tally_words, value.units), "各文件：", *map(_tally_words, value.documents)]
    others = []
    if value.ongoing:
        others.append("全年或长期任务：" + "、".join(_named(value, id) for id in value.ongoing))
    if value.undated:
        others.append(
            "没有日期的任务（时限未写明或取决于事件）：" + "、".join(_named(value, id) for id in value.undated)
        )
    return "\n".join([_headline(value), _figures(value), *_lists(value, None), *others, *tables])


def _headline(value: Summary) -> str:
    first = value.week.start or value.today
    return f"【一周情况】{day_words(first)}至{day_words(value.week.end or value.today, first)}"


def _figures(value: Summary) -> str:
    overdue = len({line.assignment for line in value.overdue})
    lights = "，".join(f"{word}{len(value.lit(light))}项" for word, light in _LIGHTS)
    return (
        f"共{len(value.total)}项任务：本周报办结{len(value.done)}项，已全部办结{len(value.finished)}项，逾期{overdue}项，"
        f"本周内还将到期{len(_ids(value.due_this_week))}项，下周到期{len(_ids(value.due_next_week))}项，"
        f"全年或长期任务{len(value.ongoing)}项。{lights}。"
    )


_LIGHTS = (("红灯", Light.RED), ("黄灯", Light.YELLOW), ("绿灯", Light.GREEN))


def _ids(lines: Iterable[Line]) -> set[str]:
    return {line.assignment for line in lines}


def _lists(value: Summary, limit: int | None) -> Iterator[str]:
    """The three lists; `limit` lines of each, all when None."""
    for heading, question, lines in (
        ("逾期", "有哪些逾期", value.overdue),
        ("本周内还将到期", "本周到期的任务", value.due_this_week),
        ("下周到期", "下周到期的任务", value.due_next_week),
    ):
        if lines:
            yield f"{heading}："
            groups = list(_by_assignment(lines).values())
            yield from (f"· {_line_words(value, group)}" for group in groups[:limit])
            if limit is not None and len(groups) > limit:
                yield f"  ……另有{len(groups) - limit}项，问“{question}”可看全部"


def _by_assignment(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The dates of each assignment together, in the order of its first."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.assignment, []).append(line)
    return found


def _line_words(value: Summary, lines: list[Line]) -> str:
    """One assignment with its first date in the list, and how many there are."""
    first = lines[0]
    assignment = value.assignments[first.assignment]
    period = period_words(first.period) if first.period else ""
    periods = f"（{period}等{len(lines)}期）" if len(lines) > 1 else f"（{period}）" if period else ""
    late = f"，已逾期{first.days}天" if first.days else ""
    when = f"{answerable(assignment)}，{day_words(first.due, value.today)}到期{late}"
    return f"{item_words(assignment)} {matter(assignment, LINE_LENGTH)}{periods}：{when}"


def _named(value: Summary, id: str) -> str:
    assignment = value.assignments[id]
    return f"{item_words(assignment)}“{matter(assignment, 24)}”"


def _tally_words(tally: Tally) -> str:
    return (
        f"· {tally.name}：{len(tally.total)}项，办结{len(tally.done)}项，"
        f"红灯{len(tally.red)}项，黄灯{len(tally.yellow)}项，绿灯{len(tally.green)}项"
    )


def due_list(rows: Sequence[Due], first: date, last: date, today: date) -> str:
    """What falls due in a window, under its days."""
    window = f"{day_words(first)}至{day_words(last)}" if first != last else day_words(first)
    if not rows:
        return f"{window}没有到期的任务。"
    lines = [f"{window}到期{len(rows)}项："]
    for row, before in zip(rows, (None, *rows), strict=False):
        if before is None or before.due != row.due:
            lines.append(f"■ {day_words(row.due, today)}")
        lines.append(f"· {matter(row.assignment)}{_due_period(row)}")
        lines.append(f"  {answerable(row.assignment)}　依据：{title(row.document)}{item_words(row.assignment)}")
    return "\n".join(lines)


def _due_period(row: Due) -> str:
    period = f"（{period_words(row.period)}）" if row.period else ""
    moved = f"（{row.unit}原为{day_words(row.was, row.due)}，已延期）" if row.was else ""
    return period + moved + ("——已办结" if row.done else "")
