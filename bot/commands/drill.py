"""`qiantou drill`: what would be lost or doubled, rehearsed on a copy and told in plain words."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.speech import EXIT_REFUSED, Refusal
from bot.view import View, view_of

if TYPE_CHECKING:
    from bot.drill import Drill, Scene

NAMED = 5
"""Keys that are named of what was lost before it is said how many more there are."""
SCENES = 9


def run_drill(home: Path, seconds: float, seed: int, *, as_json: bool) -> int:
    """Rehearse the office in `home` on copies of it; the exit code is 1 where a promise was broken. Raises Refusal."""
    from bot.drill import first_day, rehearse
    from bot.progress import progress

    view = view_of(home)
    if not view.register.assignments:
        raise Refusal("册中还没有任务，没有什么可演练的，请先用 qiantou import 导入文件。")
    start = first_day(view)
    if start is None:
        raise Refusal("册中的任务都没有日期，没有提醒可演练；请先核对完成时限。")
    logging.disable(logging.CRITICAL)  # what is pretended must not stand in the log
    try:
        with progress("演练", SCENES) as step:
            drill, scenes = rehearse(home, view, start, seconds, seed, step)
    finally:
        logging.disable(logging.NOTSET)
    if as_json:
        click.echo(json.dumps(record(drill, scenes), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_told(drill, scenes, view)))
    return 0 if all(scene.good for scene in scenes) else EXIT_REFUSED


def _told(drill: Drill, scenes: Sequence[Scene], view: View) -> Iterator[str]:
    from handlers.notices_wording import day_words

    yield "在副本上演练：本机构的目录没有改动，也没有向任何真实的会话发送。"
    first, last = drill.at[0].date(), drill.at[-1].date()
    conversations = len({notice.conversation for notice, _ in drill.expected.values()})
    yield f"演练的日子：{day_words(first)}至{day_words(last)}；照常运行应向{conversations}个会话发{len(drill.expected)}项次。\n"
    for number, scene in enumerate(scenes, 1):
        yield from _scene(number, scene)
    bad = [scene.name for scene in scenes if not scene.good]
    yield ""
    if bad:
        yield f"结论：有{len(bad)}个场景没有守住：{'；'.join(bad)}。请把以上内容连同台账交给维护人员。"
    else:
        yield "结论：没有丢失，没有重复，没有把没发出去的说成已发送。"


def _scene(number: int, scene: Scene) -> Iterator[str]:
    found = scene.judgement
    yield f"{number}. {scene.name}（{scene.count}次）：应发{found.owed}项次，送达{found.shown}项次"
    for why, count in Counter(found.excused.values()).most_common():
        yield f"   没有送达的{count}项次：{why}"
    for words, keys in (("丢失", found.lost), ("重复", found.doubled), ("误记为已发送", found.untrue)):
        if keys:
            more = f" 等{len(keys)}项次" if len(keys) > NAMED else ""
            yield f"   【{words}】{'；'.join(keys[:NAMED])}{more}"
    if scene.broken:
        yield f"   【不对】{scene.broken}"
    yield "   没有丢，没有重。" if scene.good else "   没有守住！"


def record(drill: Drill, scenes: Sequence[Scene]) -> dict[str, object]:
    """The drill as one JSON value."""
    return {
        "from": drill.at[0].date().isoformat(),
        "to": drill.at[-1].date().isoformat(),
        "expected": len(drill.expected),
        "good": all(scene.good for scene in scenes),
        "scenes": [
            {
                "name": scene.name,
                "count": scene.count,
                "good": scene.good,
                "shown": scene.judgement.shown,
                "excused": dict(scene.judgement.excused),
                "lost": list(scene.judgement.lost),
                "doubled": list(scene.judgement.doubled),
                "untrue": list(scene.judgement.untrue),
                "broken": scene.broken,
            }
            for scene in scenes
        ],
    }
