"""What is said where the bot itself had an accident, or is given what it cannot take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

_WHY = {
    "late": "没有答上，请再发一次",
    "doubtful": "答复可能没有送到；没有看到的话，请再发一次",
    "written": "已经记入台账，只是当时没有来得及回复，不必重发",
}


def missed(told: Sequence[tuple[datetime, str, str]]) -> str:
    """What somebody is told of messages (when each was heard, its words, what is missing) that were not answered."""
    lines = [f"{at:%-m月%-d日%H:%M}“{_short(text)}”：{_WHY[lack]}。" for at, text, lack in told[:5]]
    more = [f"（还有{len(told) - 5}条，也请核对。）"] if len(told) > 5 else []
    return "\n".join(["刚才程序中断过，您发的消息有没处理好的：", *lines, *more])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else f"{line[:20]}…"


FILE_OF_NOBODY = "您还没有登记身份，文件没有接收；请先发“绑定”登记，或联系管理员。"
FILE_NOT_YOURS = "文件没有接收：导入文件由督查员或管理员来做，请转给他们。"
FILE_KIND = (
    "“{name}”不是能导入的文件（可以是 .docx、.doc、.wps、.xlsx、.xls、.et、.pdf、.ofd、.txt、.html），没有接收。"
)
FILE_UNGOT = "“{name}”没有取到：{why}"
OFFLINE = "通道“{channel}”连着，但它的账号不在线：收不到消息，也发不出去。请重新登录这个账号；恢复后没发出的会接着发。"
MUTED = (
    "会话“{group}”不再接受主动消息（群主或平台关闭了推送），提醒先停在那里；被问到时仍能回答。"
    "请在平台上恢复推送，或用 qiantou bind 改绑到别的会话。"
)
