"""Our envelope and WeCom's own package read each other, whatever stands inside."""

from __future__ import annotations

import random

import pytest

from bot.channels.envelope import Envelope, Refused, Sealed
from bot.channels.hearing import Callback
from tests.bot.channels.truth import NOW, Stage
from tests.contracts.counterpart import Listener
from tests.peers.conftest import Run
from tests.platforms import wechat, wecom

pytestmark = pytest.mark.peers
TOKEN, KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CHARACTERS = "牵头单位：市财政局<>&]]>\"'\n aZ09\u0000é😀𠮷"


def messages(seed: int, count: int = 1000) -> list[str]:
    """Every length around the blocks, and some long ones."""
    chance = random.Random(seed)
    lengths = [*range(130), *(chance.randint(130, 3000) for _ in range(count - 132)), 20_000, 60_000]
    return ["".join(chance.choices(CHARACTERS, k=length)) for length in lengths]


@pytest.mark.parametrize("receiver", ["wx5823bf96d3bd56c7", ""], ids=["enterprise", "smart robot"])
async def test_a_thousand_messages_each_way_are_read_by_the_other_side(node: Run, receiver: str) -> None:
    peer, ours, sent = await node("crypto.mjs"), Envelope(TOKEN, KEY, receiver), messages(len(receiver))
    sealed = [ours.seal(text, "1409659813", f"n{n}") for n, text in enumerate(sent)]
    read = await peer.ask({"call": "decrypt", "with": [KEY, [one.encrypted for one in sealed]]})
    assert read["value"] == [[text, receiver] for text in sent]
    theirs = (await peer.ask({"call": "encrypt", "with": [KEY, receiver, sent]}))["value"]
    for text, encrypted in zip(sent, theirs, strict=True):
        assert ours.open(Sealed(encrypted, ours.proof("1", "n", encrypted), "1", "n")) == text
    for one in sealed[::100]:
        proof = await peer.ask({"call": "signature", "with": [TOKEN, one.timestamp, one.nonce, one.encrypted]})
        assert proof["value"] == one.signature
    with pytest.raises(Refused):
        Envelope(TOKEN, KEY, "other").open(sealed[0])


async def test_the_official_package_seals_a_callback_that_our_app_hears(node: Run) -> None:
    peer = await node("crypto.mjs")
    xml, stamp = wecom.spoken("wangfang", "政务公开培训谁牵头", "4561", NOW), str(int(NOW.timestamp()))
    [encrypted] = (await peer.ask({"call": "encrypt", "with": [wecom.AES_KEY, wecom.CORP, [xml]]}))["value"]
    proof = (await peer.ask({"call": "signature", "with": [wecom.CALLBACK_TOKEN, stamp, "n1", encrypted]}))["value"]
    body = f"<xml><ToUserName><![CDATA[{wecom.CORP}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    query, ear = {"msg_signature": proof, "timestamp": stamp, "nonce": "n1"}, Listener()
    async with Stage() as stage:
        answer = await stage.channels["企业应用"].called(Callback("POST", "", query, {}, body.encode()), ear)
    assert (answer.status, [heard.text for heard in ear.heard]) == (200, ["政务公开培训谁牵头"])


async def test_what_our_senders_seal_is_read_by_the_official_package(node: Run) -> None:
    peer, xml = await node("crypto.mjs"), wecom.spoken("wangfang", "问", "1", NOW)
    async with Stage() as stage:
        app = wecom.Sender(stage.clock).sealed(xml)
        account = wechat.Sender(stage.clock, safe=True).posted(xml)
    for request, key, receiver in ((app, wecom.AES_KEY, wecom.CORP), (account, wechat.AES_KEY, wechat.APPID)):
        encrypted = request.body.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        assert (await peer.ask({"call": "decrypt", "with": [key, [encrypted]]}))["value"] == [[xml, receiver]]
