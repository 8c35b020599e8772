"""Item numbers, asking words typed by sound, and the documents a question names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import shipped
from knowledge.model import Document
from knowledge.question.itemnumbers import asked_numbers, asked_place, number_of, without_numbers
from knowledge.question.namedunits import named_units
from knowledge.question.respelling import respelled
from knowledge.question.sayings import in_common_words
from knowledge.question.shaping import is_topic
from knowledge.question.subject import subject_of
from knowledge.question.whichdocument import named_documents, papers_asked_for, short_place, titled_by_words
from knowledge.register import Register
from tests.handlers.clerks import office
from tests.knowledge.offices import city
from tests.properties import examples


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第17项是啥", ("17",)),
        ("第四十四条", ("44",)),
        ("第一百零三项", ("103",)),
        ("第10、11项都办完了", ("10", "11")),
        ("第10项和第12项", ("10", "12")),
        ("第3到5项", ("3", "4", "5")),
        ("26号任务是哪个", ("26",)),
        ("第2.3项", ("2.3",)),
        ("最后一项", ("-1",)),
        ("倒数第二项", ("-2",)),
        ("7月31日前有几项", ()),
        ("18 24两项都办结了", ("18", "24")),
        ("18号24号都办完了", ("18", "24")),
        ("我们局18项和24项弄完了", ("18", "24")),
        ("水利局牵头3项和5项", ()),
        ("6号7号开会", ()),
        ("他们12号15号来", ()),
        ("第三季度的数字", ()),
    ],
)
def test_item_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert asked_numbers(text) == numbers


def test_a_place_in_a_list_is_no_item_number() -> None:
    assert asked_numbers("第二个呢") == ()
    assert asked_place("第二个呢") == 2
    assert asked_place("那校车呢") is None


def test_a_text_without_its_numbers() -> None:
    assert "13" not in without_numbers("第13项谁牵头")


@given(st.integers(min_value=1, max_value=9999))
def test_arabic_numbers_stay(number: int) -> None:
    assert number_of(str(number)) == str(number)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("校车安全谁千头", "校车安全谁牵头"),
        ("校车则任单位", "校车责任单位"),
        ("什么时后完成", "什么时候完成"),
        ("zen me yong", "怎么用"),
        ("xiaoche anquan shei qiantou", "xiaoche anquan 谁牵头"),
        ("shi yi yue daoqi de you na xie", "十一月到期的有哪些"),
        ("zhe fen fang an yi gong duo shao xiang", "这份方案一共多少项"),
        ("shi yue fen dao qi de you ji xiang", "十月份到期的有几项"),
        ("si yue dao qi de you na xie", "四月到期的有哪些"),
        ("xia zhou you shen me yao dao qi de", "下周有什么要到期的"),
        ("zu lin bu tie na tiao shei qian tou", "zu lin bu tie 那条谁牵头"),
        # 地 is no 的, 应管 no 是 and no 管, 水 no 谁
        ("tu di zheng yong gui shei guan", "tu di zheng yong 归谁管"),
        ("shi shui li ju qian tou na xie ren wu", "shi shui li ju 牵头哪些任务"),
        ("ying ji guan li ju fu ze shen me", "ying ji guan li ju 负责什么"),
        ("pai shui guan wang shui fu ze", "pai shui guan wang 谁负责"),
        ("nong cun yong shui shei guan", "nong cun yong shui 谁管"),
        ("pai shui de shi na jia", "pai shui 的是哪家"),
        ("qian tou de shi shui", "牵头的是谁"),
        # 气象局, 城管 and 交易公开 are no 期限, 管 and 一共
        ("qi xiang ju pei he na xie", "qi xiang ju 配合哪些"),
        ("cheng guan qian tou na xie", "cheng guan 牵头哪些"),
        ("jiao yi gong kai shei qian tou", "jiao yi 公开谁牵头"),
        ("tian jian gong cheng de fangan", "tian jian gong cheng 的方案"),
        ("zhefenfanganlimianyoujixiang", "这份方案里面有几项"),
        ("minzhengpeihederenwulieyixia", "minzheng配合的任务列一下"),
    ],
)
def test_asking_words_typed_by_sound(typed: str, meant: str) -> None:
    assert respelled(typed) == meant


@pytest.mark.parametrize("syllables", ["shi ", "you shi ", "shui ", "yi gong ", "le yao de "])
def test_a_message_of_one_syllable_over_and_over_is_read_to_its_end(syllables: str) -> None:
    written = respelled(syllables * 3000)
    assert len(written) >= 3000
    assert respelled(syllables.replace(" ", "") * 9)


@pytest.mark.parametrize(
    "text",
    [
        "每个月的数字",
        "加强预期引导",
        "见 https://example.com/zenme/yong",
        "到七月为止",
        "创建5a景区谁牵头",
        "地税牵头的有几项",
    ],
)
def test_what_is_right_stays_as_it_is(text: str) -> None:
    assert respelled(text) == text


@settings(deadline=None, max_examples=examples(60))
@given(st.text(alphabet="谁牵头责任单位什么时候abcdefgin '的了7", max_size=20))
def test_mending_twice_is_mending_once(text: str) -> None:
    assert respelled(respelled(text)) == respelled(text)


TOWN = Document("a", "青石市2024年工作要点", "a.txt", "1", locality="青石市", year=2024)
OTHER = Document("b", "青石市2025年工作要点", "b.txt", "2", locality="青石市", year=2025)
COUNTY = Document("c", "白塔县试点方案", "c.txt", "3", locality="白塔县", year=2025)
OFFICE = Register(1, (TOWN, OTHER, COUNTY), ())


def test_a_place_names_its_documents_and_a_year_chooses_among_them() -> None:
    assert named_documents("青石的校车谁牵头", OFFICE).documents == ("a", "b")
    assert named_documents("青石市2025年的校车谁牵头", OFFICE).documents == ("b",)
    assert named_documents("白塔县谁牵头", OFFICE).documents == ("c",)
    assert named_documents("校车谁牵头", OFFICE).documents is None


def test_the_name_is_no_part_of_the_subject() -> None:
    assert "白塔" not in named_documents("白塔县校车谁牵头", OFFICE).rest


def test_a_place_or_year_of_no_document_is_a_stranger() -> None:
    assert named_documents("上海市的校车谁牵头", OFFICE).stranger == "上海"
    assert named_documents("2019年的要点谁牵头", OFFICE).stranger == "2019年"
    assert named_documents("2026年底前完成哪些", OFFICE).stranger is None


def test_a_place_without_its_suffix() -> None:
    assert short_place("青石市") == "青石"
    assert short_place("泗县") == "泗县"


def test_a_part_of_a_title_names_its_document() -> None:
    named = titled_by_words("白塔县试点那个方案哪天印发的", OFFICE)
    assert named is not None
    assert named.documents == ("c",)
    assert titled_by_words("校车方案第3项", OFFICE) is None


@pytest.mark.parametrize("text", ["有没有白塔县试点的方案", "白塔县试点那个方案在不在", "白塔县试点的方案导入了没"])
def test_a_paper_is_asked_for_by_words_of_its_title(text: str) -> None:
    named = papers_asked_for(text, OFFICE)
    assert named is not None
    assert named.documents == ("c",)


@pytest.mark.parametrize("text", ["有没有校车的方案", "白塔县试点的方案谁起草", "有没有按白塔县试点的方案做"])
def test_what_is_no_title_or_asks_for_more_is_no_paper(text: str) -> None:
    assert papers_asked_for(text, OFFICE) is None


def test_an_offices_own_filler_words_are_no_subject_of_a_question() -> None:
    lexicon = replace(shipped(), fillers=shipped().fillers | {"吱呀吱呀"})
    asked = subject_of("吱呀吱呀谁牵头", replace(city(), lexicon=lexicon), date(2026, 7, 1))
    assert (asked.topics, is_topic("吱呀吱呀", lexicon), is_topic("吱呀吱呀", shipped())) == ((), False, True)


def test_a_place_only_the_office_knows_is_a_stranger_too() -> None:
    register = replace(city(), lexicon=replace(shipped(), places=frozenset({"柳溪"})))
    assert named_documents("柳溪的方案", register).stranger == "柳溪"
    assert named_documents("柳溪的方案", city()).stranger is None


def test_a_unit_is_meant_with_the_sign_it_carries_in_brackets_too() -> None:
    register = office()
    signed = "市民政局（市老龄办）"
    rows = tuple(
        replace(one, duties=tuple(replace(duty, unit=signed) if one.id == "plan-6" else duty for duty in one.duties))
        for one in register.assignments
    )
    (asked,), _ = named_units("民政局牵头的有哪些", replace(register, assignments=rows))
    assert set(asked.units) == {"市民政局", signed}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("每周开啥会", "每周开会是什么"),
        ("谁牵的头", "谁牵头的"),
        ("这事谁家管", "这事谁管"),
        ("牵头和配合各是谁", "牵头和配合单位各是谁"),
        ("除了牵头的还有配合的呢", "配合的呢"),
    ],
)
def test_spoken_ways_of_asking_are_written_as_most_people_write_them(said: str, written: str) -> None:
    assert in_common_words(said) == written
