"""aiocqhttp as the application: onebot_aiocqhttp.py TOKEN PORT. Answers each message and says what it met with, a line each."""

import asyncio
import json
import sys

from aiocqhttp import ActionFailed, CQHttp, Event, MessageSegment

TOKEN, PORT = sys.argv[1:]
bot = CQHttp(access_token=TOKEN)


def say(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


@bot.on_message("group")
async def _(event: Event) -> None:
    say(heard=str(event.message), id=str(event.message_id), group=event.group_id, card=event.sender["card"])
    answer = MessageSegment.reply(event.message_id) + MessageSegment.at(event.user_id) + " 牵头单位：〔财政局〕[附件]"
    say(sent=str((await bot.send(event, answer))["message_id"]))
    say(quoted=str((await bot.get_msg(message_id=event.message_id))["sender"]["user_id"]))
    say(cards=[one["card"] for one in await bot.get_group_member_list(group_id=event.group_id)])
    try:
        await bot.call_action("no_such_action")
    except ActionFailed as failed:
        say(refused=failed.result["retcode"])


@bot.on_notice("group_recall")
async def _(event: Event) -> None:
    say(notice=event["notice_type"], id=str(event["message_id"]))


asyncio.run(bot.run_task(host="127.0.0.1", port=int(PORT)))
