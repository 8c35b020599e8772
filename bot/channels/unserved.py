"""无人负责: what stands where no channel serves a conversation, so that nothing said there is ever called sent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.protocol import Button, Capabilities, Channel, Status, Trouble, Verdict
from bot.channels.redaction import redacted
from knowledge.directory import Liaison

ALARM = (
    "会话“{where}”没有通道负责，给它的消息一条也没有发出；请在 qiantou.toml 的 [channels] 里配置它的通道，"
    "或用 qiantou bind 改绑到能发的会话。"
)
LEFT = (
    "机器人已不在会话“{where}”里，给它的消息没有发出；请重新邀请机器人进群（它会认出原来的会话），"
    "或用 qiantou bind 改绑到别的会话。"
)


class Unserved(Channel):
    """Refuses every message. `elsewhere`: another process serves the conversation, so that what is owed there just waits;
    `gone`: the bot is not in it any more."""

    name, credential = "unserved", "unserved"

    def __init__(self, elsewhere: bool = False, gone: bool = False) -> None:
        self.elsewhere, self._gone = elsewhere, gone
        self.capabilities = Capabilities(hears_group=False)

    def measure(self, text: str) -> int:
        """Characters; there is no limit."""
        return len(text)

    def account(self, conversation: str) -> str:
        """Each conversation by itself: none stops another."""
        return f"unserved {conversation}"

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Failed, and tried again later: somebody may have set up the channel by then."""
        alarm = (LEFT if self._gone else ALARM).format(where=redacted(conversation)[:60])
        raw = "机器人已不在这个会话里，没有发送" if self._gone else "没有通道负责这个会话，没有发送"
        return Verdict(Status.FAILED, raw, trouble=Trouble.TARGET, alarm=alarm)

    def mention(self, liaison: Liaison) -> str:
        """The name."""
        return liaison.name

    async def close(self) -> None:
        """Nothing is open."""


def serving(conversation: str, channels: Mapping[str, Channel], default: Channel) -> Channel:
    """The channel of a conversation (its key): the one for just this conversation, else the one of the name before the first
    slash, else `default`."""
    return channels.get(conversation) or channels.get(conversation.partition("/")[0], default)
