"""Words to people around a question: taken away, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.question.wrapping import unwrapped


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("不好意思啊，第三个谁牵头，多谢啦", "第三个谁牵头"),
        ("诶，想问下责任单位呢，在线等", "责任单位呢"),
        ("帮我查查第二个的具体内容", "第二个的具体内容"),
        ("对了，那食堂的呢？急", "那食堂的呢"),
        ("那个，哪些任务已经超期了，主任在催", "哪些任务已经超期了"),
        ("各位老师好，请教一下，社区食堂谁牵头，我好写材料", "社区食堂谁牵头"),
        ("應急預案誰牽頭，急用[抱拳]", "應急預案誰牽頭"),
        ("早，社区食堂谁牵头🙏", "社区食堂谁牵头"),
        ("第3项已完成，谢谢", "第3项已完成"),
    ],
)
def test_words_to_people_around_a_question_are_no_part_of_it(text: str, core: str) -> None:
    assert unwrapped(text) == core


@pytest.mark.parametrize(
    "text",
    [
        "谢谢",
        "好的，辛苦了",
        "收到，谢谢",
        "对了，谢谢",
        "[抱拳]",
        # words of a matter that only look like those
        "那个项目谁牵头",
        "早教中心谁牵头",
        "急救站谁牵头",
        "领导小组谁当组长",
        "老师培训谁牵头",
        "咨询服务谁牵头",
        "应急谁牵头",
        "附件[2024]几号文",
    ],
)
def test_thanks_and_matters_stay_as_they_are(text: str) -> None:
    assert unwrapped(text) == text


PIECES = (
    "各位好",
    "请问",
    "不好意思",
    "，",
    "？",
    "社区食堂",
    "谁牵头",
    "急",
    "谢谢",
    "[抱拳]",
    "🙏",
    "第3项",
    "几号",
    " ",
    "对了",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_left_stands_in_what_was_written_and_is_never_nothing(text: str) -> None:
    core = unwrapped(text)
    assert core in text
    assert bool(core) == bool(text)
