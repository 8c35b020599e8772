"""Tables of which all or some rows lost their shape: cells on lines of their own, between bars, without their number."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from knowledge.model import Draft, Role
from knowledge.parsing import parse
from knowledge.reading import read
from tests.knowledge.parsing.test_recut import plan, squeezed

HEADS = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")


def draft_of(text: str) -> Draft:
    return parse(read(text.encode(), "甲.txt"), "甲.txt", "0" * 64)


def told(draft: Draft) -> list[tuple[str, str, str]]:
    """What each assignment says is to be done, who leads and who helps."""
    return [
        (squeezed(one.text), "、".join(one.units(Role.LEAD)), "、".join(one.units(Role.COOPERATING)))
        for one in draft.assignments
    ]


def pasted(cells: Sequence[str], chance: random.Random) -> str:
    """A row in one of the shapes in which it may come out of a web page."""
    shape = chance.choice(("lines", "lines", "gaps", "bars", "tabs", "broken", "uncounted"))
    if shape == "tabs":
        return "\t".join(cells)
    if shape == "bars":
        return " | ".join(cells)
    if shape == "uncounted":
        return "\n".join(cells[1:])
    if shape == "broken":
        at = chance.randrange(2, len(cells[2]))
        cells = (*cells[:2], f"{cells[2][:at]}\n{cells[2][at:]}", *cells[3:])
    return ("\n\n" if shape == "gaps" else "\n").join(cells)


@pytest.mark.parametrize("seed", range(12))
def test_a_table_pasted_in_many_shapes_says_the_same_as_the_clean_one(seed: int) -> None:
    chance = random.Random(seed)
    items = plan(chance)
    rows = [(str(at), *item) for at, item in enumerate(items, 1)]
    heads = chance.choice(("\n", "\t", " | ")).join(HEADS)
    body = [pasted(row, chance) for row in rows]
    text = "\n".join(("云溪县2024年重点工作责任分解", "一、补齐短板", heads, *body[:3], "二、便民惠民", *body[3:]))
    draft = draft_of(text)
    assert told(draft) == [(what, lead, aid) for what, lead, aid, _ in items]
    clean = draft_of("\n".join(("云溪县2024年重点工作责任分解", "\t".join(HEADS), *map("\t".join, rows))))
    assert [one.deadlines[0].due for one in draft.assignments] == [one.deadlines[0].due for one in clean.assignments]


def test_a_heading_above_upright_heads_is_none_of_them() -> None:
    text = "云溪县2024年要点\n三、民生实事\n序号\n任务\n牵头单位\n1\n修桥铺路\n县交通局\n2\n植树造林\n县林业局\n"
    assert told(draft_of(text)) == [("修桥铺路", "县交通局", ""), ("植树造林", "县林业局", "")]


def test_text_below_a_table_stays_text() -> None:
    rows = "序号\t任务\t牵头单位\t完成时限\n1\t修桥铺路\t县交通局\t6月底前\n"
    draft = draft_of(
        f"云溪县2024年要点\n{rows}各单位要按月报送进展。\n县政府办公室负责解释本要点内容。\n2024年3月1日\n"
    )
    assert told(draft)[:1] == [("修桥铺路", "县交通局", "")]
    assert all(one.number is None for one in draft.assignments[1:])


def test_a_date_broken_over_two_cells_is_one_date() -> None:
    text = "云溪县2024年要点\n序号\n任务\n牵头单位\n时限\n1\n修桥铺路\n县交通局\n2024年10月\n15日前\n2\n植树造林\n县林业局\n每月\n"
    assert [str(one.deadlines[0].due) for one in draft_of(text).assignments] == ["2024-10-15", "None"]


def test_a_table_without_numbers_is_cut_by_what_its_header_asks_for() -> None:
    rows = "修桥铺路。\n县交通局\n县财政局\n6月底前\n二、绿化\n植树造林。\n县林业局\n县财政局\n每月\n"
    text = f"云溪县2024年要点\n一、交通\n工作任务\n牵头单位\n配合单位\n完成时限\n{rows}"
    assert told(draft_of(text)) == [("修桥铺路。", "县交通局", "县财政局"), ("植树造林。", "县林业局", "县财政局")]


def test_remarks_behind_the_deadline_begin_no_row() -> None:
    rows = "1\n修桥\n铺路，通到村口。\n县交通局\n6月底前\n新增\n植树造林。\n县林业局\n每月\n/\n3\n清淤。\n县水利局\n每月\n新增\n"
    text = f"云溪县2024年要点\n序号\n工作任务\n牵头单位\n完成时限\n备注\n{rows}"
    assert [words for words, _, _ in told(draft_of(text))] == ["修桥铺路，通到村口。", "植树造林。", "清淤。"]


def test_a_unit_nobody_knows_among_the_lines_of_a_cell_shifts_nobody() -> None:
    rows = "1\n扩建站房。\n县交通局\n铁路云溪站\n县财政局\n6月底前\n2\n植树造林。\n县林业局\n县水利局\n每月\n"
    draft = draft_of(f"云溪县2024年要点\n序号\n工作任务\n牵头单位\n配合单位\n完成时限\n{rows}")
    assert told(draft) == [("扩建站房。", "县交通局", "铁路云溪站、县财政局"), ("植树造林。", "县林业局", "县水利局")]


def test_a_row_of_two_cells_below_three_heads_lacks_its_group() -> None:
    text = "云溪县2024年要点\n序号\n改革事项\n主要举措及分工\n1\n优化服务\n设立便民窗口十二个（县民政局）\n2\n组织家庭照护讲座二十场（县妇联）\n"
    said = [squeezed(one.text) for one in draft_of(text).assignments]
    assert [any(words in one for one in said) for words in ("设立便民窗口十二个", "组织家庭照护讲座二十场")] == [
        True,
        True,
    ]
