"""What can be typed about the proof of the ledger: whether it is whole, and taking a person's words out of it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.speech import ChineseCommand


@click.command("audit", cls=ChineseCommand, epilog="qiantou audit --head 3f9a…")
@click.option(
    "--head", metavar="校验码", default="", help="以前抄下的末条校验码（前16位以上即可），核对那时的台账还在其中。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def audit(home: Path, head: str, as_json: bool) -> int:
    """核验台账：逐条验算校验码，说出第一处对不上的地方。"""
    from bot.commands.audit import audit_ledger

    return audit_ledger(home, head, as_json=as_json)


@click.command("blank", cls=ChineseCommand, epilog="qiantou blank 王芳 --reason 本人申请 --yes")
@click.argument("terms", nargs=-1, required=True, metavar="姓名或账号…")
@click.option("--reason", required=True, metavar="理由", help="为什么隐去，写进台账。")
@click.option("--yes", is_flag=True, help="不再询问。")
@click.pass_obj
def blank(home: Path, terms: tuple[str, ...], reason: str, yes: bool) -> None:
    """隐去一个人：从台账中去掉他的姓名、账号和说过的话，校验链照样完整。去掉的内容不能恢复。"""
    from bot.commands.audit import blank_person

    blank_person(home, terms, reason, confirmed=yes)
