"""Running text whose line breaks went astray is cut again by its groups of labels."""

from __future__ import annotations

import random
import re

import pytest

from knowledge.model import Draft, Role
from knowledge.parsing import parse
from knowledge.parsing.recut import recut
from knowledge.reading import read
from tests.knowledge.parsing.drafts import codes, duties, paragraphs

WORK = (
    "疏浚城南河道9公里，堤顶步道同步贯通。",
    "改造危旧电杆430根，不得影响春灌。",
    "为山区教学点配送营养餐，覆盖学生2100人。",
    "整治占道夜市，设置疏导点4处。",
    "新建公共充电桩160个，车位油电分区。",
    "清查闲置校舍，形成盘活清单。",
)
UNITS = (
    "县水利局",
    "县教育局",
    "县城市管理局",
    "县财政局",
    "县公安局交通管理大队",
    "国网云溪县供电公司",
    "各乡镇人民政府",
)
DAYS = ("2024年6月底前", "2024年9月30日前", "每季度", "长期坚持", "2024年底前")


def plan(chance: random.Random) -> list[tuple[str, str, str, str]]:
    """Items as (what, who leads, who helps, until when)."""
    return [(what, *chance.sample(UNITS, 2), chance.choice(DAYS)) for what in WORK]


def pieces(items: list[tuple[str, str, str, str]]) -> list[str]:
    out = ["云溪县2024年重点工作责任分解"]
    for at, (what, lead, aid, until) in enumerate(items, 1):
        out += ["一、补齐短板"] * (at == 1) + ["二、便民惠民"] * (at == 4)
        out += [f"{at}.{what}", f"牵头单位：{lead}", f"配合单位：{aid}", f"完成时限：{until}"]
    return out


def crumpled(lines: list[str], chance: random.Random) -> str:
    """Some line breaks lost, some put in wherever it may be, stops behind numbers, signs of years and blanks lost or put in."""
    text = lines[0]
    for line in lines[1:]:
        if chance.random() < 0.3:
            line = re.sub(r"^(\d)\.(?=\D)", r"\1", line)
        if chance.random() < 0.3:
            line = line.replace("2024年", "2024", 1)
        at = chance.randrange(3, len(line))
        if line[1] != "、" and chance.random() < 0.4 and not line[at - 1 : at + 1].isdigit():
            line = line[:at] + chance.choice(("\n", " ")) + line[at:]
        whole = text.endswith("分解") or line[1] == "、"
        text += ("" if not whole and chance.random() < 0.5 else "\n") + line
    return text


def draft_of(text: str) -> Draft:
    return parse(read(text.encode(), "甲.txt"), "甲.txt", "0" * 64)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("seed", range(12))
def test_a_crumpled_plan_says_the_same_as_the_clean_one(seed: int) -> None:
    chance = random.Random(seed)
    items = plan(chance)
    draft = draft_of(crumpled(pieces(items), chance))
    told = [(squeezed(one.text), *one.units(Role.LEAD), *one.units(Role.COOPERATING)) for one in draft.assignments]
    assert told == [(what, lead, aid) for what, lead, aid, _ in items]
    clean = draft_of("\n".join(pieces(items)))
    assert [one.deadlines[0].due for one in draft.assignments] == [one.deadlines[0].due for one in clean.assignments]


@pytest.mark.parametrize("seed", range(3))
def test_a_clean_plan_keeps_its_lines(seed: int) -> None:
    lines = pieces(plan(random.Random(seed)))
    made = paragraphs(*lines)
    assert [block.text for block in made.blocks] == lines
    assert recut([]) == []


RUN_TOGETHER = "一、住房1.筹集公租房80套。牵头单位：县房管局责任单位：县财政局完成时限：2024年9月底前2改造危房。牵头单位：县住建局责任单位：各乡镇完成时限：长期3.规范预售资金。牵头单位：县住建局责任单位：县银保监局完成时限：每月"


def test_a_section_in_one_line_is_cut_behind_each_group_of_labels() -> None:
    draft = paragraphs("云溪县2024年工作要点", RUN_TOGETHER)
    assert [one.text for one in draft.assignments] == ["筹集公租房80套。", "改造危房。", "规范预售资金。"]
    assert [one.section for one in draft.assignments] == [("一、住房",)] * 3
    assert duties(draft, 1) == [("县住建局", Role.LEAD), ("各乡镇", Role.RESPONSIBLE)]


def test_an_item_that_has_lost_its_number_too_is_cut_off_with_a_doubt() -> None:
    draft = paragraphs("云溪县2024年工作要点", RUN_TOGETHER.replace("2改造", "改造"))
    assert [one.text for one in draft.assignments] == ["筹集公租房80套。", "改造危房。", "规范预售资金。"]
    assert "cut-unsure" in codes(draft, 1)
    assert "cut-unsure" not in codes(draft, 2)


def test_units_that_end_a_group_end_where_the_next_number_stands() -> None:
    draft = paragraphs(
        "云溪县2024年工作要点",
        "1.修路。牵头单位：县交通局配合单位：县财政局、各乡镇2.架桥。牵头单位：县交通局配合单位：县水利局3.种树。牵头单位：县林业局配合单位：县财政局",
    )
    assert duties(draft) == [("县交通局", Role.LEAD), ("县财政局", Role.COOPERATING), ("各乡镇", Role.COOPERATING)]
    assert [one.text for one in draft.assignments] == ["修路。", "架桥。", "种树。"]


def test_what_follows_a_time_within_its_sentence_stays_with_it() -> None:
    draft = paragraphs(
        "云溪县2024年工作要点",
        *(f"{n}.修好{n}号路。\n牵头单位：县交通局\n完成时限：6月底前完成勘察，12月底前通车" for n in (1, 2, 3)),
    )
    assert [one.text for one in draft.assignments] == ["修好1号路。", "修好2号路。", "修好3号路。"]
    assert all(len(one.deadlines[0].parts) == 2 for one in draft.assignments)


def test_labels_of_the_last_item_above_a_table_are_its_own() -> None:
    text = "云溪县2024年工作要点\n一、交通\n1.修路。\n牵头单位：县交通局\n二、环保\n序号\t任务\t牵头单位\n2\t种树\t县林业局"
    draft = draft_of(text)
    assert duties(draft) == [("县交通局", Role.LEAD)]
    assert duties(draft, 1) == [("县林业局", Role.LEAD)]


def test_items_run_together_behind_their_brackets_are_cut_apart() -> None:
    items = "".join(f"{n}.修好{n}号路。（牵头 单位：县交通局；配合单位：县财政局；完成时限：每月）" for n in (1, 2, 3))
    draft = paragraphs("云溪县2024年工作要点", f"一、交通{items}")
    assert [one.text for one in draft.assignments] == ["修好1号路。", "修好2号路。", "修好3号路。"]
    assert duties(draft, 1) == [("县交通局", Role.LEAD), ("县财政局", Role.COOPERATING)]


def test_units_that_end_a_group_go_on_in_a_broken_line_up_to_the_next_sentence() -> None:
    item = "完成时限：每月牵头单位：县交通局\n配合单位：县财政局、县农业\n农村局"
    draft = draft_of(f"云溪县2024年要点\n1.修路架桥。{item}疏浚河道。{item}\n3.植树造林。{item}\n")
    assert [one.text for one in draft.assignments] == ["修路架桥。", "疏浚河道。", "植树造林。"]
    units = [("县交通局", Role.LEAD), ("县财政局", Role.COOPERATING), ("县农业农村局", Role.COOPERATING)]
    assert [duties(draft, at) for at in range(3)] == [units] * 3
    assert "cut-unsure" in codes(draft, 1)
