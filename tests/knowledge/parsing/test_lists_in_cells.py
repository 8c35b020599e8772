"""Tables whose cells hold lists: several measures, units and times in one cell, rows that only head those below."""

from __future__ import annotations

from knowledge.parsing import parse
from knowledge.reading.reading import Reading
from tests.knowledge.parsing.test_tables import said, table, title


def test_measures_with_a_bracket_each_are_assignments_of_their_own() -> None:
    measures = table(
        "序号|改革事项|主要举措及分工",
        "1|深化配置|1.制定规则（市甲木局）\n2.推行承诺制。（市规划局牵头）（市财政局配合）",
        "2|优化服务|设立资金（市财政局）",
    )
    assert said(title("鹿湾市2025年改革项目清单"), measures) == [
        "深化配置：制定规则|-|市甲木局|-|-",
        "深化配置：推行承诺制|市规划局|-|市财政局|-",
        "优化服务：设立资金|-|市财政局|-|-",
    ]


def test_measures_units_and_times_counted_side_by_side_go_together() -> None:
    counted = table(
        "序号|重点任务|具体措施|责任单位|完成时限",
        "1|治理扬尘|1.围挡工地。\n2.机扫道路。|1.县甲木局\n2.县城管局|1.5月底前\n2.6月底前",
        "2|治理燃煤|1.淘汰锅炉。\n2.抽检煤质。|县环保局、各镇\n县市场监管局|年底前",
    )
    assert said(title("鹿湾县2025年治气清单"), counted) == [
        "治理扬尘：围挡工地。|-|县甲木局|-|5月底前",
        "治理扬尘：机扫道路。|-|县城管局|-|6月底前",
        "治理燃煤：1.淘汰锅炉。2.抽检煤质。|-|县环保局 各镇 县市场监管局|-|年底前|unit-share",
    ]


def test_a_number_before_one_cell_across_the_table_heads_the_rows_below() -> None:
    counted = table(
        "编号|任务|牵头单位|完成时限",
        "1|健全机制|<|<",
        "1.1|划分网格|县委政法委|6月底",
        "2|强化服务|<|<",
        "2.1|编制清单|县司法局|8月底",
    )
    assert said(title("鹿湾县2025年治理清单"), counted) == [
        "划分网格|县委政法委|-|-|6月底",
        "编制清单|县司法局|-|-|8月底",
    ]


def test_a_number_with_nothing_but_a_name_heads_what_is_counted_below_it() -> None:
    counted = table(
        "编号|任务|牵头单位|完成时限",
        "1|健全机制||",
        "1.1|划分网格|县委政法委|6月底",
        "2|强化服务||",
        "|（1）编制清单|县司法局|8月底",
        "|（2）开放窗口|县司法局|9月底",
        "3|查漏补缺||",
    )
    assert said(title("鹿湾县2025年治理清单"), counted) == [
        "划分网格|县委政法委|-|-|6月底",
        "（1）编制清单|县司法局|-|-|8月底",
        "（2）开放窗口|县司法局|-|-|9月底",
        "查漏补缺|-|-|-|-|no-units",
    ]


def test_the_person_who_asked_is_not_what_is_asked() -> None:
    asked = table(
        "编号|标题|建议人|主办单位|会办单位",
        "第1号|更新电梯的建议|丁某|市住建局|市财政局",
        "第2号|运营食堂的建议|马某|市民政局|",
    )
    assert said(title("2025年建议办理表"), asked) == [
        "更新电梯的建议|市住建局|-|市财政局|-",
        "运营食堂的建议|市民政局|-|-|-",
    ]
    odd = table(
        "编号|所求何事|工作|主办单位", "1|请求修补村口的水泥路面|甲|县交通局", "2|请求查看欠发的补助款项|乙|县民政局"
    )
    assert [line.split("|")[0] for line in said(odd)] == ["请求修补村口的水泥路面：甲", "请求查看欠发的补助款项：乙"]


def test_a_remark_says_what_stands_before_and_behind_a_semicolon_in_the_cells() -> None:
    parted = table(
        "序号|任务|责任单位",
        "1|编制事项目录|市政府办；市司法局",
        "2|清理文件|市司法局、市法院；各县区",
        "3|宣讲法律|市司法局",
    )
    note = title("（责任单位栏中，分号前为牵头单位，分号后为配合单位）")
    assert said(title("鹿湾市2025年任务分工"), note, parted) == [
        "编制事项目录|市政府办|-|市司法局|-",
        "清理文件|市司法局 市法院|-|各县区|-",
        "宣讲法律|-|市司法局|-|-",
    ]


def test_a_sentence_below_a_table_gives_its_rows_a_lead_by_their_numbers() -> None:
    rows = table(
        "序号|任务|责任单位|时限", "1|免疫|县畜牧站|4月底前", "2|消毒|县畜牧站、各镇|5月底前", "3|监测|县林业局|常年"
    )
    below = title("以上第1、2项由县农业局牵头，其余各项由责任单位自行组织，县农业局督促。")
    assert said(title("鹿湾县2025年防疫任务表"), rows, below) == [
        "免疫|县农业局|县畜牧站|-|4月底前",
        "消毒|县农业局|县畜牧站 各镇|-|5月底前",
        "监测|-|县林业局|-|常年",
    ]


def test_remarks_that_change_a_row_and_figures_that_may_be_cut_are_asked_about() -> None:
    changed = table(
        "序号|任务|牵头单位|完成时限|备注",
        "1|整合热线|市政务局|2025年6月底|牵头单位调整为市信访局",
        "2|推广证照|市数据局|2025年7月底|延期至9月底",
        "3|升级大厅|市政务局|2025年5月底|已完成",
    )
    assert [line.split("|")[5:] for line in said(changed)] == [["cell-unread"], ["cell-unread"], []]
    cut = table("序号|事项|责任单位|完成时间", "1|清理账目|县农经站|2025.6", "2|规范合同|县司法局|2025.1")
    months = table("序号|事项|责任单位|完成月份", "1|清理账目|县农经站|3", "2|规范合同|县司法局|11", number=2)
    drafts = parse(Reading("xlsx", (*cut, *months)), "x", "0" * 64).assignments
    assert [[doubt.words for doubt in one.doubts if doubt.alternatives] for one in drafts] == [[], ["2025.1"], [], []]
    assert [one.deadlines[0].text for one in drafts] == ["2025.6", "2025.1", "3月", "11月"]


def test_what_falls_to_each_unit_of_a_cell_is_told_apart_from_its_name() -> None:
    told = table(
        "序号|任务|责任分工|时限",
        "1|保密|县教育局牵头，县公安局负责押运，县保密局负责检查|6月",
        "2|供电|县教育局牵头，县公安局、县电力公司配合|6月",
    )
    assert said(title("鹿湾县2025年考务分工"), told) == [
        "保密|县教育局|县公安局 县保密局|-|6月|unit-act",
        "供电|县教育局|-|县公安局 县电力公司|6月",
    ]


def test_labels_behind_the_words_of_a_cell_say_who_does_it_where_no_column_does() -> None:
    labelled = table(
        "序号|任务内容",
        "1|走访企业，每季度一次。\n牵头单位：县委办\n配合单位：县工商联\n完成时限：3月底前",
        "2|公布政策（含图解）。\n责任单位：县发改局",
    )
    assert said(title("鹿湾县2025年助企清单"), labelled) == [
        "走访企业，每季度一次。|县委办|-|县工商联|3月底前",
        "公布政策（含图解）。|-|县发改局|-|-",
    ]


def test_units_and_times_on_as_many_lines_as_there_are_measures_go_with_them() -> None:
    lines = table(
        "序号|任务|举措|责任单位|时限", "1|提质|1.改造街区。\n2.公示投诉。|县商务局、县城管局\n县消保委|8月底前\n每月"
    )
    assert said(title("鹿湾县2025年清单"), lines) == [
        "提质：改造街区。|-|县商务局 县城管局|-|8月底前",
        "提质：公示投诉。|-|县消保委|-|每月",
    ]


def test_a_note_gives_a_time_to_the_rows_that_have_none() -> None:
    rows = table("序号|任务|责任单位|完成时限", "1|修补路面|各镇|", "2|安装标牌|县交通局|7月底（已完成6块）")
    assert said(title("鹿湾县2025年养护表"), rows, title("注：未注明完成时限的任务，均须于11月底前完成。")) == [
        "修补路面|-|各镇|-|11月底前|deadline-inherited",
        "安装标牌|-|县交通局|-|7月底",
    ]


def test_a_column_of_work_and_who_does_it_holds_the_work() -> None:
    both = table(
        "序号|重点方向|主要任务及责任单位",
        "1|物流|1.建设分拨中心。（县交通局）\n2.开通冷链专线。（县商务局牵头，县财政局配合）",
        "2|商贸|3.改造商贸中心。（县商务局）",
    )
    assert said(title("鹿湾县2025年服务业分工"), both) == [
        "建设分拨中心|-|县交通局|-|-",
        "开通冷链专线|县商务局|-|县财政局|-",
        "3.改造商贸中心|-|县商务局|-|-",
    ]
