"""Plans damaged at random: reading them never fails, never loses a line, and takes time in proportion."""

from __future__ import annotations

import random
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Draft
from knowledge.parsing import parse
from knowledge.reading import read
from tests.knowledge.parsing.accounting import lost_lines

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "parsing"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
DEBRIS = [
    "，",
    "、",
    "：",
    "（",
    "）",
    "。",
    " ",
    "\t",
    "|",
    "\u3000",
    "1.",
    "（一）",
    "年",
    "牵头单位：",
    "?",
    "\n",
    "\n\n",
    "各",
]


def draft_of(text: str) -> Draft:
    return parse(read(text.encode(), "甲.txt"), "甲.txt", "0" * 64)


def damaged(text: str, chance: random.Random) -> str:
    """`text` with characters lost, doubled, put in, and lines swapped, as copying and converting do."""
    chars = list(text)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(chars))
        act = chance.randrange(4)
        if act == 0:
            del chars[at : at + chance.randint(1, 3)]
        elif act == 1:
            chars.insert(at, chance.choice(DEBRIS))
        elif act == 2:
            chars[at] = chance.choice(DEBRIS)
        else:
            chars[at:at] = chars[at : at + chance.randint(1, 40)]
        chars = chars or ["空"]
    lines = "".join(chars).split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[at], lines[to] = lines[to], lines[at]
    return "\n".join(lines)


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_a_damaged_plan_is_read_without_losing_a_line(text: str, chance: random.Random) -> None:
    assert lost_lines(read(damaged(text, chance).encode(), "甲.txt")) == []


@given(st.text(alphabet="牵头单位责任：、，。（）()一二三1234567890.年月日底前市县局委各\n\t| ", max_size=300))
def test_any_text_is_read(text: str) -> None:
    draft_of(text if text.strip() else "空")


def counted(act: Callable[[], object]) -> int:
    """How many calls of Python functions `act` makes."""
    profile = Profile(builtins=False, subcalls=False)
    profile.runcall(act)
    return sum(function.callcount for function in profile.getstats())


LONG: dict[str, Callable[[range], str]] = {
    "paragraphs": lambda ks: "\n".join(f"{k}.做好第{k}片区工作。（市甲局牵头，市乙局配合，12月底前）" for k in ks),
    "labels": lambda ks: "\n".join(f"{k}.做好第{k}片区工作。\n牵头单位：市第{k}局\n完成时限：12月底" for k in ks),
    "rows": lambda ks: "序号\t任务\t牵头单位\t时限\n" + "\n".join(f"{k}\t做好第{k}片区工作\t市第{k}局\t12月底前" for k in ks),
    "lines that never close": lambda ks: "\n".join("推进有关工作，协调解决问题，" for _ in ks),
    "open brackets": lambda ks: "\n".join("（推进有关工作" for _ in ks),
}  # fmt: skip


@pytest.mark.parametrize("kind", LONG)
def test_reading_takes_time_in_proportion_to_the_length(kind: str) -> None:
    draft_of(LONG[kind](range(50)))
    short, long = LONG[kind](range(1000, 1050)), LONG[kind](range(2000, 2200))  # names that no cache holds yet
    assert counted(lambda: draft_of(long)) < 6 * counted(lambda: draft_of(short))
