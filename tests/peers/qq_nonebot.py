"""NoneBot and its adapter of the official QQ bot as the application: qq_nonebot.py APP SECRET API PORT websocket|webhook."""

import json
import sys

LINES, sys.stdout = sys.stdout, sys.stderr  # NoneBot writes its log to where sys.stdout was when it was imported

import nonebot  # noqa: E402
from nonebot import on_message, on_notice  # noqa: E402
from nonebot.adapters.qq import (  # noqa: E402
    ActionFailed,
    Adapter,
    Bot,
    C2CMessageCreateEvent,
    GroupAddRobotEvent,
    GroupAtMessageCreateEvent,
    GroupMessageCreateEvent,
    GroupMsgRejectEvent,
    MessageSegment,
)

APP, SECRET, API, PORT, WAY = sys.argv[1:]


def say(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), file=LINES, flush=True)


nonebot.init(
    log_level="ERROR",
    driver="~fastapi+~httpx+~websockets",
    host="127.0.0.1",
    port=int(PORT),
    qq_api_base=API,
    qq_auth_base=f"{API}/app/getAppAccessToken",
    qq_bots=[
        {"id": APP, "secret": SECRET, "use_websocket": WAY == "websocket", "intent": {"c2c_group_at_messages": True}}
    ],
)
nonebot.get_driver().register_adapter(Adapter)


@on_message().handle()
async def _(bot: Bot, event: GroupMessageCreateEvent) -> None:
    kind = "named" if isinstance(event, GroupAtMessageCreateEvent) else "all"
    member, group = event.author.member_openid, event.group_openid
    say(heard=event.get_plaintext().strip(), id=event.id, kind=kind, group=group, member=member, to_me=event.to_me)
    say(sent=(await bot.send(event, "牵头单位：〔财政局〕[附件]")).id)
    say(picture=(await bot.send(event, MessageSegment.file_image(b"\x89PNG"))).id)
    try:
        say(pushed=(await bot.send_to_group(group, "第1项今天到期")).id)
    except ActionFailed as failed:
        say(refused=failed.code)


@on_message().handle()
async def _(bot: Bot, event: C2CMessageCreateEvent) -> None:
    say(heard=event.get_plaintext(), id=event.id, user=event.author.user_openid)
    say(sent=(await bot.send(event, "牵头单位：财政局")).id)


@on_notice().handle()
async def _(event: GroupAddRobotEvent | GroupMsgRejectEvent) -> None:
    say(notice=str(event.__type__.value), group=event.group_openid)


nonebot.run()
