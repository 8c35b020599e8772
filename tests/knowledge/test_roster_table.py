"""[名册]: an office's own roster as its tables write it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.roster import Alias, Sort
from knowledge.roster_table import RosterError, roster_of

TABLE = {
    "地方": "云溪市",
    "市自然资源和规划局": {
        "市自然资源和规划局": {"类": "本名", "起": 2019, "据": "云发〔2019〕2号"},
        "自规局": {"据": "通称"},
        "市国土资源局": {"类": "曾用名", "止": "2019-03"},
        "市不动产管理局": "加挂牌子",
        "市政府各部门": {"类": "所属集合"},
    },
    "市财政局": {},
}


def test_a_roster_has_units_with_their_days_names_and_sources() -> None:
    roster = roster_of(TABLE, "名册.toml")
    unit = roster.units["市自然资源和规划局"]
    assert (unit.since, unit.place, unit.source) == (date(2019, 1, 1), "云溪市", "云发〔2019〕2号")
    assert roster.named("自规局") == (Alias("自规局", unit.key, Sort.SHORT, source="通称"),)
    assert roster.named("市国土资源局")[0].until == date(2019, 3, 31)
    assert roster.named("市不动产管理局")[0].sort is Sort.SIGN
    assert roster.named("市财政局")[0].source == "名册.toml"
    assert roster.collectives == {"市政府各部门": (unit.key,)}


def test_a_roster_knows_a_former_name_and_not_a_name_of_nobody() -> None:
    roster = roster_of(TABLE, "名册.toml")
    assert (roster.knows("市 国土资源局"), roster.knows("市教育局")) == (True, False)


def test_of_two_lines_with_one_name_the_one_in_force_counts() -> None:
    table = {
        "市数据局": {"数据局": {"类": "简称", "起": 2024}},
        "市大数据局": {"数据局": {"类": "简称", "止": 2023}},
    }
    roster = roster_of(table, "a")
    assert [line.unit for line in roster.named("数据局", date(2022, 1, 1))] == ["市大数据局"]
    assert [line.unit for line in roster.named("数据局", date(2025, 1, 1))] == ["市数据局"]
    assert len(roster.named("数据局")) == 2


def test_rosters_of_two_files_become_one() -> None:
    one = roster_of({"市财政局": {"财局": "简称"}}, "a")
    both = one.with_(roster_of({"市财政局": {"市府钱袋": "简称"}, "市教育局": {}}, "b"))
    assert set(both.units) == {"市财政局", "市教育局"}
    assert {alias.words for alias in both.names_of("市财政局")} == {"市财政局", "财局", "市府钱袋"}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"市财政局": "财局"}, "市财政局"),
        ({"市财政局": {"财局": 3}}, "财局"),
        ({"市财政局": {"财局": {"类": "小名"}}}, "小名"),
        ({"市财政局": {"财局": {"年": 3}}}, "年"),
        ({"市财政局": {"财局": {"起": "去年"}}}, "去年"),
        ({"市财政局": {"财局": {"起": True}}}, "财局"),
        ({"市财政局": {"财局": {"起": "2019-02-30"}}}, "2019-02-30"),
        ({"市财政局": {"财局": {"起": 2020, "止": 2019}}}, "晚于"),
        ({"市财政局": {" ": "简称"}}, "空"),
        ({" ": {}}, "没有写单位名称"),
        ({"地方": 3}, "地方"),
    ],
)
def test_a_line_that_cannot_be_used_is_told(table: dict[str, object], told: str) -> None:
    with pytest.raises(RosterError, match=told):
        roster_of(table, "a")
