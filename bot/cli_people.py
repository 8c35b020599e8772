"""The commands about people, groups and what may not be disclosed."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.speech import FILES, ChineseCommand, ChineseGroup

ROLES = ("工作人员", "联络员", "督查员", "管理员", "staff", "liaison", "supervisor", "administrator")
jsonl_option = click.option("--jsonl", is_flag=True, help="每条一行 JSON，供程序读取。")


@click.group("people", cls=ChineseGroup, invoke_without_command=True, epilog="qiantou people")
@jsonl_option
@click.pass_context
def people(ctx: click.Context, jsonl: bool) -> None:
    """人员：登记了谁、代表哪个单位、什么角色；哪些单位还没有联络员。不写命令就是列出。"""
    if ctx.invoked_subcommand is None:
        from bot.commands.people import list_people

        list_people(ctx.obj, jsonl=jsonl)


@people.command("invite", cls=ChineseCommand, epilog="qiantou people invite --unit 市财政局 --name 王芳 --role 联络员")
@click.option("--name", required=True, metavar="姓名", help="邀请谁。")
@click.option("--unit", default="", metavar="单位", help="是哪个单位的；督查员和管理员可以不写。")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="联络员",
    metavar="角色",
    help="工作人员、联络员、督查员或管理员，不写就是联络员。",
)
@click.pass_obj
def people_invite(home: Path, name: str, unit: str, role: str) -> None:
    """给一个人发绑定码：本人在与机器人的私聊里发这个码，就登记好了。"""
    from bot.commands.people import invite

    invite(home, name, unit, role)


@people.command("import", cls=ChineseCommand, epilog="qiantou people import 人员表.xlsx")
@click.argument("file", type=FILES, metavar="人员表")
@click.option("--out", "target", type=FILES, metavar="文件", help="绑定码写到哪个 .xlsx，不写就放在人员表旁边。")
@click.pass_obj
def people_import(home: Path, file: Path, target: Path | None) -> None:
    """导入人员表（姓名、单位、角色、通道、账号）：有账号的直接登记，没有的每人发一个绑定码。"""
    from bot.commands.people import import_people

    import_people(home, file, target)


@people.command("remove", cls=ChineseCommand, epilog="qiantou people remove --unit 市财政局 --name 王芳")
@click.option("--name", required=True, metavar="姓名", help="取消谁。")
@click.option("--unit", default="", metavar="单位", help="是哪个单位的。")
@click.pass_obj
def people_remove(home: Path, name: str, unit: str) -> None:
    """取消一个人的登记，其全部账号不能再用。"""
    from bot.commands.people import remove

    remove(home, name, unit)


@people.command(
    "handover",
    cls=ChineseCommand,
    epilog="qiantou people handover --unit 市财政局 --from 王芳 --to 李强 --docx 交接单.docx",
)
@click.option("--unit", required=True, metavar="单位", help="哪个单位的联络员。")
@click.option("--from", "giver", required=True, metavar="姓名", help="移交人。")
@click.option("--to", "taker", required=True, metavar="姓名", help="接收人；还没有绑定的会得到绑定码。")
@click.option("--docx", "paper", type=FILES, metavar="交接单", help="写成公文样式的 .docx。")
@click.pass_obj
def people_handover(home: Path, unit: str, giver: str, taker: str, paper: Path | None) -> None:
    """办理交接：联络员换人，列出未办结的任务，记入台账。"""
    from bot.commands.people import hand_over

    hand_over(home, unit, giver, taker, paper)


@click.group("groups", cls=ChineseGroup, invoke_without_command=True, epilog="qiantou groups")
@jsonl_option
@click.pass_context
def groups(ctx: click.Context, jsonl: bool) -> None:
    """群：有哪些会话、各绑定了什么、哪些绑定等待确认。不写命令就是列出。"""
    if ctx.invoked_subcommand is None:
        from bot.commands.groups import list_groups

        list_groups(ctx.obj, jsonl=jsonl)


@groups.command("confirm", cls=ChineseCommand, epilog="qiantou groups confirm K7M4")
@click.argument("code", metavar="代码")
@click.option("--no", is_flag=True, help="不同意。")
@click.pass_obj
def groups_confirm(home: Path, code: str, no: bool) -> None:
    """确认（或不同意）群里提出的绑定。"""
    from bot.commands.groups import decide

    decide(home, code, yes=not no)


@groups.command("same", cls=ChineseCommand, epilog="qiantou groups same qq/30003 工作群")
@click.argument("native", metavar="平台上的群")
@click.argument("conversation", metavar="会话")
@click.option("--remove", "apart", is_flag=True, help="取消，单独算一个会话。")
@click.pass_obj
def groups_same(home: Path, native: str, conversation: str, apart: bool) -> None:
    """登记平台上的一个群就是哪个会话；一个会话可以在几个平台上都有群。"""
    from bot.commands.groups import same

    same(home, native, conversation, apart=apart)


@click.group("restrictions", cls=ChineseGroup, invoke_without_command=True, epilog="qiantou restrictions")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def restrictions(ctx: click.Context, as_json: bool) -> None:
    """负面清单：哪些事项只能在可谈的会话里说、为什么、涉及哪些任务。不写命令就是列出。"""
    if ctx.invoked_subcommand is None:
        from bot.commands.restrictions import list_restrictions

        list_restrictions(ctx.obj, as_json=as_json)


@restrictions.command("try", cls=ChineseCommand, epilog="qiantou restrictions try 信访积案")
@click.argument("words", nargs=-1, required=True, metavar="词语…")
@click.pass_obj
def restrictions_try(home: Path, words: tuple[str, ...]) -> None:
    """试一试：这些词会涉及哪些任务。不改动清单。"""
    from bot.commands.restrictions import try_words

    try_words(home, words)
