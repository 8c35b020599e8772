"""情况汇总 as a paper in the form of GB/T 9704 and as a workbook whose every figure has a sheet with its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.handing import Letterhead
from bot.papers.book import DAY, Cell, Field, Lamp, Sheet, book
from bot.papers.filling import Filling, Section, made
from bot.papers.lamps import LAMPS
from bot.papers.paper import Column
from handlers import wording_summary as said
from handlers.notices_wording import answerable, day_words, matter, period_words
from handlers.wording_summary import dates_words, headline, lists, next_words, now_words, plain_dates, plain_day
from knowledge.model import Assignment
from scheduler.condition import Light
from scheduler.policy import DONE, NEXT, OVERDUE, REST, RETURNED, UNANSWERED, UNPROVEN, WAITING
from scheduler.summary import Line, Summary, Tally, ids

_MATTER = 60
_MOST_ROWS = 200
"""Rows of a list that a paper shows."""
_COLUMNS = (
    Column("序号", 12, centred=True), Column("任务", 66), Column("责任单位", 38), Column("期限和情况", 46),
)  # fmt: skip
_TALLY_COLUMNS = (
    Column("任务数", 18, centred=True), Column("办结", 18, centred=True),
    Column("红灯", 18, centred=True), Column("黄灯", 18, centred=True), Column("绿灯", 18, centred=True),
    Column("逾期节点", 20, centred=True),
)  # fmt: skip
_RANK_COLUMNS = (
    Column("名次", 18, centred=True), Column("单位", 58), Column("应办结", 24, centred=True),
    Column("已办结", 24, centred=True), Column("办结率", 24, centred=True), Column("逾期节点", 24, centred=True),
)  # fmt: skip
_NOTE = (
    "注：本表由台账自动生成。一项任务的一个到期日为一个节点。红灯为有逾期未办结节点的任务，黄灯为本周或下周到期的任务，"
    "绿灯为其余任务；各单位按自己承担的一份计。"
)


# --- .docx --------------------------------------------------------------------------------------------------------
def docx(value: object, head: Letterhead) -> bytes:
    """The summary as an official paper. Raises PaperError."""
    assert isinstance(value, Summary), "a paper of a summary shows one"
    name = f"{headline(value).removesuffix('情况')}任务办理情况汇总"
    opening = f"{plain_dates(value)}的任务办理情况汇总如下。"
    body = [opening, said.figures(value)]
    if value.change is not None:
        body.append(said.change_words(value.change))
    lists_ = [section(value, heading, found) for heading, found in _sections(value)]
    return made(
        Filling(
            "汇总", name, body, [*lists_, *counts(value)], "各有关单位", note=_NOTE + "".join(said.unattended(value))
        ),
        head,
    )


def section(value: Summary, heading: str, found: Sequence[Line], words: str = "") -> Section:
    """A table of the assignments behind one figure."""
    return Section(f"{heading}（{len(ids(found))}项）", _COLUMNS, _rows(value, found), words)


def _sections(value: Summary) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The lists that are not empty, what presses first."""
    known = lists(value)
    for part in (OVERDUE, RETURNED, UNANSWERED, UNPROVEN, WAITING, REST, NEXT, DONE):
        if known[part].found:
            yield known[part].heading, known[part].found


def _rows(value: Summary, found: Sequence[Line]) -> list[list[str]]:
    """The rows of a list; a paper shows so many and says where the others are."""
    rows = list(_every(value, found))
    rest = len(rows) - _MOST_ROWS
    return rows if rest <= 0 else [*rows[:_MOST_ROWS], [f"……另有{rest}行，见汇总表格（.xlsx）"]]


def _every(value: Summary, found: Sequence[Line]) -> Iterator[list[str]]:
    """A line across for each document where there are several, below it its assignments."""
    several = len(value.titles) > 1
    for document, title in value.titles.items():
        own = [line for line in found if value.assignments[line.assignment].document == document]
        if own and several:
            yield [title]
        groups: dict[tuple[str, str], list[Line]] = {}
        for line in own:
            groups.setdefault((line.assignment, line.unit), []).append(line)
        for lines in groups.values():
            assignment = value.assignments[lines[0].assignment]
            yield [
                assignment.number or "正文",
                matter(assignment, _MATTER),
                lines[0].unit or answerable(assignment),
                _when(value, lines),
            ]


def _when(value: Summary, lines: Sequence[Line]) -> str:
    """The first date of an assignment in a list, and how many there are."""
    first = lines[0]
    period = period_words(first.period) if first.period else ""
    many = f"{period}等{len(lines)}期" if len(lines) > 1 and period else period
    told = [f"报告期：{many}" if many else "", f"{plain_day(first.due, value.today)}到期" if first.due else ""]
    if first.on is not None:
        told.append(f"{plain_day(first.on, value.today)}报")
    if first.days:
        told.append(f"逾期{first.days}天办结" if first.on else f"已逾期{first.days}天")
    return "\n".join(filter(None, told)) or "没有日期"


def counts(value: Summary) -> Iterator[Section]:
    """The tallies, and the ranking where there is one."""
    for whose, tallies in (("单位", value.units), ("文件", value.documents)):
        if tallies:
            yield Section(f"各{whose}情况", (Column(whose, 52), *_TALLY_COLUMNS), [_tally(one) for one in tallies])
    if value.yardstick is not None and value.ranking:
        rows = [
            [str(one.place), one.tally.name, *_shares(one.tally), _percent(one.tally), str(len(one.tally.overdue))]
            for one in value.ranking
        ]
        yield Section("排名", _RANK_COLUMNS, rows, value.yardstick.rule)


def _tally(one: Tally) -> list[str]:
    counts = (one.total, one.done, one.red, one.yellow, one.green, one.overdue)
    return [one.name, *(str(len(found)) for found in counts)]


def _shares(one: Tally) -> tuple[str, str]:
    return str(len(one.owed)), str(len(one.met))


def _percent(one: Tally) -> str:
    return f"{len(one.met) * 1000 // len(one.owed) / 10:g}%" if one.owed else "—"


# --- .xlsx --------------------------------------------------------------------------------------------------------


_FIGURES = (Field("指标", 30), Field("项数", 10, centred=True), Field("节点数", 10, centred=True), Field("明细在", 24))
_DETAILS = (
    Field("序号", 8, centred=True), Field("文件", 26), Field("部分", 18), Field("任务", 46), Field("责任单位", 20),
    Field("报告期", 14, centred=True), Field("到期日", DAY, centred=True), Field("报告日", DAY, centred=True),
    Field("逾期天数", 10, centred=True), Field("灯", 8, centred=True), Field("编号", 18),
)  # fmt: skip
_TALLIES = (
    Field("名称", 40), Field("任务数", 9, centred=True), Field("办结", 9, centred=True), Field("红灯", 9, centred=True),
    Field("黄灯", 9, centred=True), Field("绿灯", 9, centred=True), Field("应办结节点", 12, centred=True),
    Field("已办结节点", 12, centred=True), Field("办结率", 10, centred=True), Field("逾期节点", 10, centred=True),
    Field("红灯任务", 40), Field("黄灯任务", 40),
)  # fmt: skip


def xlsx(value: object, head: Letterhead) -> bytes:
    """The summary as a workbook: its figures, and a sheet with the rows of each."""
    assert isinstance(value, Summary), "a workbook of a summary shows one"
    title = f"{head.office}{headline(value)}汇总"
    note = f"{dates_words(value)}，截至{day_words(value.today)}。{_NOTE.removeprefix('注：')}"
    details = dict(_details(value))
    sheets = [Sheet("总表", title, note, _FIGURES, list(_figures(value, details)))]
    for words, tallies in (("各单位", value.units), ("各文件", value.documents)):
        sheets.append(Sheet(words, f"{title}：{words}", note, _TALLIES, [_counted(value, one) for one in tallies]))
    if value.yardstick is not None:
        sheets.append(_ranked(value, title))
    sheets += [Sheet(words, f"{title}：{words}", note, _DETAILS, rows) for words, rows in details.items()]
    return book(sheets, head.made.date())


def _figures(value: Summary, details: dict[str, list[list[Cell]]]) -> Iterator[list[Cell]]:
    counted: list[tuple[str, Sequence[str], Sequence[Line] | None]] = [
        ("任务总数", value.total, None),
        (f"{now_words(value)}办结", ids(value.done), value.done),
        ("其中逾期办结", ids(value.late), value.late),
        ("已全部办结", value.finished, None),
    ]
    names = {OVERDUE: "逾期", REST: f"{now_words(value)}内还将到期", NEXT: f"{next_words(value)}到期"}
    known = lists(value)
    for part in (OVERDUE, REST, NEXT, UNANSWERED, UNPROVEN, WAITING, RETURNED):
        found = known[part].found
        counted.append((names.get(part, known[part].heading), ids(found), found))
    counted += [("全年或长期任务", value.ongoing, None), ("没有日期的任务", value.undated, None)]
    counted += [(words, value.lit(light), None) for words, light in said.LIGHTS]
    for words, found_ids, lines in counted:
        sheet = words if words in details else f"{now_words(value)}办结" if words == "其中逾期办结" and lines else "—"
        yield [words, len(found_ids), len(lines) if lines is not None else "—", sheet]


def _details(value: Summary) -> Iterator[tuple[str, list[list[Cell]]]]:
    """The sheets with rows, by their names; none for what counts nothing."""
    known = lists(value)
    for part in (OVERDUE, REST, NEXT, DONE, UNANSWERED, UNPROVEN, WAITING, RETURNED):
        if known[part].found:
            yield known[part].heading, [_detail(value, line) for line in known[part].found]
    whole = (
        ("已全部办结", value.finished),
        ("全年或长期任务", value.ongoing),
        ("没有日期的任务", value.undated),
        *((words, value.lit(light)) for words, light in said.LIGHTS),
        ("任务总数", value.total),
    )
    for words, found in whole:
        if found:
            yield words, [_detail(value, Line(id, None)) for id in found]


def _detail(value: Summary, line: Line) -> list[Cell]:
    assignment = value.assignments[line.assignment]
    return [
        assignment.number or "正文",
        value.titles[assignment.document],
        " / ".join(assignment.section),
        assignment.text or assignment.original,
        line.unit or _names(assignment),
        period_words(line.period) if line.period else "",
        line.due or "",
        line.on or "",
        line.days or "",
        _lamp(value.lights[line.assignment]),
        line.assignment,
    ]


def _names(assignment: Assignment) -> str:
    return answerable(assignment).partition("（")[0]


def _lamp(light: Light) -> Lamp:
    return LAMPS[light]


def _counted(value: Summary, one: Tally) -> list[Cell]:
    return [
        one.name,
        *(len(found) for found in (one.total, one.done, one.red, one.yellow, one.green, one.owed, one.met)),
        _percent(one),
        len(one.overdue),
        said.numbers(value, one.red) if one.red else "",
        said.numbers(value, one.yellow) if one.yellow else "",
    ]


def _ranked(value: Summary, title: str) -> Sheet:
    assert value.yardstick is not None, "only where there is a ranking"
    fields = [Field(one.head, one.share / 2 + 4, one.centred) for one in _RANK_COLUMNS]
    rows: list[list[Cell]] = [
        [
            one.place,
            one.tally.name,
            len(one.tally.owed),
            len(one.tally.met),
            _percent(one.tally),
            len(one.tally.overdue),
        ]
        for one in value.ranking
    ]
    return Sheet("排名", f"{title}：排名", value.yardstick.rule, fields, rows)
