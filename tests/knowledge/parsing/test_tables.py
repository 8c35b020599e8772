"""Tables as offices hand them on, each in a few rows: what is read from them, one line a row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from knowledge.model import Block, Cell, Draft, Place, Role
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.reading.reading import Reading


def table(*rows: str, at: Place | None = None, number: int = 1) -> list[Block]:
    """Rows whose cells are parted by |; ^ is merged with the cell above, < with the one on its left."""
    at, grid, out = at or Place(), list[list[Cell]](), list[Block]()
    for r, row in enumerate(rows, 1):
        cells: list[Cell] = []
        for c, text in enumerate(row.split("|"), 1):
            place = Place(sheet=at.sheet, page=at.page, table=number, row=r, column=c)
            over = grid[-1][c - 1] if text == "^" else cells[-1] if text == "<" else None
            cells.append(Cell(over.text, place, over.merged_from or over.place) if over else Cell(text, place))
        grid.append(cells)
        out.append(Block("", Place(sheet=at.sheet, page=at.page, table=number, row=r), tuple(cells), number))
    return out


def said(*blocks: Block | Sequence[Block], kind: str = "xlsx") -> list[str]:
    whole = [one for block in blocks for one in ([block] if isinstance(block, Block) else block)]
    return shown(parse(Reading(kind, tuple(whole)), "x", "0" * 64))


def shown(draft: Draft) -> list[str]:
    """Text, lead, responsible, cooperating, time and doubts of each assignment, then what was left unread."""
    out = []
    for one in draft.assignments:
        names = (" ".join(one.units(role)) or "-" for role in (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING))
        when = next((d.text for d in one.deadlines if not d.inner), "-")
        codes = sorted({d.code for d in one.doubts} - {"deadline"})
        out.append("|".join((one.text, *names, when, *codes)))
    return out + [f"未读 {passage.text}" for passage in draft.document.unread]


def title(text: str, at: Place | None = None) -> Block:
    return Block(text, at or Place(paragraph=1))


def test_sheets_named_by_units_give_their_tables_to_these_units() -> None:
    sheets = [
        [title(f"{unit}2024年度重点任务清单", Place(sheet=unit)), *table(*rows, at=Place(sheet=unit), number=n)]
        for n, (unit, rows) in enumerate(
            {
                "县甲木局": ("序号|重点任务|完成时限|配合单位", "1|修编城区绿地规划|6月底前|县财政局"),
                "县水利局": ("序号|重点任务|完成时限|配合单位", "1|加固小型水库五座|年底前|"),
            }.items(),
            1,
        )
    ]
    assert said(*sheets) == [
        "修编城区绿地规划|-|县甲木局|县财政局|6月底前",
        "加固小型水库五座|-|县水利局|-|年底前",
    ]


def test_a_row_with_nothing_but_helpers_is_doubted() -> None:
    rows = table("序号|任务|牵头单位|配合单位", "1|清理河道垃圾|县水利局|县城管局", "2|疏浚老城沟渠||县城管局")
    assert said(title("云平县2024年水环境整治任务清单"), rows)[1] == "疏浚老城沟渠|-|-|县城管局|-|no-units"


def test_counts_of_a_group_and_rosters_of_duty_are_no_assignments() -> None:
    rows = table(
        "序号|项目名称|总投资（万元）|责任单位|竣工时间",
        "|合计（2个）|5200||",
        "一|产业项目（1个）|3000||",
        "1|冷链物流园|3000|县商务局|2024年10月",
        "二|基础设施项目（1个）|2200||",
        "2|城北水厂扩建|2200|县水利局|2024年12月",
    )
    roster = table("日期|带班领导|值班人员|电话", "6月1日|王某|李某、赵某|2356001", number=2)
    found = said(title("云平县2024年重点项目清单"), rows, roster)
    assert [line.split("|")[0] for line in found if not line.startswith("未读")] == ["冷链物流园", "城北水厂扩建"]
    assert found[-1] == "未读 6月1日\t王某\t李某、赵某\t2356001"


def test_columns_printed_on_further_pages_come_back_to_their_rows() -> None:
    one, two, three, four = (Place(page=n) for n in (1, 2, 3, 4))
    heads, others = "序号|工作任务|具体措施", "牵头单位|配合单位|完成时限"
    down_then_over = (
        table(heads, "1|护源|设置标牌", at=one),
        table("2|治黑臭|清淤截污", at=two),
        table(others, "市甲木局|市水务局|8月底", at=three, number=2),
        table("市住建局||11月底", at=four, number=2),
    )
    over_then_down = (down_then_over[0], down_then_over[2], down_then_over[1], down_then_over[3])
    read = [
        "护源：设置标牌|市甲木局|-|市水务局|8月底|columns-overleaf",
        "治黑臭：清淤截污|市住建局|-|-|11月底|columns-overleaf",
    ]
    assert said(*down_then_over, kind="pdf") == read
    assert sorted(said(*over_then_down, kind="pdf")) == sorted(read)
    assert "未读 市住建局\t11月底" not in said(*down_then_over[:2], kind="pdf")


def test_pasted_cells_in_quotation_marks_and_signatures_below_a_table_keep_apart() -> None:
    pasted = '云平县普法任务分工\n序号\t任务\t牵头单位\t责任单位\t时限\n1\t开展案卷评查\t县司法局\t"县教育局\n县城管局"\t10月底前\n2\t推行"一张清单"\t县司法局\t/\t年底前\n'
    upright = "云平县消防任务清单\n\n序号\n任务\n牵头单位\n完成时限\n1\n排查小场所\n县消防大队\n6月底前\n2\n完善应急预案\n县应急局\n汛期前\n\n云平县安全生产委员会办公室\n2024年3月12日\n"
    found = [
        shown(parse(read(text.encode(), "x.txt"), "x", hashlib.sha256(b"").hexdigest())) for text in (pasted, upright)
    ]
    assert found[0] == ["开展案卷评查|县司法局|县教育局 县城管局|-|10月底前", '推行"一张清单"|县司法局|-|-|年底前']
    assert found[1] == ["排查小场所|县消防大队|-|-|6月底前", "完善应急预案|县应急局|-|-|汛期前"]


def test_committee_and_government_of_one_place_share_its_name() -> None:
    rows = table("序号|任务|责任单位", "1|封堵排污口|临青县委、县政府", "2|整治散乱污企业|市委、市政府督查室")
    assert [line.split("|")[2] for line in said(title("江岭市整改清单"), rows)] == [
        "临青县委 临青县政府",
        "市委、市政府督查室",
    ]


def test_a_section_says_in_its_bracket_who_leads_all_below_it() -> None:
    rows = table(
        "序号|目标任务|责任单位|完成时限",
        "一、经济发展（牵头领导：刘某；牵头单位：县甲木局）|<|<|<",
        "1|增长六个点|县甲木局、县统计局|12月底",
        "二、乡村振兴（县农业农村局牵头）|<|<|<",
        "2|发展林果一万亩|县林业局、各乡镇|全年",
    )
    assert said(title("云平县2025年目标任务分解表"), rows) == [
        "增长六个点|县甲木局|县统计局|-|12月底",
        "发展林果一万亩|县农业农村局|县林业局 各乡镇|-|全年",
    ]
    chain = Block("链主企业：云驰汽车。牵头单位：市工信局", Place(paragraph=2))
    rows = table("序号|工作任务|配合单位|时限", "1|组织对接会两场|市商务局|6月底")
    assert said(title("云平市产业链工作清单"), chain, rows) == ["组织对接会两场|市工信局|-|市商务局|6月底"]


def test_persons_and_their_posts_behind_units_are_left_out() -> None:
    rows = table(
        "序号|重点工作|责任单位及责任人|完成时限",
        "1|改造老旧管网|县住建局 李某\n县热力公司 王某|10月15日前",
        "2|建设数字平台|县农业农村局局长 陈某；县大数据中心主任 孙某|9月底前",
    )
    assert [line.split("|")[2] for line in said(title("云平县2025年责任清单"), rows)] == [
        "县住建局 县热力公司",
        "县农业农村局 县大数据中心",
    ]


def test_levels_in_heads_keep_the_role_beside_them() -> None:
    rows = table(
        "序号|工作要求|责任单位|<|<|完成时间",
        "^|^|市级牵头|市级配合|县级|^",
        "1|修复矿山|市甲木局|市林草局|各县政府|11月",
    )
    assert said(title("云平市2025年重点工作责任分工表"), rows) == ["修复矿山|市甲木局|各县政府|市林草局|11月"]


def test_a_list_of_problems_beside_a_list_of_tasks_is_no_list_of_tasks() -> None:
    problems = table("序号|问题|问题来源", "1|收费不规范|企业反映")
    tasks = table("序号|整改任务|牵头单位|完成时限", "1|公布收费目录|县甲木局|5月底前", number=2)
    found = said(title("云平县整治工作清单"), problems, tasks)
    assert found == ["公布收费目录|县甲木局|-|-|5月底前", "未读 1\t收费不规范\t企业反映"]


def test_long_codes_and_days_of_receipt_are_neither_text_nor_time() -> None:
    rows = table("编号|受理日期|诉求内容|承办单位|办结期限", "2025031201|3月12日|水压不足|区住建局|3月22日")
    assert said(title("云平区2025年工单交办单"), rows) == ["水压不足|-|区住建局|-|3月22日"]
    export = table(
        "ID|任务名称|主责部门|创建时间|截止时间", "101|更新信息|信息公开科|2025-03-01 09:12|2025-03-05 18:00"
    )
    assert said(title("云平区2025年任务"), export) == ["更新信息|信息公开科|-|-|2025-03-05"]


def test_a_column_of_demands_that_only_says_when_gives_the_time() -> None:
    rows = table(
        "序|事项|主办|要求",
        "1|修订考勤制度|人事处|5月20日前提交党组会",
        "2|清查固定资产|财务处、各片区|年底前",
        "3|核减车辆|机关处|6月底前完成",
    )
    assert said(title("会议纪要任务跟踪"), rows, kind="markdown")[:2] == [
        "修订考勤制度|人事处|-|-|5月20日前提交党组会",
        "清查固定资产|财务处 各片区|-|-|年底前",
    ]


def test_a_column_of_shares_is_the_work_and_parties_under_a_role_word_are_parties() -> None:
    rows = table(
        "任务|序号|责任分工|责任单位|完成时限",
        "春耕备耕|1|做好种子、化肥储备调运|县甲木局、县供销联社|4月15日前",
        "^|2|投放春耕贷款三亿元|县金融服务中心|^",
    )
    assert [line.split("|")[:3] for line in said(title("云平县2025年春季任务分工表"), rows)] == [
        ["做好种子、化肥储备调运", "-", "县甲木局 县供销联社"],
        ["投放春耕贷款三亿元", "-", "县金融服务中心"],
    ]
    teams = table(
        "序号|工作事项|牵头部门|责任团场（单位）",
        "1|整治连队环境|师市住建局|121团、133团",
        "2|建设质量追溯|师市甲木局|各团场",
    )
    assert [line.split("|")[2] for line in said(title("石湖市2025年任务分解表"), teams)] == ["121团 133团", "各团场"]


def test_a_table_drawn_with_characters_is_a_table() -> None:
    drawn = """丹河县文旅融合重点任务
┌──┬──────┬────┬──────┬───┐
│序号│工作任务    │牵头单位│配合单位    │时限  │
├──┼──────┼────┼──────┼───┤
│1   │创建度假区  │县文旅局│县甲木局、  │年底前│
│    │和精品民宿  │        │县住建局    │      │
├──┼──────┼────┼──────┼───┤
│2   │改造景区公路│县交通局│县公安局    │9月底 │
└──┴──────┴────┴──────┴───┘
"""
    ascii = "+----+--------+--------+------+\n| 序号 | 任务 | 责任单位 | 时限 |\n+----+--------+--------+------+\n| 1 | 修桥两座 | 县交通局 | 5月 |\n| 2 | 补栽行道树 | 县林业局 | 3月 |\n+----+--------+--------+------+\n"
    found = [shown(parse(read(text.encode(), "x.txt"), "x", "0" * 64)) for text in (drawn, ascii)]
    assert found == [
        ["创建度假区和精品民宿|县文旅局|-|县甲木局 县住建局|年底前", "改造景区公路|县交通局|-|县公安局|9月底"],
        ["修桥两座|-|县交通局|-|5月", "补栽行道树|-|县林业局|-|3月"],
    ]


def test_two_words_for_roles_make_a_header_and_members_alone_have_the_work() -> None:
    chains = table(
        "产业链|链长|牵头单位|成员单位|2025年目标|链主企业",
        "氢能|市长 周某|市甲木局|市发改委、空管站|建成加氢站五座|蓝焰科技",
    )
    assert said(title("云平市重点产业链责任分工表"), chains) == ["建成加氢站五座|市甲木局|-|市发改委 空管站|-"]
    members = table("成员单位|主要职责", "区应急局|组织事故调查处理。", "各街道办事处|负责辖区人员转移安置。")
    signed = table("审核：王某|填表：李某|日期：2025年3月20日", number=2)
    assert said(title("启江区防汛指挥部成员单位职责分工"), members, signed) == [
        "组织事故调查处理。|-|区应急局|-|-",
        "负责辖区人员转移安置。|-|各街道办事处|-|-",
        "未读 审核：王某\t填表：李某\t日期：2025年3月20日",
    ]


def test_provincial_groups_elide_their_province_and_a_zone_below_a_collective_is_a_unit() -> None:
    rows = table("序号|任务|责任单位", "1|建设枢纽|省交通厅、铁路集团", "2|竣工项目十个|各街镇\n经济开发区")
    assert [line.split("|")[2] for line in said(title("湖江省2025年任务分工表"), rows)] == [
        "省交通厅 省铁路集团",
        "各街镇 经济开发区",
    ]


def test_a_firm_that_is_looked_after_has_no_duty_and_counted_heads_are_heads() -> None:
    served = table(
        "序号|包保企业|解决措施|包保部门|责任部门|解决时限", "1|长白矿泉水公司|纳入养护计划|县商务局|县交通局|9月底"
    )
    assert said(title("抚江县2025年企业问题台账"), served) == ["纳入养护计划|-|县商务局 县交通局|-|9月底"]
    counted = table(
        "编号|事项|牵头单位|协同单位1|协同单位2|启动|完成", "ZD-01|优化许可|省科技厅|省公安厅|省外事办|2025-03|2025-09"
    )
    assert said(title("琼湾省2025年事项清单"), counted) == ["优化许可|省科技厅|-|省公安厅 省外事办|2025-09"]


def test_a_sentence_below_a_table_sets_the_time_of_all_its_rows() -> None:
    rows = table("序号|任务|牵头单位", "1|排查遗留问题|市甲木局")
    people = table("单位|联络员|职务|电话", "市甲木局|贺某|科长|3034455", number=2)
    below = Block("以上任务均于2025年11月底前完成，每月5日前报送进展。", Place(paragraph=2))
    assert said(title("源江市2025年治理任务表"), rows, below, people, kind="docx") == [
        "排查遗留问题|市甲木局|-|-|2025年11月底前|deadline-inherited",
        "未读 市甲木局\t贺某\t科长\t3034455",
    ]


def test_counted_cards_are_one_matter_each_and_the_number_of_a_page_is_no_cell() -> None:
    cards = table(
        "任务1|推进简办改革|<|<", "牵头单位|市审批局|配合单位|市司法局", "完成时限|6月底|分管领导|熊某",
        "任务2|开展减证行动|<|<", "牵头单位|市司法局|配合单位|各县区", "完成时限|9月底|分管领导|熊某",
    )  # fmt: skip
    assert said(title("庐口市2025年改革任务卡"), cards, kind="html") == [
        "推进简办改革|市审批局|-|市司法局|6月底",
        "开展减证行动|市司法局|-|各县区|9月底",
    ]
    pages = "北麓县整改任务表\n序号\t整改措施\t责任单位\t整改时限\n1\t关停自备井\t县水利局\t2025年5月\n— 1 —\n序号\t整改措施\t责任单位\t整改时限\n2\t清运渣土\t县住建局\t2025年6月\n— 2 —\n"
    assert shown(parse(read(pages.encode(), "x.txt"), "x", "0" * 64)) == [
        "关停自备井|-|县水利局|-|2025年5月",
        "清运渣土|-|县住建局|-|2025年6月",
    ]


def test_roles_in_cells_of_their_own_and_labels_behind_units_are_heard() -> None:
    apart = table(
        "序号|整治任务|责任单位|<|完成时间",
        "1|拆除违建|牵头|区甲木局|6月底",
        "^|^|配合|区规划局、各街道|^",
        "2|取缔马路市场|牵头|区商务局|5月底",
    )
    assert said(title("海棠区2025年整治任务表"), apart, kind="html") == [
        "拆除违建|区甲木局|-|区规划局 各街道|6月底",
        "取缔马路市场|区商务局|-|-|5月底",
    ]
    behind = table(
        "序号|重点任务|责任单位",
        "1|编制规划|市甲木局\n配合：市发改委、各区政府",
        "2|延包试点|市农业农村局（配合：石桥县政府）",
    )
    assert said(title("滦源市2025年改革任务表"), behind) == [
        "编制规划|-|市甲木局|市发改委 各区政府|-",
        "延包试点|-|市农业农村局|石桥县政府|-",
    ]
    spaced = table("序号|任务|责任单位", "1|改造市场|城关镇 县市场监管局")
    assert said(title("云平县2025年任务表"), spaced) == ["改造市场|-|城关镇 县市场监管局|-|-"]


def test_a_month_in_front_holds_for_the_blank_cells_below_it_and_levels_head_units() -> None:
    months = table("月份|重点工作|牵头单位", "1月|召开年度会议|市委办", "|发放救助金|市民政局", "2月|组织植树|市林草局")
    assert said(title("沙湖市2025年工作日历"), months) == [
        "召开年度会议|市委办|-|-|1月",
        "发放救助金|市民政局|-|-|1月|cell-merged",
        "组织植树|市林草局|-|-|2月",
    ]
    levels = table(
        "序号|任务|市级部门|区级部门|完成节点",
        "1|加装电梯|市住建委|各区房管局|2025年12月",
        "2|新增食堂|市民政局|各区民政局|11月",
    )
    assert [line.split("|")[2] for line in said(title("申江市2025年任务分解"), levels)] == [
        "市住建委 各区房管局",
        "市民政局 各区民政局",
    ]
    codes = table(
        "编码|任务名称|责任单位编码|责任单位名称|协办单位名称",
        "RW01|发布普查数据|A012|市统计局|市发改委",
        "RW02|规范复议|A007|市司法局|",
    )
    assert said(title("云平市2025年任务表"), codes) == ["发布普查数据|-|市统计局|市发改委|-", "规范复议|-|市司法局|-|-"]


def test_offices_head_columns() -> None:
    offices = table(
        "#|任务|责任处|配合处|截止日期|状态",
        "1、|扫描馆藏|技术处|保管处|2025-08-31|进行中",
        "2、|编研史料|编研处|—|2025-11-15|未开始",
    )
    assert said(title("2025年档案馆建设任务"), offices, kind="markdown") == [
        "扫描馆藏|-|技术处|保管处|2025-08-31",
        "编研史料|-|编研处|-|2025-11-15",
    ]


def test_the_last_government_of_a_list_lends_its_ending_to_the_places_before_it() -> None:
    rows = table("序号|任务|责任单位", "1|新建水厂|市水利局、龙潭县、凤山县政府", "2|整治河道|高新区、凤山县政府")
    assert [line.split("|")[2] for line in said(title("玉泉市2025年任务表"), rows)] == [
        "市水利局 龙潭县政府 凤山县政府",
        "高新区 凤山县政府",
    ]
    dashed = [
        Block(text, Place(line=n))
        for n, text in enumerate(
            ("1. 开展检查——区应急局牵头，各街道配合（1月20日前）", "2. 保障供应——区商务局（1月底前）"), 2
        )
    ]
    assert said(title("海湾区2025年重点工作安排"), dashed, kind="text") == [
        "开展检查|区应急局|-|各街道|1月20日前",
        "保障供应|-|区商务局|-|1月底前|dash-units",
    ]


def test_fields_and_those_who_watch_are_neither_parties_nor_the_work() -> None:
    fields = table(
        "责任领域|序号|具体任务|牵头|协同",
        "数字政府|1|推进扩容|大数据中心|财政局",
        "^|2|建设会议系统|大数据中心|政府办",
    )
    assert said(title("新城区2025年改革任务表"), fields) == [
        "推进扩容|大数据中心|-|财政局|-",
        "建设会议系统|大数据中心|-|政府办|-",
    ]
    watched = table(
        "序号|专项任务|责任单位|责任人|督办单位",
        "1|治理欺凌|县教体局、县公安局|黄某|县政府督查室",
        "2|整治黑车|县交通局|谢某|县政府督查室",
    )
    assert said(title("清河县2025年专项整治清单"), watched) == [
        "治理欺凌|-|县教体局 县公安局|-|-",
        "整治黑车|-|县交通局|-|-",
    ]


def test_heads_that_name_a_trade_before_the_role_make_a_header() -> None:
    rows = table(
        "河流|障碍物|清障责任单位|河道主管单位|所属乡镇|限期", "清水河|违建房三处|水口镇政府|县水利局|水口镇|5月15日"
    )
    assert said(title("丰水县2025年清障任务表"), rows) == ["违建房三处|-|水口镇政府 县水利局|-|5月15日"]
    helped = table("改革事项|主抓单位|协抓单位|完成时限|进度（%）", "宅基地改革|县甲木局|县规划局|10月底|40")
    assert said(title("云阳县2025年改革台账"), helped) == ["宅基地改革|县甲木局|-|县规划局|10月底"]
