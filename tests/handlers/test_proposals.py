"""Proposals are asked for by their own numbers, by who put them forward, and by what else their rows say."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import handle
from handlers.message import Answer
from knowledge.ledger import Ledger
from knowledge.model import Message, Turn
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.reading.reading import Reading
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.knowledge.parsing.test_tables import table, title

NOW = datetime(2025, 4, 7, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def register() -> Register:
    proposals = table(
        "序号|提案号|提案人|案由|主办单位|会办单位|分办单位|办结时限|备注",
        "1|008|柏舟|关于修缮月亮桥步道的提案|市城管局|市财政局、市水利局||6月20日前|重点督办件",
        "2|015|民进芦城市委会|关于推广共享菜园的提案|市农业农村局|市商务局||7月31日前|",
        "3|021|纪晚晴|关于整治校门口乱停车的提案|||市公安局、市教育局、市城管局|7月31日前|",
        "4|034|卫青岚、柏舟|关于设置骑手驿站的提案|市商务局|市城管局||9月30日前|重点督办件",
        "5|040|秋以南|关于规范店招的提案|市城管局|||9月30日前|",
    )
    return Register().filed(
        parse(Reading("xlsx", (title("芦城市2025年政协提案办理分解表"), *proposals)), "x", "0" * 64)
    )[0]


@pytest.fixture(scope="module")
def projects() -> Register:
    rows = table(
        "序号|项目名称|总投资（万元）|2025年计划投资（万元）|联系电话|责任单位|完成时限",
        "1|月亮桥改建|3200|1800|0000-1|市住建局|年底前",
        "2|芦苇荡湿地修复|960|960|0000-2|市林业局|10月底前",
    )
    return Register().filed(parse(Reading("xlsx", (title("芦城市2025年重点项目表"), *rows)), "x", "0" * 64))[0]


def ask(register: Register, text: str, *turns: Turn) -> tuple[Answer, str]:
    told = handle(Message(text, turns=turns), register, Ledger(), NOW, WorkCalendar())
    assert told.answer is not None
    return told.answer, told.text


def numbers(register: Register, answer: Answer) -> list[str]:
    return [str(one.number) for key in answer.assignments if (one := register.assignment(key))]


@pytest.mark.parametrize(
    ("question", "item", "units"),
    [
        ("15号提案主办单位是哪家", "15", ("市农业农村局",)),
        ("第8号提案谁主办", "8", ("市城管局",)),
        ("提案34号由谁会办", "34", ("市城管局",)),
        ("21号提案分给哪几家办", "21", ("市公安局", "市教育局", "市城管局")),
        ("纪晚晴委员的提案由哪些单位分办", "21", ("市公安局", "市教育局", "市城管局")),
        ("秋以南提的提案主办单位是谁", "40", ("市城管局",)),
        ("民进芦城市委会提的那件提案谁主办", "15", ("市农业农村局",)),
    ],
)
def test_a_proposal_is_found_by_its_number_and_by_who_put_it_forward(
    register: Register, question: str, item: str, units: tuple[str, ...]
) -> None:
    answer, _ = ask(register, question)
    assert numbers(register, answer) == [item]
    assert answer.units == units


def test_all_that_somebody_put_forward_is_listed(register: Register) -> None:
    answer, told = ask(register, "柏舟提了哪几件提案")
    assert numbers(register, answer) == ["8", "34"]
    assert told.startswith("“柏舟”部分共2项")


def test_who_put_a_proposal_forward_is_told_from_its_row(register: Register) -> None:
    answer, told = ask(register, "骑手驿站的提案是谁提的")
    assert numbers(register, answer) == ["34"]
    assert told.startswith("提案人：卫青岚、柏舟。")


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("分办件有哪些", ["3"]),
        ("重点督办件是哪几件", ["1", "4"]),
        ("没有会办单位的主办件有哪些", ["5"]),
        ("由一个单位单独主办、没有会办单位的有哪些", ["5"]),
        ("市城管局会办哪些提案", ["4"]),
        ("市城管局涉及哪些提案", ["1", "3", "4", "5"]),
        ("6月底前要办结的重点督办件", ["1"]),
    ],
)
def test_proposals_are_listed_by_how_they_are_dealt_with(register: Register, question: str, items: list[str]) -> None:
    answer, _ = ask(register, question)
    assert [register.assignment(key).printed_number for key in answer.assignments] == [  # type: ignore[union-attr]
        {"1": "008", "2": "015", "3": "021", "4": "034", "5": "040"}[item] for item in items
    ]


def test_how_many_a_unit_leads_is_counted_among_proposals(register: Register) -> None:
    assert ask(register, "市城管局主办了几件提案")[0].count == 2
    assert ask(register, "分办件一共几件")[0].count == 1


def test_when_somebodys_proposal_is_to_be_answered_is_its_deadline(register: Register) -> None:
    answer, _ = ask(register, "秋以南委员的提案什么时候答复")
    assert numbers(register, answer) == ["40"]
    assert answer.dates == ("2025-09-30",)


def test_who_put_most_proposals_forward_is_counted(register: Register) -> None:
    assert ask(register, "谁提的提案最多")[1].startswith("提得最多的是柏舟，2件。")


def test_a_number_that_no_proposal_has_is_said_to_be_nowhere(register: Register) -> None:
    answer, _ = ask(register, "99号提案谁主办")
    assert not answer.answered


def test_an_amount_in_a_column_of_its_own_is_told(projects: Register) -> None:
    answer, told = ask(projects, "月亮桥改建总投资多少万元")
    assert numbers(projects, answer) == ["1"]
    assert told.startswith("总投资（万元）：3200。")


def test_what_is_to_be_spent_this_year_is_not_taken_for_the_whole(projects: Register) -> None:
    assert ask(projects, "月亮桥改建今年计划投资多少")[1].startswith("2025年计划投资（万元）：1800。")
    assert ask(projects, "月亮桥改建今年投资多少")[1].startswith("2025年计划投资（万元）：1800。")
    for other in ("月亮桥改建去年投资多少", "月亮桥改建2027年投资多少"):
        assert not ask(projects, other)[0].answered


def test_the_highest_figure_of_a_column_is_looked_for_and_never_guessed(projects: Register) -> None:
    answer, told = ask(projects, "总投资最大的项目是哪个")
    assert numbers(projects, answer) == ["1"]
    assert told.startswith("写了总投资（万元）的2项里，最高的是3200：")
    assert numbers(projects, ask(projects, "总投资最少的是哪个")[0]) == ["2"]


def test_an_amount_is_told_of_what_was_talked_of_last(projects: Register) -> None:
    before = (Turn("月亮桥改建谁负责"), Turn("第1项由市住建局负责。", by_bot=True))
    assert ask(projects, "总投资多少", *before)[1].startswith("总投资（万元）：3200。")


def test_how_somebody_is_reached_is_not_kept_beside_an_assignment(projects: Register) -> None:
    assert [told.head for told in projects.assignments[0].particulars] == ["总投资（万元）", "2025年计划投资（万元）"]
    assert not ask(projects, "月亮桥改建联系电话多少")[0].answered


def test_who_put_a_proposal_forward_is_read_from_labels_too_and_whoever_complained_is_not() -> None:
    text = """芦城市政协提案交办清单
芦城市人民政府办公室
2025年4月2日
1.关于修缮月亮桥步道的提案（提案人：柏舟；主办单位：市城管局；会办单位：市财政局）
2.关于推广共享菜园的提案（提案人：纪晚晴；主办单位：市农业农村局；会办单位：市商务局）
"""
    listed = Register().filed(parse(read(text.encode(), "a.txt"), "a.txt", "0" * 64))[0]
    assert numbers(listed, ask(listed, "纪晚晴委员的提案谁主办")[0]) == ["2"]
    assert ask(listed, "月亮桥步道的提案是谁提的")[1].startswith("提案人：柏舟。")
    rows = table(
        "序号|投诉事项|投诉人|责任人|责任单位|完成时限",
        "1|楼下夜间噪声|温酒|冷月|市城管局|6月底前",
        "2|路灯不亮|白鹿|秋池|市住建局|5月底前",
    )
    plan = Register().filed(parse(Reading("xlsx", (title("芦城市2025年投诉办理表"), *rows)), "x", "0" * 64))[0]
    assert [one.particulars for one in plan.assignments] == [(), ()]
