"""NoneBot and its OneBot adapter as the application: onebot_nonebot.py TOKEN PORT reverse, or onebot_nonebot.py TOKEN URL forward."""

import json
import sys

LINES, sys.stdout = sys.stdout, sys.stderr  # NoneBot writes its log to where sys.stdout was when it was imported

import nonebot  # noqa: E402
from nonebot import on_message, on_notice  # noqa: E402
from nonebot.adapters.onebot.v11 import (  # noqa: E402
    ActionFailed,
    Adapter,
    Bot,
    GroupMessageEvent,
    GroupRecallNoticeEvent,
    HeartbeatMetaEvent,
    MessageSegment,
)
from nonebot.message import event_preprocessor  # noqa: E402

TOKEN, WHERE, WAY = sys.argv[1:]


def say(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), file=LINES, flush=True)


forward = {"driver": "~none+~websockets", "onebot_ws_urls": [WHERE]}
reverse = {"driver": "~fastapi+~websockets", "host": "127.0.0.1", "port": int(WHERE) if WAY == "reverse" else 0}
nonebot.init(log_level="ERROR", onebot_access_token=TOKEN, **(forward if WAY == "forward" else reverse))
nonebot.get_driver().register_adapter(Adapter)


@on_message().handle()
async def _(bot: Bot, event: GroupMessageEvent) -> None:
    say(
        heard=event.message.extract_plain_text(), id=str(event.message_id), group=event.group_id, card=event.sender.card
    )
    answer = MessageSegment.reply(event.message_id) + MessageSegment.at(event.user_id) + " 牵头单位：〔财政局〕[附件]"
    say(sent=str((await bot.send(event, answer))["message_id"]))
    say(quoted=str((await bot.get_msg(message_id=event.message_id))["sender"]["user_id"]))
    say(cards=[one["card"] for one in await bot.get_group_member_list(group_id=event.group_id)])
    try:
        await bot.call_api("no_such_action")
    except ActionFailed as failed:
        say(refused=failed.info["retcode"])


@on_notice().handle()
async def _(event: GroupRecallNoticeEvent) -> None:
    say(notice=event.notice_type, id=str(event.message_id))


@event_preprocessor
async def _(event: HeartbeatMetaEvent) -> None:
    say(online=event.status.online)


nonebot.run()
