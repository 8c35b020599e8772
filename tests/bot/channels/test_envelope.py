"""Callbacks are opened only where they are proved, fresh and whole; whatever else comes is refused without a trace."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.envelope import Envelope, Nonces, Refused, Sealed, cdata, fields_of, line, signature
from bot.clock import VirtualClock

TOKEN, KEY, CORP = (
    "QDG6eK",
    "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    "wx5823bf96d3bd56c7",
)  # WeCom's own sample data
SAMPLE = Sealed(
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUk"
    "SUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekU"
    "NXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rU"
    "PA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+"
    "qN+E7Q==",
    "477715d11cdb4164915debcba66cb864d751f3e6",
    "1409659813",
    "1372623149",
)
ECHO = Sealed(
    "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    "1409659589",
    "263014780",
)
OURS = Envelope(TOKEN, KEY, CORP)


def refusal(envelope: Envelope, sealed: Sealed) -> int:
    with pytest.raises(Refused) as refused:
        envelope.open(sealed)
    return refused.value.status


def outcome(envelope: Envelope, sealed: Sealed) -> str | int:
    """What opens, or the status of the refusal; any other error fails the test."""
    try:
        return envelope.open(sealed)
    except Refused as refused:
        return refused.status


def signed(encrypted: str, token: str = TOKEN) -> Sealed:
    """Any ciphertext with the right signature."""
    return Sealed(encrypted, signature(token, "1", "n", encrypted), "1", "n")


def test_the_platforms_own_samples_open() -> None:
    assert sha256(SAMPLE.encrypted.encode()).hexdigest().startswith("180633cc68fdd0b9ff35f9cf")
    assert OURS.open(ECHO) == "1616140317555161061"
    text = OURS.open(SAMPLE)
    fields = fields_of(text)
    assert len(text.encode()) == 284
    assert [line(fields, name) for name in ("FromUserName", "Content", "MsgId", "AgentID")] == [
        "mycreate", "hello", "4561255354251345929", "218",
    ]  # fmt: skip
    assert signature("tok", "1409659813", "1372623149") == "f918837181aa51d8e94aa9441012eb7e726761a5"


@given(st.text(max_size=300), st.sampled_from([CORP, ""]))
def test_what_is_sealed_opens_again_for_its_receiver_alone(text: str, receiver: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    ours, other = Envelope(TOKEN, KEY, receiver), Envelope(TOKEN, KEY, CORP if not receiver else "")
    sealed = ours.seal(text, "1409659813", "n")
    assert ours.open(sealed) == text
    assert refusal(other, sealed) == 403


def test_both_forms_of_an_answer_hold_the_same_proof() -> None:
    sealed = OURS.seal("好", "1409659813", "n1")
    fields, told = fields_of(sealed.xml), json.loads(sealed.json)
    assert (fields["Encrypt"], fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]) == (
        told["encrypt"], told["msgsignature"], str(told["timestamp"]), told["nonce"],
    )  # fmt: skip


def test_a_wrong_signature_is_refused_before_anything_is_decrypted() -> None:
    assert refusal(OURS, Sealed("no base64 at all", "0" * 40, "1", "n")) == 403


@given(st.binary(max_size=400))
def test_signed_garbage_is_refused_and_never_a_trace(garbage: bytes) -> None:
    assert refusal(OURS, signed(base64.b64encode(garbage).decode())) in (400, 403)


@given(st.integers(0, 351), st.integers(1, 255))
def test_a_damaged_byte_with_the_right_signature_never_passes_for_the_message(place: int, change: int) -> None:
    damaged = bytearray(base64.b64decode(SAMPLE.encrypted))
    damaged[place] ^= change
    sealed = signed(base64.b64encode(damaged).decode())
    assert place < 16 or outcome(OURS, sealed) != OURS.open(SAMPLE)  # the first block holds nothing but chance


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>',
        '<!DOCTYPE x [<!ENTITY a "a">]><xml><Content>&a;</Content></xml>',
        "<xml><Content>&a;</Content></xml>",
        "<xml><Content>",
        "<other/>",
        "<xml>only text</xml>",
        "",
        "\ud800",
    ],
)
def test_xml_with_entities_or_without_sense_is_refused(xml: str) -> None:
    with pytest.raises(Refused):
        fields_of(xml)


@given(st.text(max_size=60) | st.sampled_from(["<!DOCTYPE", "<!ENTITY a>", "<?xml?>", "&a;"]))
def test_no_text_closes_its_cdata(text: str) -> None:
    fields = fields_of(f"<xml><Content>{cdata('a' + text + ']]><b>')}</Content></xml>")
    assert set(fields) == {"Content"}


@pytest.mark.parametrize("key", ["", "x" * 42, "x" * 44, "好" * 43])
def test_a_key_that_is_none_is_named_at_once(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        Envelope(TOKEN, key, CORP)


NOW = datetime(2026, 7, 15, 2, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))


def test_a_nonce_is_taken_once_and_a_stale_call_never() -> None:
    nonces = Nonces(VirtualClock(NOW))
    nonces.take(STAMP, "n", "body")
    for timestamp, nonce in (
        (STAMP, "n"),
        (str(int(STAMP) - 601), "m"),
        (str(int(STAMP) + 601), "m"),
        ("x", "m"),
        ("", "m"),
    ):
        with pytest.raises(Refused) as refused:
            nonces.take(timestamp, nonce, "body")
        assert refused.value.status == 403
    nonces.release("n")
    nonces.take(STAMP, "n", "body")


def test_the_platforms_own_repeat_is_let_through_for_a_while_and_a_changed_body_never() -> None:
    clock = VirtualClock(NOW)
    nonces = Nonces(clock, repeats=timedelta(seconds=20))
    nonces.take(STAMP, "n", "body")
    clock.advance(timedelta(seconds=10))
    nonces.take(STAMP, "n", "body")
    with pytest.raises(Refused):
        nonces.take(STAMP, "n", "another")
    clock.advance(timedelta(seconds=11))
    with pytest.raises(Refused):
        nonces.take(STAMP, "n", "body")


def test_nonces_are_forgotten_when_their_time_would_refuse_them_anyway() -> None:
    clock = VirtualClock(NOW)
    nonces = Nonces(clock)
    for number in range(300):
        clock.advance(timedelta(seconds=10))
        nonces.take(str(int(clock.now().timestamp())), f"n{number}", "")
    assert len(nonces) <= 121
