"""人员表: a spreadsheet of 姓名, 单位, 角色, 通道, 账号 → who is to be enrolled, each row checked where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.model import Block, Cell, ReadingError
from knowledge.people import ABOVE, LIAISON, ROLES, Person, name_of

NAME, UNIT, ROLE, CHANNEL, ACCOUNT = "姓名", "单位", "角色", "通道", "账号"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    NAME: ("姓名", "联络员", "人员", "名字", "联络员姓名"),
    UNIT: ("单位", "单位名称", "部门", "所在单位", "工作单位"),
    ROLE: ("角色", "身份", "人员类别"),
    CHANNEL: ("通道", "平台", "渠道"),
    ACCOUNT: ("账号", "帐号", "用户名", "userid", "id", "qq号", "成员id", "账号id"),
}
"""What each column may be headed with; the first word is the one of the manual."""
MOST = 5000
"""A table of more rows is none."""
LONGEST_KEY = 200
_NOTHING = frozenset({"", "/", "无", "-", "—", "——", "暂无", "待定"})
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表|填报|联系)[^\s]{0,6}[:：]")
_LOOSE = re.compile(r"[\s*＊:：()（）]|必填|选填")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ROLE = {**{word: role for role, word in ROLES.items()}, **{role: role for role in ROLES}, "督办员": "supervisor"}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: who it is, the key of the account (empty: has to get a code), and where the row stands."""

    person: Person
    key: str
    place: str


def rows_of(blocks: Iterable[Block], file: str, channels: Mapping[str, str]) -> tuple[PersonRow, ...]:
    """The people of a table. `channels` leads from what a channel may be called (in small letters) to its name. Raises ReadingError, whose text names the row
    and the next step; then nothing of the table is taken."""
    rows = [block if block.cells else replace(block, cells=(Cell(block.text, block.place),)) for block in blocks]
    at, columns = _header(rows, file)
    found = []
    for row in rows[at + 1 :]:
        cells = {name: _cell(row, place) for name, place in columns.items()}
        if any(value not in _NOTHING for value in cells.values()) and not _NOTE.match(row.cells[0].text):
            found.append(_row(cells, row.place.words(), file, channels))
    if not found:
        raise ReadingError(f"“{file}”只有表头，没有人员，请填好后重试。")
    if len(found) > MOST:
        raise ReadingError(f"“{file}”超过{MOST}行，不像是人员表，请核对后重试。")
    _apart(found, file)
    return tuple(found)


def _header(rows: Sequence[Block], file: str) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:10]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            name = next((one for one, heads in COLUMNS.items() if _LOOSE.sub("", cell.text).lower() in heads), "")
            if name:
                columns.setdefault(name, place)
        if NAME in columns:
            return at, columns
    raise ReadingError(f"“{file}”里没有“{NAME}”这一列，表头应当有：{'、'.join(COLUMNS)}，请改正后重试。")


def _cell(row: Block, place: int) -> str:
    return _CONTROL.sub("", row.cells[place].text).strip() if place < len(row.cells) else ""


def _row(cells: Mapping[str, str], place: str, file: str, channels: Mapping[str, str]) -> PersonRow:
    told = cells[NAME]
    name, where = name_of(told), f"“{file}”{place}"
    if not name:
        raise ReadingError(f"{where}的“{told[:20]}”不像是姓名，请核对后重试。")
    word = cells.get(ROLE, "")
    role = LIAISON if word in _NOTHING else _ROLE.get(word, "")
    if not role:
        raise ReadingError(f"{where}的角色“{word[:20]}”不认识，可以写：{'、'.join(ROLES.values())}，请改正后重试。")
    unit = "".join(cells.get(UNIT, "").split())
    if unit in _NOTHING:
        unit = ""
    if not unit and role not in ABOVE:
        raise ReadingError(f"{where}没有写{name}是哪个单位的，请补上后重试。")
    return PersonRow(Person(name, unit, role), _key(cells, where, channels), place)


def _key(cells: Mapping[str, str], where: str, channels: Mapping[str, str]) -> str:
    """The account's key; empty where none is written. An account without a channel is the only channel's."""
    account, channel = cells.get(ACCOUNT, ""), channels.get(cells.get(CHANNEL, "").lower(), cells.get(CHANNEL, ""))
    known = dict.fromkeys(channels.values())
    if account in _NOTHING:
        return ""
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", account) or len(account) > LONGEST_KEY:
        raise ReadingError(
            f"{where}的账号“{account[:20]}”已经被表格软件改成了近似值，请把这一列设成文本格式，重新填写。"
        )
    if channel in _NOTHING:
        if account.partition("/")[0] in known and "/" in account:
            return account
        if len(known) != 1:
            raise ReadingError(
                f"{where}写了账号，没有写是哪个通道的，可以写：{'、'.join(known) or '（还没有配置通道）'}。"
            )
        channel = next(iter(known))
    if channel not in known:
        told = "、".join(known) or "（还没有配置通道）"
        raise ReadingError(f"{where}的通道“{channel[:20]}”没有在 qiantou.toml 的 [channels] 里，可以写：{told}。")
    return f"{channel}/{account}"


def _apart(rows: Iterable[PersonRow], file: str) -> None:
    """One account is one name's."""
    known: dict[str, PersonRow] = {}
    for row in rows:
        other = known.setdefault(row.key, row) if row.key else row
        if other.person.name != row.person.name:
            raise ReadingError(
                f"“{file}”{other.place}和{row.place}是同一个账号，姓名却是{other.person.name}和{row.person.name}，请核对后重试。"
            )
