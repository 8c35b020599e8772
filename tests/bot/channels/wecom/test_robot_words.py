"""Texts of the smart robot: the mention goes, the question stays; nothing that goes out turns into marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom.robot_words import Mention, media_of, plain, quoted_of, text_of

QUESTION = "扶贫信息谁牵头"


@pytest.mark.parametrize(
    ("display", "said"),
    [
        ("牵头", f"@牵头 {QUESTION}"),
        ("牵头", f"＠牵头\u2005{QUESTION}"),
        ("牵头", f"{QUESTION} @牵头"),
        ("牵头", f"@牵头，{QUESTION}"),
        ("牵头", f"@牵头{QUESTION}"),
        ("牵头 机器人", f"@牵头 机器人 {QUESTION}"),
        ("牵头 机器人", f"@牵头\u00a0机器人\u2005{QUESTION}"),
        ("牵头机器人", f"@牵头 机器人 {QUESTION}"),
        ("牵头(试用)", f"@牵头(试用) {QUESTION}"),
        ("牵头", f"@王芳 @牵头 {QUESTION}"),
        ("牵头", f"@牵头 @王芳 @李四 {QUESTION}"),
        ("牵头", f"@牵头 @牵头 {QUESTION}"),
        ("牵头", f" @牵头 \n{QUESTION}"),
    ],
)
def test_the_mention_goes_and_the_question_stays(display: str, said: str) -> None:
    assert Mention(display).without(said) == QUESTION


def test_who_is_named_inside_a_sentence_stays() -> None:
    assert Mention("牵头").without("@牵头 请@王芳 报一下进度") == "请@王芳 报一下进度"


def test_somebody_whose_name_begins_alike_is_not_the_robot() -> None:
    assert Mention("牵头").without("@牵头人老李 @牵头 第3项谁负责") == "第3项谁负责"


def test_only_a_mention_leaves_nothing() -> None:
    assert Mention("牵头 机器人").without("@牵头 机器人 ") == ""


def test_words_come_from_every_kind_of_message() -> None:
    mixed = {"msgtype": "mixed", "mixed": {"msg_item": [
        {"msgtype": "text", "text": {"content": "请看图"}}, {"msgtype": "image", "image": {"url": "https://x/1"}},
        {"msgtype": "text", "text": {"content": "这项谁牵头"}},
    ]}}  # fmt: skip
    assert text_of(mixed) == "请看图\n这项谁牵头"
    assert text_of({"msgtype": "voice", "voice": {"content": "谁牵头"}}) == "谁牵头"
    assert quoted_of({"quote": mixed}) == "请看图\n这项谁牵头"
    assert media_of({"msgtype": "text", "quote": mixed}) == [("image", "https://x/1", "")]


@pytest.mark.parametrize("body", [{}, {"msgtype": "text"}, {"msgtype": "text", "text": None}, {"quote": 3},
    {"msgtype": "mixed", "mixed": {"msg_item": "x"}}, {"msgtype": "mixed", "mixed": {"msg_item": [1, None]}},
    {"msgtype": "file", "file": {"url": 5}}, {"msgtype": ["text"]}])  # fmt: skip
def test_what_is_no_message_says_nothing(body: dict[str, object]) -> None:
    assert (text_of(body), quoted_of(body), media_of(body)) == ("", "", [])


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("〔2017〕12号 [附件]", "〔2017〕12号 [附件]"),
        ("[点这里](https://evil.example)", "[点这里]（https://evil.example)"),
        ("<@wangfang> <font color='red'>", "＜@wangfang> ＜font color='red'>"),
        ("**重要**\n# 标题\n> 引用\n---\n`码`", "＊＊重要＊＊  \n＃ 标题  \n＞ 引用  \n－--  \n｀码｀"),
        ("_斜_ 而 snake_case 不变", "＿斜＿ 而 snake_case 不变"),
        ("https://a.example/x_y?a=1&b=2#c", "https://a.example/x_y?a=1&b=2#c"),
        ("1) 甲\n3) 乙\n12. 丙\n2.5亿元", "1） 甲  \n3） 乙  \n12． 丙  \n2.5亿元"),
        ("&lt;@all&gt;", "＆lt;@all＆gt;"),
        ("|表|格|\n~~删~~", "｜表｜格｜  \n～~删～~"),
    ],
)
def test_what_markdown_takes_for_marks_is_written_so_that_it_does_not(text: str, sent: str) -> None:
    assert plain(text) == sent


SIGNS = st.text(st.sampled_from("*_`~#>-=|<&;[]().@a1 \n一"), max_size=40)


@given(SIGNS)
def test_nothing_is_left_that_could_be_a_mark_or_a_mention(text: str) -> None:
    sent = plain(text)
    assert not re.search(r"[*`<|]|\]\(|~~(?!~)|(?m:^[ \t]*(?:[#>=]|--))", sent.replace("～~", ""))


@given(SIGNS, st.sampled_from("*_`~#>-=|<&;[]().@a1 \n一"))
def test_a_longer_text_is_never_shorter_when_sent(text: str, more: str) -> None:
    assert len(plain(text + more).encode()) > len(plain(text).encode())


@given(SIGNS)
def test_what_was_made_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)
