"""What can be typed for papers and lists: summaries, the ledger as a table and back, receipts, circulars, hand-overs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.speech import DAY, FILES, ChineseCommand, ChineseGroup

if TYPE_CHECKING:
    from bot.commands.summary import Wanted


def _about(command: Callable[..., object]) -> Callable[..., object]:
    """The options that choose which days, unit and document a summary is about."""
    for option in reversed(_ABOUT):
        command = option(command)
    return command


_ABOUT = (
    click.option("--week", "stretch", flag_value="week", help="本周（不写就是本周）。"),
    click.option("--month", "stretch", flag_value="month", help="本月。"),
    click.option("--quarter", "stretch", flag_value="quarter", help="本季度。"),
    click.option("--half", "stretch", flag_value="half", help="本半年。"),
    click.option("--year", "stretch", flag_value="year", help="今年。"),
    click.option("--last", is_flag=True, help="上一个：上周、上月、上季度……按当时的台账计算。"),
    click.option("--from", "start", type=DAY, metavar="日期", help="任意一段时间：从哪一天起（含当天）。"),
    click.option("--to", "end", type=DAY, metavar="日期", help="任意一段时间：到哪一天止（含当天），不写就是今天。"),
    click.option("--today", type=DAY, metavar="日期", help="把哪一天当作今天，不写就是真实的今天。"),
    click.option("--unit", default="", metavar="单位", help="只看这个单位的（如 市财政局）。"),
    click.option("--document", default="", metavar="文件", help="只看这份文件的（标题、文号或文件名）。"),
)


def _wanted(
    stretch: str | None,
    last: bool,
    start: date | None,
    end: date | None,
    today: date | None,
    unit: str,
    document: str,
) -> Wanted:
    from bot.commands.summary import Wanted
    from scheduler.stretches import Stretch

    if (start or end) and (stretch or last):
        raise click.UsageError("--from、--to 和 --week、--month、--quarter、--half、--year、--last 只能用一种")
    return Wanted(Stretch(stretch or "week"), last, start, end, today, unit, document)


@click.command(
    "summary",
    cls=ChineseCommand,
    epilog="qiantou summary --full\nqiantou summary --month --last --docx 月报.docx --xlsx 月报.xlsx --png 月报.png",
)
@_about
@click.option("--full", is_flag=True, help="给督查员的完整版，逐单位、逐文件列出，每个数字附项号。")
@click.option("--docx", type=FILES, metavar="文件", help="写成公文样式的 .docx。")
@click.option("--xlsx", type=FILES, metavar="表格", help="写成 .xlsx：一张总表，每个数字一张明细表。")
@click.option("--png", type=FILES, metavar="图片", help="画成 .png 图片（要先装 qiantou[pictures]）。")
@click.option("--svg", type=FILES, metavar="图片", help="画成 .svg 图片。")
@click.option("--json", "--jsonl", "as_json", is_flag=True, help="一行 JSON，每个数字都带着它所数的任务编号。")
@click.pass_obj
def summary(
    home: Path,
    /,
    full: bool,
    as_json: bool,
    docx: Path | None,
    xlsx: Path | None,
    png: Path | None,
    svg: Path | None,
    **about: Any,
) -> None:
    """周报、月报或一段时间的汇总：办结、到期、逾期、签收、佐证和各单位情况。"""
    from bot.commands.summary import Shown, show_summary

    files = {"docx": docx, "xlsx": xlsx, "png": png, "svg": svg}
    written = {ending: path for ending, path in files.items() if path is not None}
    show_summary(home, _wanted(**about), Shown(full, as_json, written))


@click.command("receipts", cls=ChineseCommand, epilog="qiantou receipts --from 2026-07-01 --silent --xlsx 回执账.xlsx")
@click.argument("what", default="", metavar="[短码|项号|文件]")
@click.option("--from", "start", type=DAY, metavar="日期", help="从哪一天发出的起（含当天）。")
@click.option("--to", "end", type=DAY, metavar="日期", help="到哪一天发出的止（含当天）。")
@click.option("--silent", is_flag=True, help="只列还有单位没有回的。")
@click.option("--json", "as_json", is_flag=True, help="每条提醒一行 JSON。")
@click.option("--xlsx", "sheet", type=FILES, metavar="表格", help="写成 .xlsx，每个点名的单位一行。")
@click.option("--docx", "paper", type=FILES, metavar="回执账", help="写成公文样式的 .docx 表格。")
@click.pass_obj
def receipts(
    home: Path,
    what: str,
    start: date | None,
    end: date | None,
    silent: bool,
    as_json: bool,
    sheet: Path | None,
    paper: Path | None,
) -> None:
    """回执账：每条提醒点了谁的名、平台怎么答复、谁何时回了收到、谁没有回。"""
    from bot.commands.receipts import show_receipts

    show_receipts(home, what, (start, end), silent=silent, as_json=as_json, sheet=sheet, paper=paper)


@click.command(
    "export", cls=ChineseCommand, epilog="qiantou export 台账.xlsx\nqiantou export 财政局.ics --unit 市财政局"
)
@click.argument("path", type=FILES, metavar="文件")
@click.option("--unit", default="", metavar="单位", help="只导出这个单位的（如 市财政局）。")
@click.option("--document", default="", metavar="文件", help="只导出这份文件的（标题、文号或文件名）。")
@click.pass_obj
def export(home: Path, path: Path, unit: str, document: str) -> None:
    """导出台账：.xlsx 可以填写后收回，.csv 供别的程序用，.docx 是公文样式，.ics 是到期日的日程。"""
    from bot.commands.roll import export_roll

    export_roll(home, path, unit, document)


@click.command("take", cls=ChineseCommand, epilog="qiantou take 台账.xlsx")
@click.argument("path", type=FILES, metavar="台账")
@click.option("--yes", is_flag=True, help="不逐行问，填报的全部登记。")
@click.pass_obj
def take(home: Path, path: Path, yes: bool) -> int:
    """收回填好的台账（.xlsx）：逐行显示填报了什么，确认以后一次记入台账。"""
    from bot.commands.roll import take_roll

    return take_roll(home, path, confirmed=yes)


@click.group("paper", cls=ChineseGroup, epilog="qiantou paper 通报 --month --last")
def paper() -> None:
    """公文：通报稿、交接单，和本机构自己的模板。"""


@paper.command("通报", cls=ChineseCommand, epilog="qiantou paper 通报 --month --last --docx 6月通报.docx")
@_about
@click.option("--docx", type=FILES, metavar="文件", help="写成哪个文件，不写就是当前目录下的 通报-日期.docx。")
@click.pass_obj
def circular(home: Path, /, docx: Path | None, **about: Any) -> None:
    """出一份通报稿：办结、逾期、各单位情况。印发前请核对。"""
    from bot.commands.papers import write_circular

    write_circular(home, _wanted(**about), docx)


@paper.command("交接单", cls=ChineseCommand, epilog="qiantou paper 交接单 市财政局")
@click.argument("unit", metavar="单位")
@click.option("--docx", type=FILES, metavar="文件", help="写成哪个文件，不写就是当前目录下的 交接单-单位.docx。")
@click.pass_obj
def handover(home: Path, unit: str, docx: Path | None) -> None:
    """出一份交接单：最近一次联络员交接，连同没有办结的任务；没有交接过的，姓名留空。"""
    from bot.commands.papers import write_handover

    write_handover(home, unit, docx)


@paper.command("模板", cls=ChineseCommand, epilog="qiantou paper 模板 通报")
@click.argument("kind", metavar="种类")
@click.pass_obj
def template(home: Path, kind: str) -> None:
    """在数据目录的 templates 里放一份起始模板，在 Word 或 WPS 里改成本机构的样子；改名移开就恢复自带的样式。"""
    from bot.commands.papers import write_template

    write_template(home, kind)


COMMANDS = (summary, receipts, export, take, paper)
