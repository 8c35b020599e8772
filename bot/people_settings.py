"""[people] of the settings: what strangers may ask, and who is enrolled by the office's own word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import toml_values as values
from bot.toml_values import ConfigError, Spot
from knowledge.directory import Liaison
from knowledge.people import ABOVE, LIAISON, ROLES, People, Person, Strangers, name_of

STRANGERS: Mapping[Strangers, str] = {
    Strangers.ASK: "什么都可以问",
    Strangers.GROUPS: "只在绑定了的群里可以问",
    Strangers.GREET: "只得到一句怎样绑定",
    Strangers.SILENT: "得不到回答",
}
"""What strangers may ask, and what that means."""
_ROLES = {**{role: role for role in ROLES}, **{word: role for role, word in ROLES.items()}}


@dataclass(frozen=True, slots=True)
class PeopleConfig:
    """[people]: `strangers` is one of STRANGERS, `people` whom [[people.person]] enrols."""

    strangers: Strangers = Strangers.ASK
    people: People = field(default_factory=People)


def people_settings(spot: Spot, given: object) -> PeopleConfig:
    """[people] as it stands in the file. Raises ConfigError."""
    found = dict(values.table(spot, given))
    values.known(spot, found, ("strangers", "person"))
    strangers = found.get("strangers", Strangers.ASK)
    if strangers not in [str(one) for one in Strangers]:
        told = "、".join(f'"{word}"（{what}）' for word, what in STRANGERS.items())
        raise spot.at("strangers").refuse(told, strangers)
    rows = values.tables(spot.at("person"), found.get("person", []))
    persons = (_person(Spot(spot.file, f"people.person 第{n}条"), row) for n, row in enumerate(rows, 1))
    people = People()
    for one in persons:
        people = people.with_(People((one,)))
    return PeopleConfig(Strangers(str(strangers)), people)


def _person(spot: Spot, row: Mapping[str, object]) -> Person:
    values.known(spot, row, ("name", "unit", "role", "accounts"))
    for needed in ("name", "role"):
        if needed not in row:
            raise ConfigError(f"{spot.file} 的 {spot.name} 没有写 {needed}，请写明姓名（name）和角色（role）。")
    name = name_of(values.name(spot.at("name"), row["name"]))
    role = _ROLES.get(str(row["role"]))
    if not name:
        raise spot.at("name").refuse("姓名", row["name"])
    if role is None:
        raise spot.at("role").refuse("、".join(ROLES.values()) + "中的一个", row["role"])
    unit = values.text(spot.at("unit"), row.get("unit", ""))
    if not unit and role not in ABOVE:
        raise ConfigError(f"{spot.file} 的 {spot.name} 没有写 unit，请写明{name}是哪个单位的。")
    return Person(name, unit, role, values.names(spot.at("accounts"), row.get("accounts", [])))


def liaisons_as_people(liaisons: tuple[Liaison, ...]) -> People:
    """The liaisons whose account is known together with its channel: only such a one is surely theirs."""
    found = People()
    for one in liaisons:
        channel = one.conversation.partition("/")[0] if "/" in one.conversation else ""
        known = one.id if "/" in one.id and (not channel or one.id.startswith(f"{channel}/")) else ""
        key = known or (f"{channel}/{one.id}" if one.id and channel else "")
        if key:
            found = found.with_(People((Person(one.name, one.unit, LIAISON, (key,)),)))
    return found


PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "企业微信": ("wecom-robot", "wecom-app"),
    "公众号": ("wechat-account",),
    "qq": ("onebot", "qq-official"),
    "telegram": ("telegram",),
    "飞书": ("feishu",),
    "钉钉": ("dingtalk",),
    "邮件": ("mail",),
}
"""What people call a platform → the kinds of its channels through which somebody can write to the bot."""


def channel_words(channels: Mapping[str, object]) -> dict[str, str]:
    """What each of the office's channels may be called in a table (in small letters) → its name: by itself, and by its platform
    where that means one channel only."""
    kinds = {name: str(told.get("kind", "")) for name, told in channels.items() if isinstance(told, Mapping)}
    found = {name.lower(): name for name in kinds}
    for word, meant in PLATFORMS.items():
        names = [name for name, kind in kinds.items() if kind in meant]
        if len(names) == 1:
            found.setdefault(word, names[0])
    return found
