"""What can be typed about evidence: what was given, and whether every file is still what it was."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.speech import ChineseCommand


@click.command("evidence", cls=ChineseCommand, epilog="qiantou evidence")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，一件一行。")
@click.pass_obj
def evidence(home: Path, as_json: bool) -> int:
    """列出佐证材料，并逐件验算校验码：文件不在或被改过的，说出是哪一件。"""
    from bot.commands.evidence import show_evidence

    return show_evidence(home, as_json=as_json)
