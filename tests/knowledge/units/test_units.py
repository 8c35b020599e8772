"""Which units a sentence names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.normal import plain
from knowledge.register import Register
from knowledge.units import How, Mention, UnitBook, without_mentions
from tests.knowledge.offices import both, city, printing
from tests.knowledge.rosters import with_roster


def said(text: str, *printed: str) -> list[Mention]:
    return UnitBook.of(printing(*printed)).mentions(text)


def means(text: str, *printed: str) -> tuple[str, ...]:
    (mention,) = said(text, *printed)
    return mention.units


@pytest.mark.parametrize(
    ("short", "printed"),
    [
        ("财政局", "市财政局"),
        ("发改委", "市发展和改革委员会"),
        ("发改局", "市发展改革委"),
        ("人社局", "市人力资源和社会保障局"),
        ("住建局", "市住房城乡建设局"),
        ("自规局", "市自然资源和规划局"),
        ("政数局", "市政务服务和数据管理局"),
        ("教体局", "市教育体育局"),
        ("文广新局", "市文化广电新闻出版局"),
        ("国资委", "市国有资产监督管理委员会"),
        ("市府办", "云溪市人民政府办公室"),
        ("团市委", "共青团云溪市委"),
        ("人行", "人民银行云溪中心支行"),
        ("公积金中心", "市住房公积金管理中心"),
        ("税务局", "国家税务总局云溪市税务局"),
        ("政务公开办", "市政务公开领导小组办公室"),
        ("市委编办", "市编办"),
        ("建委", "市住房和城乡建设委员会"),
    ],
)
def test_a_short_form_means_the_printed_name(short: str, printed: str) -> None:
    assert means(f"{short}要做什么", printed, "市审计局") == (printed,)


@pytest.mark.parametrize("asked", ["濛水海关", "蒙水海关", "濛水海關"])
def test_a_name_is_found_in_whichever_characters_it_is_asked_for(asked: str) -> None:
    assert means(f"{asked}要做什么", "濛水海关", "市审计局") == ("濛水海关",)


@pytest.mark.parametrize(
    ("said_name", "printed"),
    [
        ("环保局", "市生态环境局"),
        ("国土局", "市自然资源局"),
        ("卫计委", "市卫生健康委"),
        ("安监局", "市应急管理局"),
        ("法制办", "市司法局"),
        ("地税局", "市税务局"),
        ("扶贫办", "市乡村振兴局"),
        ("食药监局", "市市场监督管理局"),
        ("生态环境局", "市环境保护局"),
        ("卫健委", "市卫生计生委"),
        ("农业农村局", "市农牧局"),
        ("粮食局", "市商务和粮食局"),
        ("旅游局", "市文体旅游广电局"),
    ],
)
def test_a_former_later_or_merged_name_means_it_too(said_name: str, printed: str) -> None:
    assert means(f"{said_name}有哪些任务", printed, "市审计局") == (printed,)


def test_one_new_bureau_can_mean_all_the_old_ones() -> None:
    assert set(means("市场监管局管啥", "市工商局", "市质监局", "市食品药品监督管理局", "市财政局")) == {
        "市工商局",
        "市质监局",
        "市食品药品监督管理局",
    }


def test_an_old_bureau_does_not_become_its_sister_through_their_successor() -> None:
    assert means("工商局管啥", "市质监局") == ()


def test_a_change_of_name_is_told_with_its_year() -> None:
    (mention,) = said("环保局要干什么", "市生态环境局")
    rename = mention.matches[0].rename
    assert (mention.how, rename and rename.year) == (How.FORMER, 2018)


def test_two_spellings_of_one_unit_are_both_meant() -> None:
    assert set(means("卫健委牵头啥", "市卫健委", "市卫生健康委")) == {"市卫健委", "市卫生健康委"}


def test_a_section_of_an_office_is_found_by_its_own_name() -> None:
    (mention,) = said("督查室负责什么", "市政府办公室督查室", "市政府办公室")
    assert mention.units == ("市政府办公室督查室",)
    assert means("政府办管啥", "市政府办公室督查室", "市政府办公室") == ("市政府办公室",)


@pytest.mark.parametrize("typed", ["旅又局的工作", "lvyouju guan shenme", "lüyou ju de gongzuo", "旅遊局的工作"])
def test_errors_of_typing_are_forgiven(typed: str) -> None:
    assert means(typed, "市旅游局", "市审计局") == ("市旅游局",)


def test_one_wrong_character_in_a_long_name_is_forgiven() -> None:
    (mention,) = said("发展政革委管什么", "市发展改革委")
    assert mention.how is How.TYPO


@pytest.mark.parametrize("stranger", ["地震局", "数据局", "征收办", "统战部"])
def test_a_unit_no_document_names_comes_back_without_a_printed_name(stranger: str) -> None:
    (mention,) = said(f"{stranger}要做什么", "市财政局")
    assert (mention.words, mention.units, mention.how) == (stranger, (), How.UNKNOWN)


@pytest.mark.parametrize("foreign", ["上海市财政局", "上海财政局", "省财政厅", "县财政局"])
def test_another_places_unit_is_never_taken_for_ours(foreign: str) -> None:
    (mention,) = said(f"{foreign}要做什么", "市财政局")
    assert (mention.units, mention.how) == ((), How.ELSEWHERE)


def test_our_own_place_may_stand_before_the_name() -> None:
    assert means("云溪市财政局要做什么", "市财政局") == ("市财政局",)
    assert means("云溪财政局要做什么", "市财政局") == ("市财政局",)


def test_of_two_cities_the_named_one_is_meant() -> None:
    register = both(printing("市环保局", locality="云溪市"), printing("市生态环境局", locality="松陵市"))
    book = UnitBook.of(register)
    (mention,) = book.mentions("松陵环保局要干什么")
    assert (mention.units, mention.place) == (("市生态环境局",), "松陵")
    assert set(book.mentions("环保局要干什么")[0].units) == {"市环保局", "市生态环境局"}


@pytest.mark.parametrize(
    "text",
    [
        "扶贫项目谁牵头",
        "人大代表建议办理结果",
        "结局如何",
        "全市办事公开",
        "应急处置信息",
        "一网通办谁牵头",
        "怎么办",
        "公积金怎么贷款",
    ],
)
def test_a_topic_is_not_taken_for_a_unit(text: str) -> None:
    assert said(text, "市人民银行", "市应急管理局", "市住房公积金管理中心", "市扶贫办") == []


def test_several_units_in_one_sentence_are_all_found_in_order() -> None:
    mentions = said("民政局、残联和发改各管什么", "市民政局", "市残联", "市发改委")
    assert [mention.units[0] for mention in mentions] == ["市民政局", "市残联", "市发改委"]


def test_names_of_the_offices_own_making_are_learnt_from_its_documents() -> None:
    printed = ("市交通运输和港航局", "云溪职业技术学院", "云溪高新技术产业开发区管理委员会")
    assert means("交通局管啥", *printed) == (printed[0],)
    assert means("职业学院管啥", *printed) == (printed[1],)
    assert means("高新区管委会管啥", *printed) == (printed[2],)


def test_collectives_are_known_and_cover_their_kind() -> None:
    printed = ("市财政局", "市直各有关部门", "各县（市、区）人民政府", "各企事业单位")
    book = UnitBook.of(printing(*printed))
    assert [name for name in printed if book.is_collective(name)] == list(printed[1:])
    assert book.collectives_of("市财政局") == ("市直各有关部门",)
    assert book.collectives_of("河东区人民政府") == ("各县（市、区）人民政府",)
    assert book.collectives_of("云溪职业学院") == ("各企事业单位",)


@pytest.mark.parametrize(
    "name",
    [
        "市政府各部门",
        "市级各部门",
        "各县（区）人民政府",
        "各行委",
        "各有关部门和单位",
        "各镇（街）",
        "市直有关部门、单位",
        "26个试点领域业务主管部门",
        "26个部门",
        "区县政府",
        "属地政府",
        "中省驻市单位",
        "各园区",
        "牵头单位",
        "承办部门",
    ],
)
def test_a_name_for_many_is_a_collective(name: str) -> None:
    assert UnitBook.is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "市财政局",
        "市政府办公室",
        "市公共资源交易中心",
        "云溪学院",
        "市商务和粮食局",
        "市直机关工委",
        "市属企业服务中心",
        "各界人士联合会",
    ],
)
def test_a_name_for_one_is_none(name: str) -> None:
    assert not UnitBook.is_collective(name)


def test_mentions_can_be_taken_out_of_the_text() -> None:
    text = "财政局的扶贫资金"
    assert without_mentions(text, said(text, "市财政局")) == " 的扶贫资金"


def test_a_book_is_made_once_for_a_register() -> None:
    register: Register = city()
    assert UnitBook.of(register) is UnitBook.of(register)


SENTENCES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="市县财政局教育体委办和、上海云溪谁牵头caizhengju 的各部门", max_size=30),
)


@settings(deadline=None)
@given(SENTENCES)
@example("ĀĀ局办")
def test_mentions_of_any_text_stand_in_it_apart_and_in_order(text: str) -> None:
    mentions = UnitBook.of(city()).mentions(text)
    assert mentions == UnitBook.of(city()).mentions(text)
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    assert all(plain(text)[mention.start : mention.end] == mention.words for mention in mentions)
    assert all(0 < match.confidence <= 1 for mention in mentions for match in mention.matches)


@pytest.mark.parametrize("slip", ["交通运书局", "交运通输局", "生态环境管局"])
def test_one_slip_of_the_pen_in_a_long_name_is_forgiven(slip: str) -> None:
    printed = "市交通运输局" if slip.startswith("交") else "市生态环境局"
    assert means(f"{slip}牵头哪些", printed, "市审计局") == (printed,)


def test_a_slip_that_fits_two_names_means_neither() -> None:
    assert all(not m.units for m in said("城市管天局牵头哪些", "市城市管理局", "市城市管家局"))


def over_years(*editions: tuple[int, tuple[str, ...]], town: str = "云溪市") -> Register:
    """A register of one town's documents, each of a year and printing its units."""
    register = both(*(printing(*units, locality=town) for _, units in editions))
    documents = tuple(
        replace(document, issued=date(year, 3, 1), year=year)
        for document, (year, _) in zip(register.documents, editions, strict=True)
    )
    return replace(register, documents=documents)


def asked(register: Register, text: str, roster: str = "") -> tuple[str, ...]:
    (mention,) = UnitBook.of(register, with_roster(roster) if roster else None).mentions(text)
    return mention.units


PLANS = over_years(
    (2017, ("市国土资源局", "市旅游局", "市文化局")), (2026, ("市自然资源和规划局", "市文化广电和旅游局"))
)


@pytest.mark.parametrize(
    ("said_name", "printed"),
    [
        ("国土局", ("市国土资源局", "市自然资源和规划局")),
        ("自然资源局", ("市自然资源和规划局", "市国土资源局")),
        ("旅游局", ("市旅游局", "市文化广电和旅游局")),
        ("文化和旅游局", ("市文化广电和旅游局", "市旅游局", "市文化局")),
    ],
)
def test_documents_of_other_years_are_found_under_the_name_of_their_time(
    said_name: str, printed: tuple[str, ...]
) -> None:
    assert set(asked(PLANS, f"{said_name}牵头哪些")) == set(printed)


def test_a_document_that_prints_the_unit_itself_means_no_other() -> None:
    register = over_years((2018, ("市工商局", "市市场监督管理局")))
    assert asked(register, "工商局牵头哪些") == ("市工商局",)


ROSTER = """
[名册.县教育和科学技术局]
教科局 = { 类 = "简称" }
小教局 = { 类 = "简称" }
县教育局 = { 类 = "曾用名", 止 = 2019 }
[名册.县财政局]
发改委 = { 类 = "简称" }
"""


def test_the_offices_roster_leads_to_what_the_documents_print() -> None:
    register = over_years((2017, ("县教育局", "县发展和改革局")), (2026, ("县教育科技局", "县财政局")), town="云溪县")
    assert set(asked(register, "小教局管啥", ROSTER)) == {"县教育局", "县教育科技局"}
    assert set(asked(register, "县教育和科学技术局管啥", ROSTER)) == {"县教育局", "县教育科技局"}
    assert asked(register, "发改委管啥", ROSTER) == ("县财政局",)
    assert asked(register, "发改委管啥") == ("县发展和改革局",)


def test_a_unit_of_the_roster_that_no_document_prints_is_told_as_unknown() -> None:
    (mention,) = UnitBook.of(printing("县水利局", locality="云溪县"), with_roster(ROSTER)).mentions("小教局管啥")
    assert (mention.units, mention.how) == ((), How.UNKNOWN)


@pytest.mark.parametrize(
    ("sign", "host"), [("政府新闻办", "市委宣传部"), ("安委办", "市应急管理局"), ("农办", "市农业农村局")]
)
def test_a_sign_leads_to_the_unit_on_whose_door_it_hangs(sign: str, host: str) -> None:
    (mention,) = said(f"{sign}牵头哪些", host, "市审计局")
    assert (mention.units, mention.how) == ((host,), How.SIGN)
    assert mention.confidence < 0.75


def test_a_centre_is_no_sign_on_a_bureaus_door() -> None:
    assert means("未成年人保护中心谁牵头建", "县民政局", "县审计局") == ()


@pytest.mark.parametrize("national", ["国家发改委", "教育部", "国务院扶贫办", "财政厅"])
def test_a_higher_levels_unit_is_never_ours(national: str) -> None:
    (mention,) = said(f"{national}有什么要求", "市发展和改革委员会", "市教育局", "市扶贫办", "市财政局")
    assert (mention.units, mention.how) == ((), How.ELSEWHERE)


def test_a_field_alone_is_the_unit_where_the_list_of_its_work_is_asked_for() -> None:
    printed = ("州林业和草原局", "州水利局")
    for text in (
        "林草牵头的任务有哪些",
        "林草牵头的任务列一下",
        "林草负责的工作",
        "林草参与的发我",
        "林草牵头的有哪些",
    ):
        assert means(text, *printed) == ("州林业和草原局",), text
    for text in ("林草牵头的那条", "林草工作谁牵头", "林草资源普查的任务列一下"):
        assert not any(one.units for one in said(text, *printed)), text


def test_a_name_that_two_bodies_share_finds_both() -> None:
    printed = ("市森林草原防灭火指挥部办公室", "市消防安全委员会办公室", "市财政局")
    assert set(means("防火办要做什么", *printed)) == set(printed[:2])


def test_who_belongs_to_a_collective_is_said_by_the_roster_before_its_words() -> None:
    roster = '[名册.县财政局]\n县直单位 = "所属集合"\n[名册.县教育局]\n'
    printed = ("县财政局", "县教育局", "县委组织部", "县政府各部门", "县直单位")
    book = UnitBook.of(printing(*printed, locality="云溪县"), with_roster(roster))
    assert book.collectives_of("县财政局") == ("县政府各部门", "县直单位")
    assert book.collectives_of("县教育局") == ("县政府各部门",)
    assert book.collectives_of("县委组织部") == ()


def test_the_departments_of_a_government_are_not_the_partys() -> None:
    printed = ("市委组织部", "市妇联", "市财政局", "市政府各部门", "市委各部门", "市委、市政府各部门", "市直各部门")
    book = UnitBook.of(printing(*printed))
    assert book.collectives_of("市委组织部") == ("市委各部门", "市委、市政府各部门", "市直各部门")
    assert book.collectives_of("市财政局") == ("市政府各部门", "市委、市政府各部门", "市直各部门")
    assert "市政府各部门" not in book.collectives_of("市妇联")


def test_what_is_built_for_a_unit_is_not_that_unit() -> None:
    for text in ("县图书馆新馆盖得咋样", "县医院新院区封顶赶不上了", "实验小学新校区什么时候建成"):
        assert not said(text, "县图书馆", "县医院", "实验小学"), text
    assert said("县图书馆牵头的有哪些", "县图书馆", "县医院")
