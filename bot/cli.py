"""The `qiantou` command line: what can be typed, with help and an example each. The work is done in `bot.commands`.

Nothing heavy is imported here: `qiantou ask` must answer from a cold start in under half a second.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.cli_audit import audit, blank
from bot.cli_calendar import calendar, event, status
from bot.cli_evidence import evidence
from bot.cli_papers import COMMANDS as PAPERS
from bot.cli_people import groups, people, restrictions
from bot.cli_serving import appchat, channels, serve
from bot.cli_words import explain, synonyms, unanswered
from bot.commands.speech import DAY, FILES, ChineseCommand, ChineseGroup

DEFAULT_HOME = Path.home() / ".qiantou"


today_option = click.option("--today", type=DAY, metavar="日期", help="把哪一天当作今天，不写就是真实的今天。")
jsonl_option = click.option("--jsonl", is_flag=True, help="每条一行 JSON，供程序读取。")
from_option = click.option("--from", "start", type=DAY, required=True, metavar="日期", help="从哪一天起（含当天）。")
to_option = click.option("--to", "end", type=DAY, required=True, metavar="日期", help="到哪一天止（含当天）。")


@click.group(cls=ChineseGroup, context_settings={"max_content_width": 100})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=True),
    envvar="QIANTOU_HOME",
    default=DEFAULT_HOME,
    metavar="目录",
    help="存放本机构全部数据的目录；也可用环境变量 QIANTOU_HOME 指定，默认是用户目录下的 .qiantou。",
)
@click.version_option(package_name="qiantou", message="牵头 %(version)s", help="显示版本。")
@click.pass_context
def qiantou(ctx: click.Context, home: Path) -> None:
    """牵头：导入任务分工方案，回答“谁牵头、何时完成”，到期提醒，记台账。"""
    ctx.obj = home


@qiantou.command("run", cls=ChineseCommand, epilog="echo 扶贫信息谁牵头 | qiantou run --sample docs/样例")
@click.option("--sample", type=FILES, metavar="目录", help="先导入这个目录里的样例文件，再开始对话。")
@click.option("--unit", metavar="单位", help="代表哪个单位说话（如 市财政局），报进展和签收时要用。")
@click.option("--supervisor", is_flag=True, help="以督查员的身份说话。")
@today_option
@click.pass_obj
def run(home: Path, sample: Path | None, unit: str | None, supervisor: bool, today: date | None) -> None:
    """在终端里提问；到时的提醒也显示在这里。标准输入不是终端时逐行读取问题。"""
    from bot.commands.run import Speaker, converse

    role = "supervisor" if supervisor else "liaison" if unit else "staff"
    converse(home, sample, today, Speaker(unit, role))


@qiantou.command("import", cls=ChineseCommand, epilog="qiantou import 2026年任务分工方案.docx")
@click.argument("files", nargs=-1, required=True, type=FILES, metavar="文件…")
@click.option("--yes", is_flag=True, help="不逐处核对，存疑之处带着标记入册。")
@click.pass_obj
def import_(home: Path, files: tuple[Path, ...], yes: bool) -> int:
    """导入文件，把其中的任务登记入册。同一文件再次导入不会重复。"""
    from bot.commands.documents import import_documents

    return import_documents(home, files, confirmed=yes)


@qiantou.command("review", cls=ChineseCommand, epilog="qiantou review 2026年任务分工方案.docx")
@click.argument("name", default="", metavar="[文件]")
@click.option("--learned", is_flag=True, help="列出从核对中学到、以后不再问的说法。")
@click.pass_obj
def review(home: Path, name: str, learned: bool) -> int:
    """逐处核对存疑：没有核对完的接着来，已入册的也可以改正。"""
    from bot.commands.review import review as run_review

    return run_review(home, name, learned=learned)


@qiantou.command("ask", cls=ChineseCommand, epilog="qiantou ask 扶贫信息谁牵头")
@click.argument("question", nargs=-1, metavar="[问题]")
@click.option("--jsonl", is_flag=True, help="从标准输入逐行读取 JSON 问题，逐行输出 JSON 回答。")
@today_option
@click.pass_obj
def ask(home: Path, question: tuple[str, ...], jsonl: bool, today: date | None) -> None:
    """问一个问题，得到答案和出处。"""
    from bot.commands.ask import ask_lines, ask_once

    if jsonl:
        ask_lines(home, today)
    elif question:
        ask_once(home, " ".join(question), today)
    else:
        raise click.UsageError("没有写问题")


@qiantou.command("assignments", cls=ChineseCommand, epilog="qiantou assignments --jsonl")
@jsonl_option
@click.pass_obj
def assignments(home: Path, jsonl: bool) -> None:
    """列出册中全部任务。"""
    from bot.commands.documents import list_assignments

    list_assignments(home, jsonl=jsonl)


@qiantou.group("units", cls=ChineseGroup, invoke_without_command=True, epilog="qiantou units show 国土局")
@click.option("--all", "every", is_flag=True, help="连同自带总表里的机构一起列出。")
@jsonl_option
@click.pass_context
def units(ctx: click.Context, every: bool, jsonl: bool) -> None:
    """单位名册：有哪些单位、简称和曾用名，从哪里来。不写命令就是列出。"""
    if ctx.invoked_subcommand is None:
        from bot.commands.units import list_units

        list_units(ctx.obj, every=every, jsonl=jsonl)


@units.command("import", cls=ChineseCommand, epilog="qiantou units import 单位名册.xlsx")
@click.argument("file", type=FILES, metavar="名册")
@click.pass_obj
def units_import(home: Path, file: Path) -> None:
    """导入单位名册（.xlsx、.csv 或 .toml）；同名文件再次导入会整体替换。"""
    from bot.commands.units import take_roster

    take_roster(home, file)


@units.command("show", cls=ChineseCommand, epilog="qiantou units show 国土局 --on 2017-06-01")
@click.argument("name", metavar="名称")
@click.option("--on", type=DAY, metavar="日期", help="按哪一天的机构来看，不写就是今天。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def units_show(home: Path, name: str, on: date | None, as_json: bool) -> None:
    """解释一个名称：是哪个单位、何时起、又叫什么、曾叫什么、哪些任务写到它。"""
    from bot.commands.units import show_unit

    show_unit(home, name, on, as_json=as_json)


@qiantou.command("deadlines", cls=ChineseCommand, epilog="qiantou deadlines 印发后10个工作日内 --issued 2026-03-02")
@click.argument("phrase", nargs=-1, metavar="[时限]")
@click.option("--issued", type=DAY, metavar="日期", help="文件的印发日期。")
@click.option("--jsonl", is_flag=True, help="写给程序：输出 JSON；没有写时限的，从标准输入逐行读取。")
@click.pass_obj
def deadlines(home: Path, phrase: tuple[str, ...], issued: date | None, jsonl: bool) -> None:
    """解释一句完成时限是哪一天，或一个问题问的是哪段时间。"""
    from bot.commands.phrases import explain, explain_lines

    if phrase:
        explain(home, " ".join(phrase), issued, as_json=jsonl)
    elif jsonl:
        explain_lines(home)
    else:
        raise click.UsageError("没有写时限")


@qiantou.command("due", cls=ChineseCommand, epilog="qiantou due --from 2026-07-01 --to 2026-07-31")
@from_option
@to_option
@jsonl_option
@click.pass_obj
def due(home: Path, start: date, end: date, jsonl: bool) -> None:
    """列出一段时间内到期的任务。"""
    from bot.commands.time import show_due

    show_due(home, start, end, jsonl=jsonl)


@qiantou.command(
    "simulate",
    cls=ChineseCommand,
    epilog="qiantou simulate --from 2026-07-01 --to 2026-09-30 --calendar\nqiantou simulate --from 2026-07-01 --to 2026-12-31 --unit 市财政局 --ics 提醒.ics",
)
@from_option
@to_option
@click.option("--group", "groups", multiple=True, metavar="会话", help="只看这个会话，可以写几次。")
@click.option("--unit", "units", multiple=True, metavar="单位", help="只看说给这个单位的，可以写几次。")
@click.option("--calendar", is_flag=True, help="每个会话每月一张月历。")
@click.option("--ics", type=FILES, metavar="文件", help="写成 .ics 日程文件，可导入手机或电脑的日历。")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 值：会话、消息、逐项内容。")
@jsonl_option
@click.pass_obj
def simulate(
    home: Path,
    start: date,
    end: date,
    groups: tuple[str, ...],
    units: tuple[str, ...],
    calendar: bool,
    ics: Path | None,
    as_json: bool,
    jsonl: bool,
) -> None:
    """演练：一段时间内各会话会收到的每一条消息，不真正发送。"""
    from bot.commands.time import Wanted, show_simulation

    show_simulation(home, start, end, Wanted(groups, units, calendar, ics, as_json, jsonl))


@qiantou.command("bind", cls=ChineseCommand, epilog="qiantou bind 财政群 --unit 市财政局 --liaison 王小明 --id wangxm")
@click.argument("conversation", metavar="会话")
@click.option("--unit", "units", multiple=True, metavar="单位", help="这个会话听哪个单位的任务，可以写几次。")
@click.option("--document", "documents", multiple=True, metavar="文件", help="这个会话听哪份文件的任务，可以写几次。")
@click.option("--liaison", default="", metavar="姓名", help="这个单位的联络员，提醒里会点名。")
@click.option("--id", "account", default="", metavar="账号", help="联络员在这个通道里的账号，写了才能真正点到人。")
@click.option("--remove", is_flag=True, help="取消绑定；带 --liaison 时只取消这个联络员。")
@click.pass_obj
def bind(
    home: Path,
    conversation: str,
    units: tuple[str, ...],
    documents: tuple[str, ...],
    liaison: str,
    account: str,
    remove: bool,
) -> None:
    """绑定会话：哪个会话听哪些单位、哪些文件的提醒，联络员是谁。记入台账，随时可以取消。"""
    from bot.commands.bind import bind as run_bind

    run_bind(home, conversation, units=units, documents=documents, liaison=liaison, id=account, removed=remove)


@qiantou.command("drill", cls=ChineseCommand, epilog="qiantou drill --seconds 60")
@click.option(
    "--seconds",
    type=click.IntRange(10, 3600),
    default=25,
    metavar="秒数",
    help="大约演练多少秒，10到3600，不写就是25。",
)
@click.option(
    "--seed", type=int, default=1, metavar="整数", help="写同一个数，除了强行结束的时刻，演练的情形都一样；不写就是1。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def drill(home: Path, seconds: int, seed: int, as_json: bool) -> int:
    """应急演练：在副本上断电、断网、强行结束进程，看会不会丢、会不会重。有问题时退出码为 1。"""
    from bot.commands.drill import run_drill

    return run_drill(home, seconds, seed, as_json=as_json)


@qiantou.command("policy", cls=ChineseCommand, epilog="qiantou policy --unit 市财政局")
@click.option("--document", default="", metavar="文件", help="只看对这份文件的规则（标题或文件名）。")
@click.option("--group", default="", metavar="会话", help="只看对这个会话的规则。")
@click.option("--unit", default="", metavar="单位", help="只看对这个单位的规则（如 市财政局）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def policy(home: Path, document: str, group: str, unit: str, as_json: bool) -> None:
    """说明提醒规则：什么时候、几点、说给谁、每天最多几条，各是哪里规定的。"""
    from bot.commands.policy import show_policy

    show_policy(home, document, group, unit, as_json=as_json)


for command in PAPERS:
    qiantou.add_command(command)


@qiantou.command("check", cls=ChineseCommand, epilog="qiantou check 2026年任务分工方案.docx --docx 体检单.docx")
@click.argument("files", nargs=-1, required=True, type=FILES, metavar="文件…")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option(
    "--docx", "paper", type=FILES, metavar="体检单", help="写成公文样式的 .docx；指定一个目录时每个文件一份。"
)
@click.option("--strict", is_flag=True, help="有“必须改”的问题时退出码为 3，供脚本判断。")
@click.pass_obj
def check(home: Path, files: tuple[Path, ...], as_json: bool, paper: Path | None, strict: bool) -> int:
    """体检文件：有哪些问题要请作者核改、哪里没有把握、哪些行没有读入。不入册。"""
    from bot.commands.check import check_documents

    return check_documents(home, files, as_json=as_json, paper=paper, strict=strict)


@qiantou.command(
    "compare", cls=ChineseCommand, epilog="qiantou compare 2025年任务分工方案.docx 2026年任务分工方案.docx"
)
@click.argument("old", metavar="旧文件")
@click.argument("new", metavar="新文件")
@click.option("--unit", default="", metavar="单位", help="只看与这个单位有关的（如 市财政局）。")
@click.option("--all", "whole", is_flag=True, help="没有变化的也列出全文。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--docx", "paper", type=FILES, metavar="比对表", help="写成公文样式的 .docx 表格。")
@click.pass_obj
def compare(home: Path, old: str, new: str, unit: str, whole: bool, as_json: bool, paper: Path | None) -> None:
    """来文比对：今年和去年、修订件和原件，哪些新增、延续、收紧、删去。可写文件，也可写已入册文件的名称、文号或年份。"""
    from bot.commands.compare import compare as run_compare

    run_compare(home, old, new, unit=unit, as_json=as_json, paper=paper, whole=whole)


@qiantou.command(
    "supersede", cls=ChineseCommand, epilog="qiantou supersede 2025年任务分工方案.docx 2026年任务分工方案.docx"
)
@click.argument("old", metavar="旧文件")
@click.argument("new", default="", metavar="[新文件]")
@click.option("--undo", is_flag=True, help="恢复旧文件，不再算作被替代。")
@click.pass_obj
def supersede(home: Path, old: str, new: str, undo: bool) -> None:
    """指明旧文件已由新文件替代：旧文件不再提醒，问到时说明已被替代。两份都要已经入册。"""
    from bot.commands.compare import supersede as run_supersede

    run_supersede(home, old, new, undo=undo)


WORDS, OFFICE = (explain, synonyms, unanswered), (audit, blank, evidence, groups, people, restrictions, status)
for command in (calendar, event, *WORDS, *OFFICE, serve, channels, appchat):
    qiantou.add_command(command)


@qiantou.command("backup", cls=ChineseCommand, epilog="qiantou backup 备份.zip")
@click.argument("target", type=FILES, metavar="备份文件")
@click.pass_obj
def backup(home: Path, target: Path) -> None:
    """把全部数据备份成一个文件。"""
    from bot.commands.safekeeping import back_up

    back_up(home, target)


@qiantou.command("restore", cls=ChineseCommand, epilog="qiantou restore 备份.zip")
@click.argument("archive", type=FILES, metavar="备份文件")
@click.pass_obj
def restore(home: Path, archive: Path) -> None:
    """从备份恢复；原来的数据改名保留，不会删除。"""
    from bot.commands.safekeeping import bring_back

    bring_back(home, archive)


@qiantou.command("completion", cls=ChineseCommand, epilog='eval "$(qiantou completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def completion(shell: str) -> None:
    """输出命令补全脚本。"""
    from click.shell_completion import get_completion_class

    wanted = get_completion_class(shell)
    assert wanted is not None, "click ships these three"
    click.echo(wanted(qiantou, {}, "qiantou", "_QIANTOU_COMPLETE").source())
