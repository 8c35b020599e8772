"""What a message asks with its last words, behind what it tells of the matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normal import plain
from knowledge.question.endings import ending_of


@pytest.mark.parametrize(
    ("text", "matter", "asked"),
    [
        ("路灯坏了半个月没人来，黑灯瞎火的，轮到哪家去修", "路灯坏了半个月没人来,黑灯瞎火的", "谁牵头"),
        ("修桥的钱从哪来都写了没，具体啥要求？", "修桥的钱从哪来都写了没", "是什么内容"),
        ("井盖松了谁踩谁摔，最晚几月得换好", "井盖松了谁踩谁摔", "什么时候完成"),
    ],
)
def test_the_last_words_ask_and_the_rest_is_the_matter(text: str, matter: str, asked: str) -> None:
    ending = ending_of(text)
    assert ending is not None
    assert (ending.matter, ending.asked) == (matter, asked)
    assert ending.text == matter + asked


@pytest.mark.parametrize(
    "text",
    [
        "路灯谁修",  # one clause
        "由一个单位单独主办、没有会办单位的有哪些",  # two that belong together
        "修桥的钱花到哪里去了，花了多少",  # no plan tells
        "危房补助一户几万，我家够不够格",
        "好，谁管",  # no matter is told
        "路灯坏了，" * 40 + "归谁修",  # a story
        "",
    ],
)
def test_last_words_that_ask_nothing_a_plan_tells_are_none(text: str) -> None:
    assert ending_of(text) is None


@given(
    st.text(alphabet="路灯坏了没人管,，。 ab1", max_size=80),
    st.sampled_from(["归谁管", "最晚几月得换好", "花了多少", ""]),
)
def test_the_matter_stands_first_and_the_last_words_behind_it(told: str, last: str) -> None:
    text = f"{told}，{last}"
    ending = ending_of(text)
    if ending is not None:
        assert plain(text).startswith(ending.matter)
        assert ending.end in plain(text)[len(ending.matter) :]
