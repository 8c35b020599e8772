"""Column heads: what each column of a table holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from knowledge.model import Role
from knowledge.parsing.lines import Line
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
HOST_AND_ASSIST = re.compile(
    r"(?:主办|牵头|主责|承办)(?:单位|部门)?[/／](?:协办|会办|配合|协同)(?:单位|部门)?"
)  # 甲局/乙局、丙局 in one cell
_PLACE_HEAD = re.compile(
    r"(?P<stem>牵头|主责|主办|责任|落实|实施|属地|承办|配合|协办|协同|参与|协助)(?!区$|市$)"
    r"(?:村社区?|村居|村组|镇村|镇|乡|村|社区|街道|区县|市县|县|区|市|院校|学校|医院|专班|工作组|班组|车间|网格|[及和与、/／])+"
)  # 配合村（社区）, 责任学校: who, told by what kind of place it is
_AMOUNT = re.compile(r"数$|数量$|数额$|金额$|资金$|总投资|投资额|面积$|比例$|占比$|[^效]率$|增幅$|增速$")
_SO_FAR = re.compile(
    r"^(?:目前|当前|现阶段|最新|实际|现有|截至|截止目前)\S{0,6}(?:进度|进展)|(?:进度|进展)(?:情况|百分比|说明)$|^(?:形象|投资|工程|累计)\S{0,2}进度$"
)  # how far it is, not by when
_WITH_PERSON = re.compile(
    r"(?P<unit>\S{3,7}?)(?:及|和|与|、|/|／|\n)(?:分管|主要|具体)?(?:领导|责任人|负责人|联系人|人员)"
)
_BY_TRADE = re.compile(
    r"(?:护林|网格|保洁|巡查|巡护|管护|安全|信息|监督|驾驶|管理|观察|预警)员(?:姓名)?|(?:包|驻|联|挂|责任|下派|帮扶)\S{0,3}干部"
)
_WHO_ASKED = re.compile(r"[\u3400-\u9fff]{2,5}(?<!法)人(?:姓名)?")  # 建议人, 来电人: a person, whatever he did
_LEVEL_ROLE = re.compile(
    r"[省市州县区旗盟镇乡村](?:级|直|本级)(?P<stem>牵头|主责|主办|责任|落实|承办|配合|协办|协同|参与)(?:单位|部门)?"
)  # 市级牵头, 县级配合
_OFFICE_HEAD = re.compile(
    r"(?P<stem>牵头|主责|主办|责任|承办|落实|配合|协办|协同|参与)(?:处|科|股|室|部|组|站|队|所|中心|车间|班组|院系|支部)"
)  # 责任处, 配合科
_TIME = r"(?:时间|时限|日期|期限|节点|月份|年月|时点|年份|月|日|期)?"
_EXPECTED = r"(?:计划|预计|拟|要求|应|最迟|项目|任务|工程|建设|整改|全部|目标)*"
_ENDS = re.compile(
    rf"{_EXPECTED}(?:完成|完工|竣工|办结|截止|截至|结束|终止|交付|投用|建成|销号|见效|通车|投产|工期|年限|止|末)(?:使用|验收|见效|投产)?{_TIME}"
)
_STARTS = re.compile(
    rf"{_EXPECTED}(?:启动|开工|动工|开建|开始|起始|进场|入场|着手|起)(?:建设|实施)?{_TIME}(?!.*(?:完成|竣工|完工|止))"
)
_GONE = re.compile(
    rf"(?:会议|召开|批示|交办|下达|受理|立项|发现|转办|收到|收文|来文|批复|印发|签发|登记|填报|填表|填写|制表|录入|创建|提交(?=时间)|反馈问题|实际\S{{0,4}}|原定?\S{{0,4}}|调整前\S{{0,4}}){_TIME}"
)  # what was done before the assignment was given, or no longer holds
_UNDER_UNITS = re.compile(r"责任|分工|单位|部门|主体|科室|处室|体系|机构|股室|站所|落实")
_UNDER_TIMES = re.compile(r"时[间限点]|节点|期限|工期|进度|日期|周期")
_LEVELS = re.compile(
    r"(?:省|州|市|县|区|旗|盟|镇|乡|街道|村|社区|基层|园区)(?:级|直|属|本级|级层面|层面)?(?:部门|单位)?|[市县区旗]?直?[、和]?(?:县市区|县区|乡镇|镇街|街镇)"
)
STAGE = re.compile(
    r"(?:20\d\d年?)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份|底|末)?(?:前)?|[一二三四五六七八九十]{1,2}月(?:份|底)?)(?:目标|计划|任务|进度|节点|工作|安排)?|20\d\d年(?:度)?(?:目标|任务|计划|进度)?|第[一二三四五]阶段|全年|年底"
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
_SHORT, _ROLE_HEAD_LENGTH, _PLAIN = 4, 7, 8
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


_ACTING = (Holds.UNITS, Holds.PERSON)


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


@lru_cache(maxsize=4096)
def column_of(head: str) -> Column | None:
    """What a head says its column holds, None when the text is no head."""
    if head.isdecimal() or (len(head) > _LONGEST_HEAD and not _NOTE_IN_HEAD.search(head)):
        return None
    label = fold(head).strip("：:*")
    plain = _NAMED.sub("", _COUNTED.sub("", _AND_WHAT.sub("", _NOTE_IN_HEAD.sub("", label) or label)))
    if not 1 <= len(plain) <= 14 or ":" in plain or "：" in plain:
        return None  # 责任人：某某 is a label with its value, no head
    if plain in _FROM or (len(plain) > 1 and _STARTS.fullmatch(plain)):
        return Column(Holds.START, label)
    if plain in _TO:
        return Column(Holds.DEADLINE, label)
    if plain in NUMBER_HEADS or plain.endswith(("编号", "序号")):
        return Column(Holds.NUMBER, label)
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
    if role is not None:
        both = _BOTH.match(plain) if role is Role.LEAD else None
        return Column(Holds.UNITS, label, role, others=ROLE_STEMS[both["other"]] if both else None)
    return _by_words(plain, label)


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


def layout_of(header: Line, *below: Line) -> Layout:
    """The columns named by a header row, refined by those below it."""
    columns: list[Column] = []
    if below and is_torn(header, below[0]):
        whole = [replace(top, text=top.text + low.text) for top, low in zip(header.boxes, below[0].boxes, strict=True)]
        return layout_of(replace(header, boxes=tuple(whole)), *below[1:])
    for at, box in enumerate(header.boxes):
        column = (
            _stage(box.text)
            or column_of(box.text)
            or Column(Holds.CATEGORY if box.text or _spanned(columns) else Holds.NOTE, box.text)
        )
        over = box.text
        for row in below:
            under = row.boxes[at].text if at < len(row.boxes) else ""
            if under and under != over:
                column, over = _finer(under, over, column), under
        columns.append(column)
    while columns and not columns[-1].head:
        columns.pop()
    return Layout(tuple(_one_time(_second_leads(_hosts_lead(_members_answer(_served(columns)))))))


def is_torn(header: Line, below: Line) -> bool:
    """Whether the two rows are the halves of one (牵头 over 单位, 序 over 号): no cell spans, and together they are heads."""
    boxes = (*header.boxes, *below.boxes)
    if len(header.boxes) != len(below.boxes) or any(box.merged or not 0 < len(box.text) <= _SHORT for box in boxes):
        return False
    pairs = [(top.text, low.text) for top, low in zip(header.boxes, below.boxes, strict=True)]
    if any(char.isdecimal() for _, low in pairs for char in low):  # a short row of the body: no head has figures
        return False
    return all(column_of(top + low) is not None for top, low in pairs)


def _stage(head: str) -> Column | None:
    plain = _NOTE_IN_HEAD.sub("", fold(head)) or fold(head)
    return Column(Holds.STAGE, fold(head)) if STAGE.fullmatch(plain) else None


def _finer(head: str, over: str, column: Column) -> Column:
    """The column of `head` in the second row of a header, below `over`, which was read as `column`."""
    plain = fold(head).strip("：:*")
    units = column.holds is Holds.UNITS or bool(_UNDER_UNITS.search(over))
    found = _stage(head) or column_of(head)
    if plain in ("起", "止") and _UNDER_TIMES.search(over):
        return Column(Holds.START if plain == "起" else Holds.DEADLINE, plain)
    if units and (role := BARE_LABELS.get(plain) or ROLE_STEMS.get(plain)):
        return Column(Holds.UNITS, plain, role)
    if units and _LEVELS.fullmatch(plain):
        return Column(Holds.UNITS, plain, column.role or Role.RESPONSIBLE)
    if found is not None:
        return found
    if column.holds is Holds.UNITS:
        return Column(Holds.UNITS, plain, column.role, unsure=True)
    if units:
        answer = "责任" in over and names_a_role(plain)  # 监管部门 below 责任体系 answers too
        return Column(Holds.UNITS if answer else Holds.CATEGORY, plain, Role.RESPONSIBLE if answer else None, answer)
    return replace(column, head=plain) if _UNDER_TIMES.search(over) and column.holds is Holds.DEADLINE else column


def _one_time(columns: list[Column]) -> list[Column]:
    """`columns` where days that are over (交办时间) are only remarks beside the day on which a thing is due."""
    due = [column for column in columns if column.holds is Holds.DEADLINE and not _is_gone(column)]
    return [replace(c, holds=Holds.NOTE) if c.holds is Holds.DEADLINE and _is_gone(c) and due else c for c in columns]


def _is_gone(column: Column) -> bool:
    return bool(_GONE.fullmatch(_NOTE_IN_HEAD.sub("", column.head) or column.head))


_FIRST_OF_TWO = re.compile(r"牵头|统筹")
_SECOND = re.compile(r"主责|主办|主要责任|主要负责|主抓")


def _second_leads(columns: list[Column]) -> list[Column]:
    """`columns` where 主责单位 stands beside 牵头单位: one of them leads, the other answers for the work, unsure."""
    leads = [column.head for column in columns if column.role is Role.LEAD]
    if not any(map(_FIRST_OF_TWO.search, leads)) or all(map(_FIRST_OF_TWO.search, leads)):
        return columns
    return [
        replace(column, role=Role.RESPONSIBLE, unsure=True)
        if column.role is Role.LEAD and _SECOND.search(column.head) and not _FIRST_OF_TWO.search(column.head)
        else column
        for column in columns
    ]


_SERVED = re.compile(
    r"(?P<by>包保|包联|包片|包干|包抓|挂包|挂钩|帮扶|帮联|联系|服务|走访|对口|结对)(?P<whom>企业|村社区?|村居|村|社区|乡镇|镇街|街镇|项目|户)$"
)


def _served(columns: list[Column]) -> list[Column]:
    """`columns` where 包保企业 is who is looked after: always a firm, a place where 包保单位 stands beside it."""
    out: list[Column] = []
    for column in columns:
        m = _SERVED.search(column.head) if column.holds is Holds.UNITS else None
        by = m is not None and any(c is not column and c.holds in _ACTING and m["by"] in c.head for c in columns)
        out.append(Column(Holds.CATEGORY, column.head) if m is not None and (by or m["whom"] == "企业") else column)
    return out


def _members_answer(columns: list[Column]) -> list[Column]:
    """`columns` where 成员单位 is the only one with units: there they have the work, and help nobody."""
    owners = [column for column in columns if column.holds is Holds.UNITS]
    if len(owners) != 1 or "成员" not in owners[0].head:
        return columns
    return [replace(c, role=Role.RESPONSIBLE) if c is owners[0] else c for c in columns]


_HOST = re.compile(r"承办|办理")


def _hosts_lead(columns: list[Column]) -> list[Column]:
    """`columns` where 承办单位 stands alone beside 协办单位: there it means who leads."""
    roles = [column.role for column in columns if column.holds is Holds.UNITS]
    if Role.LEAD in roles or Role.COOPERATING not in roles or roles.count(Role.RESPONSIBLE) != 1:
        return columns
    return [
        replace(column, role=Role.LEAD) if column.role is Role.RESPONSIBLE and _HOST.search(column.head) else column
        for column in columns
    ]


def _spanned(before: Sequence[Column]) -> bool:
    """Whether an empty head belongs to a wider one on its left, as merged heads look in flattened text."""
    return bool(before) and before[-1].holds in (Holds.CATEGORY, Holds.TEXT)


_WATCHING = re.compile(r"(?:督办|督导|督查|监督|监管|考核|验收|检查)(?:责任)?(?:单位|部门|科室|处室|主体|机构)$")


def with_text(layout: Layout, rows: Sequence[Line]) -> Layout:
    """`layout` with the one column that holds the requirements settled by the length of what stands in it."""
    if not layout.columns:
        return layout
    likely = [i for i, c in enumerate(layout.columns) if c.holds is Holds.TEXT]
    goals = [i for i, c in enumerate(layout.columns) if c.holds is Holds.STAGE]
    likely = likely or (goals if len(goals) == 1 else [])  # 2025年目标 by itself is what is to be done
    open_ones = [i for i, c in enumerate(layout.columns) if c.holds in (Holds.CATEGORY, Holds.NOTE)]
    likely = likely or [i for i in open_ones if not _WATCHING.search(layout.columns[i].head)]
    if not likely:
        return layout
    if all(_length(rows, i) < _SHORT for i in likely):  # too short to be what is to be done: names, codes
        likely = [
            i for i in open_ones if column_of(layout.columns[i].head) is None and _length(rows, i) > _PLAIN
        ] or likely
    best = max(likely, key=lambda i: (_length(rows, i), -i))
    if layout.columns[best].holds is Holds.NOTE and _length(rows, best) < _SHORT:
        return layout  # only amounts: no column states a requirement
    columns = list(layout.columns)
    columns[best] = replace(columns[best], holds=Holds.TEXT)
    for i in likely:
        if i != best and columns[i].holds is Holds.TEXT and (i < best and _repeats(rows, i)):
            columns[i] = replace(columns[i], holds=Holds.CATEGORY)
    return Layout(tuple(columns), best)


def _length(rows: Sequence[Line], at: int) -> float:
    texts = [
        row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text and not row.boxes[at].merged
    ]
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _repeats(rows: Sequence[Line], at: int) -> bool:
    """Whether a column says one thing for several rows: merged, or empty below its first cell."""
    cells = [row.boxes[at] for row in rows if at < len(row.boxes)]
    return any(cell.merged or not cell.text for cell in cells)
