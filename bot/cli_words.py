"""The commands about words: why an answer, what was asked in vain, and which words mean which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.commands.speech import DAY, ChineseCommand, ChineseGroup


@click.command("explain", cls=ChineseCommand, epilog="qiantou explain 看病报销找谁")
@click.argument("question", nargs=-1, required=True, metavar="问题")
@click.option("--source", default="", metavar="文件名", help="只问从这个文件导入的任务。")
@click.option("--today", type=DAY, metavar="日期", help="把哪一天当作今天，不写就是真实的今天。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def explain(home: Path, question: tuple[str, ...], source: str, today: date | None, as_json: bool) -> None:
    """说明为什么这样答：怎样理解、各词的分量、最像的三项各凭什么、其余差在哪里。"""
    from bot.commands.explain import show_explanation

    show_explanation(home, " ".join(question), today, source, as_json=as_json)


@click.command("unanswered", cls=ChineseCommand, epilog="qiantou unanswered")
@click.option("--all", "every", is_flag=True, help="现在已能回答的也列出。")
@click.option("--clear", is_flag=True, help="看过以后清空。")
@click.option("--json", "as_json", is_flag=True, help="每个问题一行 JSON。")
@click.pass_obj
def unanswered(home: Path, every: bool, clear: bool, as_json: bool) -> None:
    """列出大家问了、没答上的问题，问得多的在前，附上怎样加同义词。不记是谁问的。"""
    from bot.commands.unanswered import forget_unanswered, show_unanswered

    if clear:
        forget_unanswered(home)
    else:
        show_unanswered(home, every=every, as_json=as_json)


@click.group("synonyms", cls=ChineseGroup, epilog="qiantou synonyms list 报销")
def synonyms() -> None:
    """同义词：大家的说法对文件的写法，查一查、加一条。"""


@synonyms.command("add", cls=ChineseCommand, epilog="qiantou synonyms add 看病报销 医疗保障待遇 --why 窗口常这样问")
@click.argument("said", metavar="说法")
@click.argument("officials", nargs=-1, required=True, metavar="写法…")
@click.option("--why", default="", metavar="缘由", help="为什么加这一条，写在词库里备查。")
@click.pass_obj
def synonyms_add(home: Path, said: str, officials: tuple[str, ...], why: str) -> None:
    """加一条：这样说的人，指的是文件里的哪些写法。"""
    from bot.commands.synonyms import add

    add(home, said, officials, why)


@synonyms.command("list", cls=ChineseCommand, epilog="qiantou synonyms list 报销")
@click.argument("word", default="", metavar="[词]")
@click.pass_obj
def synonyms_list(home: Path, word: str) -> None:
    """列出带这个词的同义词，各从哪里来；不写词就列出本机构自己加的。"""
    from bot.commands.synonyms import show

    show(home, word)
