"""订阅通知: the only way to a follower who has not written for two days. It holds a few short fields, so that it tells that there is
something and never all of it; the office says in its settings what stands in which field. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.settings import Section
from bot.toml_values import ConfigError

# What fits into a field, by the kind in its name (thing4): the longest value in characters.
LENGTHS: Mapping[str, int] = {
    "thing": 20, "phrase": 5, "name": 10, "character_string": 32, "number": 32, "letter": 32, "symbol": 5, "const": 20,
    "time": 32, "date": 32, "short_thing": 5,
}  # fmt: skip
WORDS = ("标题", "正文", "条数", "日期", "时间")
POINT = "·"
_HEAD = re.compile(r"【([^】]{1,20})】")
_FIELD = re.compile(r"([a-z_]+?)\d{1,3}")
_WORD = re.compile(r"\{([^{}]*)\}")
EMPTY = "见公众号"
"""What stands in a field for which the text has nothing: the platform takes no empty one."""


@dataclass(frozen=True, slots=True)
class Notification:
    """A template of the account: its id, what stands in each field, and the page that opens."""

    template: str
    fields: Mapping[str, str]
    page: str = ""

    def payload(self, who: str, text: str, at: datetime) -> dict[str, Any]:
        """The request that sends what fits of `text`."""
        words = _words(text) | {
            "日期": f"{at.year}年{at.month}月{at.day}日", "时间": f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}",
        }  # fmt: skip
        fields = {name: {"value": _cut(name, _filled(form, words))} for name, form in self.fields.items()}
        whole = {"touser": who, "template_id": self.template, "data": fields}
        return whole | ({"page": self.page} if self.page else {})


def _words(text: str) -> dict[str, str]:
    """What a text is called (任务提醒), what its first assignment or sentence says, and how many assignments it holds."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    points = [line.removeprefix(POINT).strip() for line in lines if line.startswith(POINT)]
    head = _HEAD.match(lines[0])
    return {
        "标题": head[1] if head else lines[0],
        "正文": points[0] if points else " ".join(lines[1:]) or lines[0],
        "条数": str(max(len(points), 1)),
    }


def _filled(form: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words[found[1]], form)


def _cut(name: str, value: str) -> str:
    longest = LENGTHS[_kind(name)]
    value = " ".join(value.split()) or EMPTY
    return value if len(value) <= longest else value[: longest - 1] + "…"


def _kind(name: str) -> str:
    found = _FIELD.fullmatch(name)
    return found[1] if found and found[1] in LENGTHS else ""


def notification_of(section: Section) -> Notification | None:
    """[channels.NAME.notice.template]: `id`, `page`, and a field in each other line. None where there is none. Raises ConfigError."""
    found = section.sections("notice")
    if not found:
        return None
    if len(found) > 1:
        raise ConfigError(f"{section.spot.file} 的 {section.spot.at('notice').name} 只能有一节，请留下一个模板。")
    one = found[0]
    fields = {name: one.text(name) for name in one.given if name not in ("id", "page")}
    notification = Notification(one.text("id"), fields, one.text("page", ""))
    for name, form in fields.items():
        unknown = [word for word in _WORD.findall(form) if word not in WORDS]
        if not _kind(name):
            raise ConfigError(
                f"{one.spot.file} 的 {one.spot.name} 里的“{name}”不是模板的字段，应写成公众平台上模板详情里的 thing4 这样。"
            )
        if unknown:
            raise ConfigError(
                f"{one.spot.file} 的 {one.spot.at(name).name} 里的“{{{unknown[0]}}}”没有意义，可以写的是："
                f"{'、'.join(f'{{{word}}}' for word in WORDS)}。"
            )
    if not fields:
        raise ConfigError(f"{one.spot.file} 的 {one.spot.name} 没有写字段，请照公众平台上模板详情逐个写上。")
    one.done()
    return notification
