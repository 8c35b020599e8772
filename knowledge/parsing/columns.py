"""Column heads: what each column of a table holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from knowledge.model import Role
from knowledge.parsing.names import fold, is_unit
from knowledge.parsing.words import (
    BARE_LABELS,
    CATEGORY_WORDS,
    DEADLINE_WORDS,
    NOTE_WORDS,
    NUMBER_HEADS,
    PERSON_WORDS,
    ROLE_LABELS,
    ROLE_STEMS,
    TEXT_WORDS,
    WHO,
)

_NOTE_IN_HEAD = re.compile(r"[（(〔【\[].*?[）)〕】\]]")
_ROLE_HEAD = re.compile(
    rf"(?:.{{0,4}}?)(?P<stem>{'|'.join(sorted(ROLE_STEMS, key=len, reverse=True))}).{{0,6}}?(?:{'|'.join(WHO)}|人民政府|政府)"
)
_BOTH = re.compile(
    r"(?:牵头|主责|主办)(?:责任)?(?:单位|部门|科室|处室)?(?:及|和|与|、|/|／)(?:其他|其它|相关)?(?P<other>责任|落实|配合|协办|参与|承办|实施|协同)"
)  # 牵头及责任单位
ANY_PART = re.compile(
    r"(?:责任|承办|落实|实施)(?:单位|部门|科室)?(?:及|和|与|、|/|／)(?:其他|其它|相关)?(?:配合|协办|参与|协同)"
)  # 责任及配合单位: which of them helps is not said
HOST_AND_ASSIST = re.compile(
    r"(?:主办|牵头|主责|承办)(?:单位|部门)?[/／](?:协办|会办|配合|协同)(?:单位|部门)?"
)  # 甲局/乙局、丙局 in one cell
_PLACE_HEAD = re.compile(
    r"(?P<stem>牵头|主责|主办|责任|落实|实施|属地|承办|配合|协办|协同|参与|协助)(?!区$|市$)"
    r"(?:村社区?|村居|村组|镇村|镇|乡|村|社区|街道|区县|市县|县|区|市|院校|学校|医院|专班|工作组|班组|车间|网格|[及和与、/／])+"
)  # 配合村（社区）, 责任学校: who, told by what kind of place it is
_AMOUNT = re.compile(r"数$|数量$|数额$|金额$|资金$|总投资|投资额|面积$|比例$|占比$|[^效]率$|增幅$|增速$")
_SO_FAR = re.compile(
    r"^(?:目前|当前|现阶段|最新|实际|现有|截至|截止目前)\S{0,6}(?:进度|进展)|(?:进度|进展)(?:情况|百分比|说明)$|^(?:形象|投资|工程|累计)\S{0,2}进度$|(?:成效|效果|亮点)$"
)  # how far it is, or what came of it, not by when
_WITH_PERSON = re.compile(
    r"(?P<unit>\S{3,7}?)(?:及|和|与|、|/|／|\n)(?:分管|主要|具体)?(?:领导|责任人|负责人|联系人|人员)"
)
_BY_TRADE = re.compile(
    r"(?:护林|网格|保洁|巡查|巡护|管护|安全|信息|监督|驾驶|管理|观察|预警)员(?:姓名)?|(?:包|驻|联|挂|责任|下派|帮扶)\S{0,3}干部"
)
_WHO_ASKED = re.compile(
    r"[\u3400-\u9fff]{2,5}(?<!法)人(?:姓名)?|(?:提案|建议|议案)者|(?:领衔|提出|提案|建议|第一|主要|附议|联名|人大|政协)(?:代表|委员)(?:姓名|名单)?"
)  # 建议人, 来电人, 领衔代表: a person, whatever he did
_LEVEL_ROLE = re.compile(
    r"[省市州县区旗盟镇乡村](?:级|直|本级)(?P<stem>牵头|主责|主办|责任|落实|承办|配合|协办|协同|参与)(?:单位|部门)?"
)  # 市级牵头, 县级配合
_OFFICE_HEAD = re.compile(
    r"(?P<stem>牵头|主责|主办|责任|承办|落实|配合|协办|协同|参与)(?:处|科|股|室|部|组|站|队|所|中心|车间|班组|院系|支部)"
)  # 责任处, 配合科
TIME = r"(?:时间|时限|日期|期限|节点|月份|年月|时点|年份|月|日|期)?"
_EXPECTED = r"(?:计划|预计|拟|要求|应|最迟|项目|任务|工程|建设|整改|全部|目标)*"
_ENDS = re.compile(
    rf"{_EXPECTED}(?:完成|完工|竣工|办结|截止|截至|结束|终止|交付|投用|建成|销号|见效|通车|投产|工期|年限|止|末)(?:使用|验收|见效|投产)?{TIME}"
)
_STARTS = re.compile(
    rf"{_EXPECTED}(?:启动|开工|动工|开建|开始|起始|进场|入场|着手|起)(?:建设|实施)?{TIME}(?!.*(?:完成|竣工|完工|止))"
)
STAGE = re.compile(
    r"(?:20\d\d年?)?(?:(?:第?[一二三四1-4]|前[二三])季度末?|[Qq][1-4]|[上下]半年|(?:\d{1,2}月?[-—–~～至到]{1,2})?\d{1,2}月(?:份|底|末)?(?:前)?|[一二三四五六七八九十]{1,2}月(?:份|底)?|年[底末])(?:目标|计划|任务|进度|节点|工作|安排)?|20\d\d年(?:度)?(?:目标|任务|计划|进度)?|第[一二三四五]阶段|全年"
)  # a head that is a time: what is to be reached by then
_AND_WHAT = re.compile(
    r"(?<=[单部主机位门体构室])(?:及|和|与|、)(?:具体|主要|工作|部门)?(?:职责|分工|任务|职责分工|工作职责)$"
)
_NAMED = re.compile(r"(?<=[单部][位门])(?:名称|全称)$")  # 责任单位名称, beside its code
_COUNTED = re.compile(r"(?<=[单部主机科处股][位门体构室])[1-9一二三四五①-⑨]$")  # 协同单位1, 协同单位2
_PERCENT = re.compile(r"[（(][%％][）)]$")  # 进度（%）
_FROM, _TO = ("起", "始"), ("止", "迄")
_SOME_PARTY = re.compile(r"(?![各本市县区州有相全其])[\u3400-\u9fff]{2,4}(?:单位|部门|科室|处室|股室)")
_OF_LEVEL = re.compile(r"[省市州县区旗盟镇乡村]级(?:主管|责任|相关|有关)?(?:部门|单位)")
_SIDES = {**BARE_LABELS, "主": Role.LEAD, "协": Role.COOPERATING}
_ROLE_HEAD_LENGTH = 7
_LONGEST_HEAD = 28  # with blanks between its characters
_PRECEDENCE = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.COOPERATING: 2}


class Holds(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    TEXT = "text"
    CATEGORY = "category"
    UNITS = "units"
    DEADLINE = "deadline"
    START = "start"
    STAGE = "stage"
    PERSON = "person"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its head as printed, and the role its units have.

    `unsure` when no word of the head says that role: every row that it gives units to is a doubt. `others` is the role of
    all but the first unit where the head names two (牵头及责任单位).
    """

    holds: Holds
    head: str = ""
    role: Role | None = None
    unsure: bool = False
    others: Role | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table from left to right; `primary` is the one with the longest requirements."""

    columns: tuple[Column, ...]
    primary: int | None = None
    _holds: tuple[Holds, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_holds", tuple([column.holds for column in self.columns]))  # asked for at every row

    def at(self, index: int) -> Column:
        """The column at `index` (from 0); beyond the last head nothing is known."""
        return self.columns[index] if index < len(self.columns) else Column(Holds.NOTE)

    def held(self, count: int) -> tuple[Holds, ...]:
        """What the first `count` columns hold."""
        own = self._holds
        return own[:count] if count <= len(own) else own + (Holds.NOTE,) * (count - len(own))

    def first(self, holds: Holds) -> int | None:
        """The index of the first column that holds `holds`."""
        return next((i for i, column in enumerate(self.columns) if column.holds is holds), None)

    @property
    def owner(self) -> Column:
        """The column whose role an owner has when its cell was shifted elsewhere: lead before responsible."""
        units = [column for column in self.columns if column.holds is Holds.UNITS and column.role]
        return min(
            units,
            key=lambda c: _PRECEDENCE[c.role or Role.COOPERATING],
            default=Column(Holds.UNITS, "", Role.RESPONSIBLE),
        )


_PRIVATE = re.compile(r"电话|手机|联[系络]|邮箱|微信|传真|身份证|住址|地址|账号|户名|姓名|年龄|性别")
_PROPOSER = re.compile(
    r"(?:第一|主要)?(?:提案|建议|议案|领衔|提出|附议|联名)(?:人|者|代表|委员|单位)|(?:人大|政协)?(?:代表|委员)"
)


def is_kept(column: Column) -> bool:
    """Whether what stands below a head is kept beside the assignment: amounts, remarks, and who put a matter forward; no other
    persons, and nothing by which one is reached."""
    if not column.head or _PRIVATE.search(column.head):
        return False
    if column.holds is Holds.PERSON:
        return _PROPOSER.fullmatch(without_note(column.head)) is not None
    return column.holds is Holds.NOTE


def without_note(head: str) -> str:
    """A head without what a bracket in it remarks (完成时限（2026年）)."""
    return _NOTE_IN_HEAD.sub("", head) or head


def stage_of(head: str) -> Column | None:
    """The column below a head that is a time by itself (一季度, 2026年目标), else None."""
    label = fold(head)
    return Column(Holds.STAGE, label) if STAGE.fullmatch(without_note(label)) else None


def column_of(head: str) -> Column | None:
    """What a head says its column holds, None when the text is no head."""
    if head.isdecimal() or (len(head) > _LONGEST_HEAD and not _NOTE_IN_HEAD.search(head)):
        return None  # at once: every number and requirement of a table's body is asked about
    return _headed(head)


def heads_among(texts: Iterable[str]) -> set[str]:
    """Those of `texts`, all that a table says, that are heads."""
    short = [text for text in texts if len(text) <= _LONGEST_HEAD and not text.isdecimal()]
    long = [text for text in texts if len(text) > _LONGEST_HEAD and _NOTE_IN_HEAD.search(text)]
    return {text for text in (*short, *long) if text and _headed(text) is not None}


@lru_cache(maxsize=4096)
def _headed(head: str) -> Column | None:
    label = fold(head).strip("：:*")
    plain = _NAMED.sub("", _COUNTED.sub("", _AND_WHAT.sub("", without_note(label))))
    if not 1 <= len(plain) <= 14 or ":" in plain or "：" in plain:
        return None  # 责任人：某某 is a label with its value, no head
    if plain in _FROM or (len(plain) > 1 and _STARTS.fullmatch(plain)):
        return Column(Holds.START, label)
    if plain in _TO:
        return Column(Holds.DEADLINE, label)
    if plain in NUMBER_HEADS or plain.endswith(("编号", "序号")):
        return Column(Holds.NUMBER, label)
    role = _role_of(plain)
    if role is Role.RESPONSIBLE:
        role = _role_in_note(label) or role
    if role is not None:
        both = _BOTH.match(plain) if role is Role.LEAD else None
        return Column(Holds.UNITS, label, role, others=ROLE_STEMS[both["other"]] if both else None)
    return _by_words(plain, label)


def _role_of(plain: str) -> Role | None:
    """The role that the words of a head say."""
    role = ROLE_LABELS.get(plain) or BARE_LABELS.get(plain)
    if role is None and (m := _ROLE_HEAD.fullmatch(plain)):
        role = ROLE_STEMS[m["stem"]]
    if role is None and (m := _PLACE_HEAD.fullmatch(plain)):
        role = ROLE_STEMS[m["stem"]]
    if role is None and (m := _WITH_PERSON.fullmatch(plain)):
        role = ROLE_LABELS.get(m["unit"])
    if role is None and (m := _OFFICE_HEAD.fullmatch(plain) or _LEVEL_ROLE.fullmatch(plain)):
        role = ROLE_STEMS[m["stem"]]
    if role is None and HOST_AND_ASSIST.fullmatch(plain):
        role = Role.LEAD
    return role


def _role_in_note(label: str) -> Role | None:
    """The role that the bracket behind a head says: 责任单位（牵头）, 责任部门（协）."""
    m = _NOTE_IN_HEAD.search(label)
    return _SIDES.get(m.group()[1:-1]) or ROLE_LABELS.get(m.group()[1:-1]) if m else None


def _by_words(plain: str, label: str) -> Column | None:
    if plain in (
        "项目业主",
        "业主",
        "项目法人",
        "项目法人单位",
        "单位",
        "部门",
        "科室",
        "单位名称",
        "部门名称",
        "责任分工",
        "分工",
    ):
        return Column(Holds.UNITS, label, Role.RESPONSIBLE)
    if is_unit(plain, strict=True) and not plain.endswith(WHO):
        return None  # 区委社会工作部 is who does the work
    if _AMOUNT.search(plain) or _SO_FAR.search(plain) or _PERCENT.search(label):
        return Column(Holds.NOTE, label)
    if _BY_TRADE.fullmatch(plain) or _WHO_ASKED.fullmatch(plain):
        return Column(Holds.PERSON, label)
    if len(plain) > 1 and _ENDS.fullmatch(plain):
        return Column(Holds.DEADLINE, label)
    if plain.endswith(("任务", "事项", "举措")) and plain[:2] in ("专项", "分类"):
        return Column(Holds.TEXT, label)  # 专项任务 is what is to be done
    for words, holds in (
        (PERSON_WORDS, Holds.PERSON),
        (DEADLINE_WORDS, Holds.DEADLINE),
        (NOTE_WORDS, Holds.NOTE),
        (CATEGORY_WORDS, Holds.CATEGORY),
        (TEXT_WORDS, Holds.TEXT),
    ):
        if any(word in plain for word in words) and len(plain) <= 10:
            return Column(holds, label)
    return None


def names_a_role(text: str) -> bool:
    """Whether a head speaks of units in a part that nobody knows (主攻单位, 销号部门)."""
    return len(text) <= _ROLE_HEAD_LENGTH and (_SOME_PARTY.fullmatch(text) or _OF_LEVEL.fullmatch(text)) is not None
