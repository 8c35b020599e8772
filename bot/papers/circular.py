"""通报稿: a draft of what an office sends round about how its assignments go; a person checks it before it is issued."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handing import Letterhead
from bot.papers.filling import Filling, Section, made
from bot.papers.summary_paper import counts, section
from handlers import wording_summary as said
from handlers.wording_summary import headline, lists, plain_dates
from scheduler.policy import OVERDUE, RETURNED, UNANSWERED, UNPROVEN
from scheduler.summary import Summary, Tally

_WANTED = "请有逾期任务的单位抓紧办理，办结后及时报告，要求佐证的一并附上；确有困难的，请说明原因和预计完成时间。"
_NOTE = "（本稿由台账自动生成，数字均可在汇总表格中逐项核对；印发前请核对。）"


def docx(value: object, head: Letterhead) -> bytes:
    """The circular about a summary. Raises PaperError."""
    assert isinstance(value, Summary), "a circular is about a summary"
    name = f"关于{headline(value).removesuffix('情况')}任务办理情况的通报"
    body = [
        f"现将{plain_dates(value)}的任务办理情况通报如下。",
        said.figures(value),
        *_praised(value),
    ]
    tables = [*_behind(value), *counts(value)]
    return made(Filling("通报", name, body, tables, "各有关单位", closing=_WANTED, note=_NOTE), head)


def _praised(value: Summary) -> Iterator[str]:
    """The units that did all they owed, each with how much that was."""
    clear = [one for one in value.units if one.owed and len(one.met) == len(one.owed)]
    if clear:
        yield f"下列单位应办结的节点已全部办结：{'、'.join(map(_share, clear))}。"


def _share(tally: Tally) -> str:
    return f"{tally.name}（{len(tally.owed)}个）"


def _behind(value: Summary) -> Iterator[Section]:
    known = lists(value)
    for part in (OVERDUE, RETURNED, UNPROVEN, UNANSWERED):
        if known[part].found:
            yield section(value, known[part].heading, known[part].found)
