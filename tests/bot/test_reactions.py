"""What follows from what a platform answers, and what is kept of its words."""

import pytest

from bot.channels.measures import characters, json_bytes, utf8_bytes, utf16_units
from bot.channels.protocol import Status, Trouble
from bot.channels.reactions import ALARMS, CODES, Code, Step, react, trouble_of
from bot.channels.redaction import redacted


@pytest.mark.parametrize(
    ("platform", "code", "trouble"),
    [
        ("wecom", 45009, Trouble.RATE),
        ("telegram", 429, Trouble.RATE),
        ("telegram", 502, Trouble.SILENCE),  # a gateway lost the answer, not the request
        ("telegram", 500, Trouble.SERVER),
        ("qq", 40034102, Trouble.TARGET),
        ("smtp", 451, Trouble.SERVER),
        ("smtp", 550, Trouble.TARGET),
        ("wecom", None, Trouble.SILENCE),
        ("wecom", 99999, Trouble.SERVER),
        ("a new one", "oops", Trouble.SERVER),
    ],
)
def test_every_code_has_a_class_and_what_nobody_knows_is_tried_again(
    platform: str, code: Code, trouble: Trouble
) -> None:
    assert trouble_of(platform, code) is trouble


def test_each_class_ends_as_the_table_says() -> None:
    rate = react("dingtalk", 130101, "limit").verdict
    assert (rate.status, rate.permanent, rate.retry_after) == (Status.FAILED, False, 600)
    assert react("telegram", 429, "", retry_after=17).verdict.retry_after == 17
    first = react("wecom", 42001, "expired")
    assert first.step is Step.REFRESH
    second = react("wecom", 42001, "expired", met=[Trouble.TOKEN])
    assert (second.step, second.verdict.trouble) == (Step.END, Trouble.AUTH)
    assert "请核对密钥" in second.verdict.alarm
    assert react("telegram", 400, "can't parse entities").step is Step.PLAINER
    long = react("telegram", 400, "too long", met=[Trouble.CONTENT])
    assert (long.step, long.verdict.permanent) == (Step.END, True)
    assert react("onebot", None, "closed before the answer").verdict.status is Status.UNKNOWN
    assert react("wecom", "invaliduser", "").verdict.permanent is True


def test_no_refusal_whatever_its_class_counts_as_sent() -> None:
    for platform, codes in CODES.items():
        for code in codes:
            for met in ((), (Trouble.TOKEN, Trouble.CONTENT)):
                assert react(platform, code, "raw", met=met).verdict.status is not Status.SENT
    assert all("请" in sentence for sentence in ALARMS.values())


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("POST https://qy.example/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4 45009", "?key=●●● 45009"),
        ('{"access_token":"abcdef0123456789","errcode":0}', '"access_token":"●●●","errcode":0'),
        ("Authorization: Bearer abcdef0123456789", "Authorization: ●●●"),
        (
            "https://api.example/bot1234567:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage",
            "https://api.example/●●●/send",
        ),
        ("socks5://user:pa55word@proxy:1080 refused", "socks5://●●●@proxy:1080 refused"),
        ("密钥是 qiang-2026 吗", "密钥是 ●●● 吗"),
    ],
)
def test_secrets_are_blotted_out(raw: str, kept: str) -> None:
    assert kept in redacted(raw, ["qiang-2026", ""])
    assert not any(secret in redacted(raw, ["qiang-2026"]) for secret in ("693a91f6", "abcdef0", "AAHdq", "pa55"))


def test_an_answer_without_end_is_cut_and_says_so() -> None:
    kept = redacted("错\x00" * 100_000)
    assert len(kept) < 1_100
    assert kept.endswith("（原文200000字，余略）")
    assert "\x00" not in kept


def test_lengths_are_counted_as_the_platforms_count() -> None:
    text = "云溪a😀\n"
    assert (characters(text), utf8_bytes(text), utf16_units(text), json_bytes(text)) == (5, 12, 6, 13)
    assert utf8_bytes("\ud83d") == 3
