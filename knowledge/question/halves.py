"""一半是几月, 哪个月过半: asked when half of something is to be done."""

from __future__ import annotations

from knowledge.patterns import regex

_HALF = regex(
    r"(?:完成|办结|办完|做完|办理|做|办|到期|推进|到|达到)?(?:了|到|过)?(?:一半|半数|过半|百分之五十|50%)(?:的)?(?:任务|事项|工作|进度)?(?:的时候)?(?:要|得|该|会|能)?(?:完成|办结|到期|做完|办完)?(?:是|要|得|在|到|应该|大概)*"
)
_WHEN = regex(
    r"几[月号]|哪(?:一?个|一)?(?:月|季度|天|日)|什么时候|啥时候?|何时|几时|什么时间|多会儿|第?几季度|时间点|节点"
)


def half_of(text: str) -> tuple[bool, str]:
    """Whether `text` asks when half is to be done, and the text without the words that say half."""
    if "半" not in text and "50%" not in text and "五十" not in text:
        return False, text
    found = _HALF.search(text)
    if found is None or _WHEN.search(text) is None:
        return False, text
    return True, f"{text[: found.start()]} {text[found.end() :]}"
