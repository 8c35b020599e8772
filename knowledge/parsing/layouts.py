"""Columns settled by what stands in them: where the requirements are, and heads that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from knowledge.model import Doubt, Role
from knowledge.once import Once
from knowledge.parsing.columns import ANY_PART, HOST_AND_ASSIST, Column, Holds, Layout, column_of
from knowledge.parsing.contents import content_of
from knowledge.parsing.duties import read_cell
from knowledge.parsing.lines import Line
from knowledge.parsing.phrases import Content
from knowledge.parsing.rows import is_total
from knowledge.parsing.shifted import in_place
from knowledge.parsing.slot import Slot

_SHARE = 0.6
_AT_LEAST = 2
_OPEN = (Holds.CATEGORY, Holds.NOTE)
_UNIT_HEAD = re.compile(r"牵头|主责|主办|责任|负责|承办|落实|配合|协办|参与|办所|站所|主体|部门|单位|科室|处室")
_ROLE_WORD = re.compile(r"牵头|主责|主办|责任|负责|承办|落实|配合|协办|参与")
_WATCHES = re.compile(
    r"发榜|发布|发起|派单|交办|下达|督导|督办|督查|指导|监督|监管|验收|审核|审查|复核|核验|核查|评判|评议|评审|销号|评估|考核|检查|汇总|受理|提出|来源|提案|领办|代表|意见|批示"
)
_NO_NAMES = re.compile(r"[。%％：:]|\d{2}(?![\d]*[团连中小院队])|.{60}|^\d+$")
_BRIEFLY = 40
_SHORT, _PLAIN = 4, 8
_BRIEF_NAME = re.compile(r"^(?!.*。).*[\u3400-\u9fff]")
_FILLS = re.compile(r"填报|填表|填写|报送|上报|申报|提交|登记")  # who filled the row in, where others say who acts
_WHERE = re.compile(r"地点|位置|区域|范围|地址|来源|所在|涉及|出处|对象|选址")
_DEMAND = re.compile(r"(?:办结|完成|办理|报送|反馈|销号|落实|时间|进度|^)要求$")
_BRIEF = 16  # characters of a time with a word on what is done then
_TIME_FIRST = re.compile(
    r"(?:于|在)?(?:20\d\d年|\d{1,2}月|每[日周月季年半]|即日|立即|长期|全年|[上下]半年|第?[一二三四]季度|\d+(?:个工作)?日内)"
)
_CODED = re.compile(r"[A-Za-z\u3400-\u9fff]{0,4}[-—]?\d{1,4}(?:[-—.]\d{1,4})*号?")
_FIGURES = re.compile(r"[\d.,，%％/—-]+")
_ROLES = (
    (re.compile(r"牵头|主责|主办|统筹"), Role.LEAD),
    (re.compile(r"配合|协办|协助|协同|参与|会办|联合|协作|支持"), Role.COOPERATING),
)


def settled(layout: Layout, rows: Sequence[Line]) -> tuple[Layout, tuple[Doubt, ...]]:
    """`layout` settled by the rows that have all their cells, then again with the shifted ones put in place.

    A head that says nothing known takes its meaning from the cells below it, which is a doubt about the document.
    """
    whole = [row for row in rows if len(row.boxes) >= len(layout.columns)]
    layout, doubts = _by_content(layout, whole or rows)
    first = _with_text(layout, whole or rows)
    if not whole or len(whole) == len(rows):
        return first, doubts
    return _with_text(layout, [in_place(row, first) or row for row in rows]), doubts


_WATCHING = re.compile(r"(?:督办|督导|督查|监督|监管|考核|验收|检查)(?:责任)?(?:单位|部门|科室|处室|主体|机构)$")


def _with_text(layout: Layout, rows: Sequence[Line]) -> Layout:
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
    length = Once(partial(_length, rows))
    if all(length[i] < _SHORT for i in likely):  # too short to be what is to be done: names, codes
        likely = [i for i in open_ones if column_of(layout.columns[i].head) is None and length[i] > _PLAIN] or likely
    best = max(likely, key=lambda i: (length[i], -i))
    if layout.columns[best].holds is Holds.NOTE and length[best] < _SHORT:
        return layout  # only amounts: no column states a requirement
    columns = list(layout.columns)
    columns[best] = replace(columns[best], holds=Holds.TEXT)
    for i in likely:
        if i != best and columns[i].holds is Holds.TEXT and (i < best and _repeats(rows, i)):
            columns[i] = replace(columns[i], holds=Holds.CATEGORY)
    return Layout(tuple(columns), best)


def _length(rows: Sequence[Line], at: int) -> float:
    boxes = [row.boxes[at] for row in rows if at < len(row.boxes)]
    lengths = [len(box.text) for box in boxes if box.text and not box.merged]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _repeats(rows: Sequence[Line], at: int) -> bool:
    """Whether a column says one thing for several rows: merged, or empty below its first cell. Headings across the table and
    sums say nothing of it."""
    cells = [row.boxes[at] for row in rows if at < len(row.boxes) and not _stands_apart(row)]
    return any(cell.merged or not cell.text for cell in cells)


def _stands_apart(row: Line) -> bool:
    return any(box.across for box in row.boxes) or is_total(next((box.text for box in row.boxes if box.text), ""))


def _by_content(layout: Layout, rows: Sequence[Line]) -> tuple[Layout, tuple[Doubt, ...]]:
    plain = (_plainly(layout, at, rows) for at in range(len(layout.columns)))
    columns = [Column(it, c.head) if it else c for it, c in zip(plain, layout.columns, strict=True)]
    lone = layout.first(Holds.UNITS) is None and _strangers(layout, rows) < _AT_LEAST
    doubts: list[Doubt] = []
    for at, column in enumerate(columns):
        if column.holds is Holds.TEXT and at > (layout.first(Holds.TEXT) or 0) and _content(rows, at) is Content.UNITS:
            columns[at] = Column(Holds.UNITS, column.head, Role.RESPONSIBLE, unsure=True)
            continue
        if (column.holds not in _OPEN and not column.unsure) or _is_field(layout, at):
            continue
        content = _content(rows, at)
        if column.unsure and column.holds is Holds.UNITS:
            columns[at] = column if content is Content.UNITS else Column(Holds.NOTE, column.head)
            continue
        taken: Column | None = None
        if content is Content.UNITS and _stands_aside(column.head, lone):
            columns[at] = Column(Holds.NOTE, column.head)
            words = f"表头“{column.head}”的角色不明，这一列没有登记为牵头、责任或配合单位，请核对。"
            doubts.append(Doubt("column-unread", words, rows[0].place, column.head, "未登记", ("牵头", "责任", "配合")))
        elif content is Content.UNITS and (_UNIT_HEAD.search(column.head) or layout.first(Holds.UNITS) is None):
            unsure = "统筹" in column.head or (not lone and not _ROLE_WORD.search(column.head))
            taken = Column(Holds.UNITS, column.head, _role(column.head), unsure)
        elif _ROLE_WORD.match(column.head) and _is_strange(layout, at) and _are_brief(rows, at):
            taken = Column(Holds.UNITS, column.head, _role(column.head), unsure=not _are_names(rows, at))
        elif content is Content.UNITS and _is_strange(layout, at):
            columns[at] = Column(Holds.UNITS, column.head, _role(column.head), unsure=True)
        elif content is Content.DEADLINE and all(other.holds is not Holds.DEADLINE for other in columns):
            taken = Column(Holds.DEADLINE, column.head)
        if taken is not None:
            columns[at] = taken
            said = "完成时限" if taken.holds is Holds.DEADLINE else "单位"
            if taken.unsure:  # every row says so
                continue
            words = f"表头“{column.head}”没有认出，按下面各格的内容当作{said}，请核对。"
            doubts.append(Doubt("column-inferred", words, rows[0].place, column.head, said))
    return replace(layout, columns=tuple(columns)), tuple(doubts)


def _stands_aside(head: str, lone: bool) -> bool:
    """Whether units under `head` watch over the work or only filled the row in; `lone`: no other column has any."""
    watches = _WATCHES.search(head) is not None and not (lone and head.endswith("对象"))
    return watches or (not lone and _FILLS.search(head) is not None)


def _content(rows: Sequence[Line], at: int) -> Content | None:
    """What most cells of a column are, None where they are mixed or too few."""
    found = [content_of(row.boxes[at]) for row in rows if at < len(row.boxes) and row.boxes[at].text]
    for content in (Content.UNITS, Content.DEADLINE):
        if found.count(content) >= max(_AT_LEAST, _SHARE * len(found)):
            return content
    return None


def _is_field(layout: Layout, at: int) -> bool:
    """Whether a head says that its column only groups the rows (责任领域), beside one that says whose they are."""
    named = column_of(layout.at(at).head)
    return named is not None and named.holds is Holds.CATEGORY and layout.first(Holds.UNITS) is not None


def _shares_out(layout: Layout, at: int, rows: Sequence[Line]) -> bool:
    """Whether 责任分工 says what is to be done, sentence by sentence, beside another column that says by whom."""
    column = layout.at(at)
    if column.holds is not Holds.UNITS or not column.head.endswith(("分工", "职责")):
        return False
    found = [content_of(row.boxes[at]) for row in rows if at < len(row.boxes) and row.boxes[at].text]
    others = [i for i, other in enumerate(layout.columns) if other.holds is Holds.UNITS and i != at]
    told = found.count(Content.TEXT) >= max(1, _SHARE * len(found))
    return told and any(_content(rows, i) is Content.UNITS for i in others)


_WORK_AND_WHO = re.compile(
    r"\S{0,4}(?:任务|措施|内容|举措|事项|要点|项目)(?:及|和|与|、|/|／)\S*(?:单位|部门|科室|分工)"
)


def _says_both(layout: Layout, at: int, rows: Sequence[Line]) -> bool:
    """Whether 主要任务及责任单位 holds what is to be done with who does it behind: its cells are words and no lists of units."""
    column = layout.at(at)
    if column.holds is not Holds.UNITS or not _WORK_AND_WHO.fullmatch(column.head):
        return False
    found = [content_of(row.boxes[at]) for row in rows if at < len(row.boxes) and row.boxes[at].text]
    return found.count(Content.TEXT) >= max(1, _SHARE * len(found))


def _are_brief(rows: Sequence[Line], at: int) -> bool:
    """Whether what stands in a column is short and no sentence, as the names of parties are that nobody knows."""
    texts = [row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text]
    return bool(texts) and all(len(text) <= _BRIEFLY and _BRIEF_NAME.search(text) for text in texts)


def _are_names(rows: Sequence[Line], at: int) -> bool:
    """Whether what stands in a column is short enough for names, with neither sentence nor number among it."""
    texts = [row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text]
    return bool(texts) and not any(_NO_NAMES.search(text) for text in texts)


def _plainly(layout: Layout, at: int, rows: Sequence[Line]) -> Holds | None:
    """What the cells of a column are beyond doubt, whatever its head may mean: amounts, or times."""
    if layout.at(at).holds in _OPEN and _numbers(layout.at(at).head, at, rows):
        return Holds.NUMBER
    if _shares_out(layout, at, rows) or _says_both(layout, at, rows):
        return Holds.TEXT
    if _measures(layout, at, rows) or (layout.at(at).holds in _OPEN and _counts(rows, at)):
        return Holds.NOTE
    return Holds.DEADLINE if _is_timed(layout, at, rows) else None


def _measures(layout: Layout, at: int, rows: Sequence[Line]) -> bool:
    """Whether 单位 heads what amounts are counted in (亩, 万元), beside a column that says whose the work is."""
    if layout.at(at).head not in ("单位", "计量单位"):
        return False
    owners = [i for i, column in enumerate(layout.columns) if column.holds is Holds.UNITS and i != at]
    return bool(owners) and _content(rows, at) is not Content.UNITS


def _is_timed(layout: Layout, at: int, rows: Sequence[Line]) -> bool:
    """Whether 办结要求 says by when: no column is for that, and most of its cells begin with a time."""
    if layout.at(at).holds is not Holds.TEXT or not _DEMAND.search(layout.at(at).head):
        return False
    cells = [row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text]
    timed = sum(_TIME_FIRST.match(cell) is not None for cell in cells)
    if (
        layout.at(at).head == "要求"
    ):  # of the work, unless each is a time with a word behind it and the work stands elsewhere
        others = [i for i, column in enumerate(layout.columns) if column.holds is Holds.TEXT and i != at]
        timed = timed if others and all(len(cell) <= _BRIEF for cell in cells) else 0
    return layout.first(Holds.DEADLINE) is None and timed >= max(_AT_LEAST, _SHARE * len(cells))


def _numbers(head: str, at: int, rows: Sequence[Line]) -> bool:
    """Whether a column headed 榜号 or 编码 numbers the rows: its cells are codes, each another one."""
    cells = [row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text]
    return head.endswith(("号", "码")) and len(set(cells)) == len(cells) > 1 and all(map(_CODED.fullmatch, cells))


def _counts(rows: Sequence[Line], at: int) -> bool:
    """Whether a column holds nothing but figures."""
    cells = [row.boxes[at].text for row in rows if at < len(row.boxes) and row.boxes[at].text]
    return bool(cells) and all(map(_FIGURES.fullmatch, cells))


def _strangers(layout: Layout, rows: Sequence[Line]) -> int:
    """How many columns hold units under a head that does not say in which part; one that watches is none of them."""
    open_ones = [at for at, column in enumerate(layout.columns) if column.holds in _OPEN]
    heads = [at for at in open_ones if not _WATCHES.search(layout.at(at).head)]
    return sum(_content(rows, at) is Content.UNITS for at in heads)


def _is_strange(layout: Layout, at: int) -> bool:
    """Whether a column has a head that says nothing known and stands behind the requirements, where units stand."""
    head = layout.at(at).head
    strange = bool(head) and column_of(head) is None and not _WHERE.search(head)
    texts = [i for i, column in enumerate(layout.columns) if column.holds is Holds.TEXT]
    return strange and (not texts or at > min(texts))


def _role(head: str) -> Role:
    return next((role for words, role in _ROLES if words.search(head)), Role.RESPONSIBLE)


_NAMES = re.compile(r"姓名|名单|组成人员|人员名单|联络员|联系人|网格员|信息员")
_ON_DUTY = re.compile(r"值班|带班|值守|轮值")
_POSTS = re.compile(r"职务|职称|单位|部门|岗位|性别|电话|手机|传真|邮箱|微信|联系方式|备注|签[名字到]")


def lists_people(layout: Layout) -> bool:
    """Whether a table only says who sits in a body (序号, 姓名, 单位及职务, 专班职务) or who is on duty on which day (日期,
    带班领导, 值班人员), and gives nobody anything to do."""
    if any(_ON_DUTY.search(column.head) for column in layout.columns):
        return not any(_is_work(column) for column in layout.columns)
    heads = [column.head for column in layout.columns if column.head and column.holds is not Holds.NUMBER]
    named = [head for head in heads if _NAMES.search(head)]
    return bool(named) and len(heads) > 1 and all(head in named or _POSTS.search(head) for head in heads)


_PROBLEM = re.compile(r"问题|隐患|短板|不足|诉求")


def lists_problems(layout: Layout) -> bool:
    """Whether a table only says what is wrong (序号, 存在问题, 问题来源), where another one says what is to be done about it."""
    told = {column.holds for column in layout.columns}
    texts = [column.head for column in layout.columns if column.holds in (Holds.TEXT, Holds.CATEGORY)]
    return not told & {Holds.UNITS, Holds.DEADLINE, Holds.STAGE} and bool(texts) and all(map(_PROBLEM.search, texts))


def _is_work(column: Column) -> bool:
    """Whether a column says what is to be done, or whose it is."""
    return column.holds is Holds.UNITS or (column.holds is Holds.TEXT and column_of(column.head) == column)


_SAYS_WHICH = re.compile(r"首|第一|第1|最前")


def read_under(column: Column, words: str, locality: str) -> Slot:
    """The duties of a cell under its column. Under 牵头及责任单位 the first of several units leads; that is a doubt where
    the head does not say so."""
    if HOST_AND_ASSIST.fullmatch(column.head) and len(sides := re.split(r"\s*[/／]\s*", words, maxsplit=1)) == 2:
        host = read_cell(sides[0], Role.LEAD, locality, column.head)
        return host.plus(read_cell(sides[1], Role.COOPERATING, locality, column.head))
    read = read_cell(words, column.role or Role.RESPONSIBLE, locality, column.head)
    doubts = read.doubts + unsure_role(column, read)
    others = column.others
    if others is None or len(read.duties) < 2 or any(duty.role is not Role.LEAD for duty in read.duties):
        return replace(read, doubts=doubts)
    first, *rest = read.duties
    said = f"表头“{column.head}”下列了几个单位，按第一个单位牵头登记，请核对。"
    doubt = () if _SAYS_WHICH.search(column.head) else (Doubt("column-role", said, None, column.head, first.unit),)
    return replace(read, duties=(first, *(replace(duty, role=others) for duty in rest)), doubts=(*doubts, *doubt))


def unsure_role(column: Column, slot: Slot) -> tuple[Doubt, ...]:
    """A doubt where units stand in a column whose head does not say which part they have."""
    either = len(slot.duties) > 1 and ANY_PART.match(column.head) is not None
    if not (column.unsure or either) or not slot.duties:
        return ()
    role = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATING: "配合"}[column.role or Role.RESPONSIBLE]
    said = f"表头“{column.head}”没有说明是牵头、责任还是配合，这一列的单位按{role}单位登记，请核对。"
    return (Doubt("column-role", said, None, column.head, f"{role}单位"),)
