"""`qiantou synonyms`: which words mean which, from where; one more added to the office's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from bot.commands.speech import Refusal
from knowledge.model import Assignment
from knowledge.normal import bare
from knowledge.thesaurus import APART, LOOSE, TOGETHER

_SHOWN = 40
# A word in so many assignments that do not hold what it is to mean is an everyday one.
_EVERYDAY = 5


def add(home: Path, said: str, officials: Sequence[str], why: str) -> None:
    """Let `said` mean `officials` in this office from the next question on. Raises Refusal; then nothing has changed."""
    from bot.clock import SystemClock
    from bot.commands.review import person
    from bot.home import Home
    from bot.synonyms import FILE_NAME, SynonymError, add_synonym

    place = Home(home)
    place.create()
    now = SystemClock().now()
    with place.store("qiantou synonyms add", now) as store:
        rows = store.load().assignments
        try:
            fresh = add_synonym(place.lexicon, said, officials, person(), now, why)
        except SynonymError as error:
            raise Refusal(str(error)) from error
    if not fresh:
        click.echo(f"“{said}”本来就是这个意思，没有改动。")
        return
    click.echo(
        f"记住了：说“{said}”，也指{'、'.join(f'“{_shown(one)}”' for one in fresh)}。写入 {FILE_NAME}，下一次提问就生效。"
    )
    for line in _warnings(said, fresh, rows):
        click.echo(line)


def _shown(official: str) -> str:
    return official.removeprefix(LOOSE)


def _warnings(said: str, fresh: Iterable[str], rows: Sequence[Assignment]) -> Iterator[str]:
    """What the register says about the new words, where it has assignments."""
    if not rows:
        return
    texts = [bare("".join((*row.section, row.text))) for row in rows]
    for official in map(_shown, fresh):
        held = sum(all(part in text for part in official.split(TOGETHER)) for text in texts)
        yield (
            f"册中有{held}项任务写到“{official}”。"
            if held
            else f"请注意：册中还没有任务写到“{official}”，现在问还找不到。"
        )
    words = bare(said)
    if APART not in said:
        meant = [part for official in map(_shown, fresh) for part in official.split(TOGETHER)]
        strange = sum(words in text and not any(part in text for part in meant) for text in texts)
        if strange >= _EVERYDAY:
            yield f"请注意：有{strange}项任务写着“{said}”却不是这个意思，问到它们时可能受影响；不合适就在词库文件里删去这一行。"


def show(home: Path, word: str) -> None:
    """Print the office's own synonyms and how many are shipped; or all that hold `word`, each with its origin."""
    from bot.home import Home
    from bot.synonyms import origins, own_origins
    from knowledge.lexicon import shipped

    folder = Home(home).lexicon
    found = list(origins(folder, word)) if word else list(own_origins(folder))
    if word and not bare(word):
        raise Refusal("没有写要查的词，请写成 qiantou synonyms list 报销 这样。")
    if not found:
        told = f"同义词里没有“{word}”，" if word else "本机构还没有自己的同义词，"
        click.echo(f"{told}可以这样加：qiantou synonyms add 看病报销 医疗保障待遇。")
    lines = [
        f"{said} → {'、'.join(_meaning(one.synonym.official, loose=one.synonym.loose) for one in same)}（{where}）"
        for (said, where), same in (
            (key, list(group))
            for key, group in groupby(found, lambda one: (one.synonym.said, _where(one.where, one.remark)))
        )
    ]
    for line in lines[:_SHOWN]:
        click.echo(line)
    if len(lines) > _SHOWN:
        click.echo(f"……共{len(lines)}条，只列出前{_SHOWN}条，请写得具体些。")
    if not word:
        click.echo(f"自带的说法有{len(shipped().phrases)}个，查某个词：qiantou synonyms list 报销。")


def _where(where: str, remark: str) -> str:
    return f"{where}：{remark}" if remark else where


def _meaning(official: str, *, loose: bool) -> str:
    return f"{official}（可能）" if loose else official
