"""Questions as clerks type them: loose, short, polite, mistyped. The table says which rows of which paper answer."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from handlers import handle
from handlers.message import Outcome
from knowledge.ledger import Ledger
from knowledge.model import Message, Turn
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from tests.handlers.clerks import office

ROOT = Path(__file__).resolve().parents[2]


@cache
def filed() -> Register:
    return office()


def ask(
    paper: str, text: str, *earlier: str, today: date = date(2025, 3, 3), role: str = "staff", unit: str | None = None
) -> Outcome:
    """Say `text` in a conversation bound to `paper` (empty: to none); earlier turns are written `我：…` and `它：…`."""
    turns = tuple(Turn(line[2:], by_bot=line.startswith("它")) for line in earlier)
    message = Message(text, scope=(paper,) if paper else None, turns=turns, role=role, unit=unit)
    now = datetime(today.year, today.month, today.day, 9, tzinfo=SHANGHAI)
    return handle(message, filed(), Ledger(), now, WorkCalendar())


def numbers(outcome: Outcome) -> list[str]:
    assert outcome.answer is not None
    rows = (filed().assignment(id) for id in outcome.answer.assignments)
    return [(row.number or "正文") for row in rows if row]


def table(lines: str) -> list[tuple[str, str, list[str]]]:
    """`paper | question | numbers`, one a line."""
    rows = [line.split("|") for line in lines.strip().splitlines()]
    return [(paper.strip(), text.strip(), right.split()) for paper, text, right in rows]


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 民政局今年揽了哪些活 | 6 7
    plan | 财政局手头有几件事 | 3 6
    plan | 住建局名下的任务列个单子 | 4 7
    plan | 跟教育局沾边的是哪几条 | 8
    plan | 统计局有活儿没 | 1
    plan | 商务局牵头的 | 1
    plan | 哪几项要市林业局配合 | 2
    plan | 给体育局派了什么任务 | 8
    plan | 水利局负责些啥 | 5
    plan | 工信局都参与哪些 | 3
    plan | 交通局跟住建局各牵头什么 | 4 7
    plan | 民生保障里头归民政局管的有哪些 | 6 7
    plan | 您好，我是市水利局刚调来的小林，想请您帮忙看看跟我们局有关的任务有哪几项 | 5
    plan | 民政局牽頭的任務 | 6
    plan | 9月10号到期的谁牵头 | 4
    ledger | 5月1号前的那几项是谁的 | 1.2 2.3 3.2
    plan | minzhengju qiantou naxie renwu | 6
    deeds | 实事里面县卫健局要协办的是哪几件 | 1
    deeds | 城关街道要落实啥 | 2
    deeds | 市监局在实事里头有份没 | 3
    ledger | 城管局主办了几项 | 2.2 2.3
    ledger | 投促中心手上压着几件 | 1.1 1.2
    rectify | 区住建局要整改几条 | 1-1 1-2
    rectify | 老港街道摊上哪些整改 | 1-1
    slips | 教育局承办了哪几件 | 4
    slips | 城管局协办的有哪些 | 3
    deeds | 融媒体协办哪件 | 4
    plan | 教育局和体育局共同配合的 | 8
    plan | 民政局配合住建局的是哪条 | 7
    plan | 交警支队 | 4
    slips | 总共有啥给编办协办的 | 1
    """),
)
def test_all_that_a_unit_has_to_do_is_asked_for_in_many_words(paper: str, text: str, right: list[str]) -> None:
    assert sorted(numbers(ask(paper, text))) == sorted(right)


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        ("plan", "民政局有多少干部"),
        ("plan", "水利局有几台抽水泵"),
        ("plan", "财政局收哪些费"),
        ("plan", "公安局抓了几个人"),
        ("plan", "教育局在几楼"),
        ("deeds", "水利局局长是谁"),
    ],
)
def test_what_a_unit_has_beside_its_assignments_is_not_answered_with_them(paper: str, text: str) -> None:
    assert numbers(ask(paper, text)) == []


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    ledger | 城区更新表的第3项 | 2.3
    ledger | 改革事项里第2个是什么 | 3.2
    ledger | 招商引资那块第1条谁主办 | 1.1
    ledger | 第二张表最后一项 | 2.3
    plan | “三、民生保障”里头第二条讲的啥 | 7
    plan | 第二部分第1条什么时候完 | 4
    plan | 第三件任务是啥 | 3
    plan | 5项6项分别谁牵头 | 5 6
    rectify | 1-2说的什么 | 1-2
    rectify | 2-1责任单位 | 2-1
    slips | DB-103谁承办 | 3
    slips | db-104协办单位 | 4
    slips | 102号件什么时候到期 | 2
    ledger | 绿地部分有哪些 | 2.2 2.3
    plan | 交通水利这一块几条 | 4 5
    slips | 领导批示的事项有几件 | 2 3
    deeds | 第三件是啥 | 3
    plan | 没写完成时限的是哪条 | 9
    rectify | 雨污混接那个问题几条措施 | 1-1 1-2
    plan | 4和7项谁牵头 | 4 7
    ledger | 一件事啥时候上线 | 3.1
    plan | 最后三项是什么 | 7 8 9
    plan | 4到6项都是啥 | 4 5 6
    slips | DB-102和DB-104分别归谁 | 2 4
    plan | 危房改造 跟 社区食堂 分别谁牵头 | 7 6
    slips | 第56号建议谁承办 | 4
    slips | 建议56号谁承办 | 4
    ledger | 表二第2项主办的是谁 | 2.2
    ledger | 断头路第一条什么时候通 | 2.1
    plan | 跟林业局和科技局都有关的是哪条 | 2
    plan | 涉及老人的是哪几条 | 6
    """),
)
def test_a_number_a_code_or_a_heading_finds_its_rows(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_a_number_that_starts_again_on_each_sheet_means_all_of_them() -> None:
    assert numbers(ask("ledger", "第2项是什么")) == ["1.2", "2.2", "3.2"]


def test_a_count_says_how_many_stand_under_a_heading() -> None:
    outcome = ask("plan", "民生保障部分有几项")
    assert outcome.answer is not None
    assert outcome.answer.count == 4
    assert outcome.text.startswith("“三、民生保障”部分共4项")


@pytest.mark.parametrize(
    ("paper", "text", "units"),
    [
        ("deeds", "饮水管网 属地落实的是哪些乡镇", "白石镇、清溪乡"),
        ("deeds", "老街路灯谁主责", "县城市管理局"),
        ("deeds", "午餐配送协办的是哪家", "县市场监督管理局"),
        ("ledger", "柳荫路断头路主办是谁", "区城建公司"),
        ("slips", "二中门口堵车 协办单位", "市教育局、市城市管理局"),
        ("slips", "锦绣苑燃气管归哪家承办", "市住房和城乡建设局"),
        ("plan", "社区食堂除了民政局还拉了哪两家", "市财政局、市卫生健康委员会"),
        ("plan", "南津大桥给交通局打配合的有谁", "市公安局交警支队、市住房和城乡建设局"),
        ("plan", "竹制品检测中心是谁在抓", "市市场监督管理局"),
        ("plan", "危房改造哪家扛", "市住房和城乡建设局"),
        ("plan", "水库除险加固是应急局牵头对吧", "市水利局"),
        ("plan", "社区食忙谁千头", "市民政局"),
        ("plan", "社区食堂 民政局之外还有谁", "市财政局、市卫生健康委员会"),
        ("plan", "水库除险归水利局吗", "市水利局"),
        ("plan", "南津大桥 住建局是牵头还是配合", "市交通运输局"),
    ],
)
def test_roles_are_asked_for_in_the_documents_own_words(paper: str, text: str, units: str) -> None:
    answer = ask(paper, text).answer
    assert answer is not None
    assert set(answer.units) == set(units.split("、"))


def test_a_short_name_of_a_thing_is_found_where_nothing_else_is_near() -> None:
    assert numbers(ask("plan", "残运会谁办")) == ["8"]
    assert numbers(ask("plan", "残运会定在几月")) == ["8"]


def test_two_subjects_with_one_question_are_answered_one_by_one() -> None:
    answer = ask("plan", "危房改造、社区食堂分别谁牵头").answer
    assert answer is not None
    assert set(answer.units) == {"市住房和城乡建设局", "市民政局"}


@pytest.mark.parametrize(
    ("paper", "text", "words"),
    [
        ("plan", "监督员要聘多少人，都聘什么人", "80名"),
        ("plan", "水库要加固几座", "6座"),
        ("plan", "渠道清淤多长", "31公里"),
        ("plan", "规上服务业企业新增几家", "24家"),
        ("plan", "服务业增加值要增长多少", "7.2%"),
        ("plan", "社区食堂建几个", "15个"),
        ("plan", "危房要改多少户", "420户"),
        ("deeds", "水表换多少块", "3600块"),
        ("deeds", "路灯装几盏", "640盏"),
        ("rectify", "混接点要改几处", "143处"),
        ("rectify", "老港片区管网要排查多长", "27公里"),
        ("deeds", "公益放映要放多少场", "1200场"),
        ("deeds", "饮水管道要铺多长", "58公里"),
        ("ledger", "口袋绿地多少个", "12处"),
        ("ledger", "断头路打通几条", "3条"),
        ("ledger", "卫生机构分级培训要多少天内启动", "60日"),
    ],
)
def test_a_figure_is_quoted_out_of_the_assignment(paper: str, text: str, words: str) -> None:
    outcome = ask(paper, text)
    assert numbers(outcome)
    assert words in outcome.text


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        ("plan", "去年新增了几家规上服务业企业"),
        ("plan", "社区食堂一顿饭多少钱"),
        ("plan", "社区食堂开在哪条街"),
        ("plan", "竹制品检测怎么收费"),
        ("plan", "运动会门票多少钱"),
        ("plan", "危房改造一户补多少"),
        ("plan", "监督员现在都有谁"),
        ("plan", "技改奖补怎么申请"),
        ("plan", "检测中心请的哪家公司"),
        ("plan", "要加固的是哪6座水库"),
        ("plan", "南津大桥桥墩多深"),
        ("deeds", "水费涨不涨"),
        ("deeds", "今晚我们村放什么电影"),
        ("slips", "56号建议是哪位代表提的"),
        ("slips", "锦绣苑的业主电话多少"),
        ("rectify", "督察组组长是谁"),
        ("ledger", "滨河步道几点关灯"),
        ("plan", "垃圾焚烧谁牵头"),
        ("plan", "社区食堂的菜合格吗"),
        ("plan", "南津大桥去年出过事没有"),
        ("plan", "大桥加固会不会封路"),
        ("plan", "残运会要停水多久"),
        ("plan", "社区食堂开在哪些地方"),
        ("plan", "监督员需要什么证"),
        ("plan", "上个月检测中心查出几起"),
        ("slips", "拥堵治理能不能换个队"),
        ("deeds", "路灯是谁家的"),
        ("deeds", "水表中标的是哪家"),
        ("rectify", "防尘网要罚钱吗"),
        ("plan", "社区食堂在什么位置"),
        ("plan", "大桥加固施工队是谁"),
        ("ledger", "滨河步道多长"),
        ("deeds", "公益放映的片单"),
        ("plan", "社区食堂周日开不开"),
        ("plan", "监督员要当几年"),
        ("plan", "残疾人运动会哪天开幕式彩排开演"),
        ("plan", "农村危房改造强制吗"),
        ("plan", "残疾人运动会门票"),
        ("plan", "监督员换什么"),
        ("plan", "检测中心有哪家设备商"),
        ("deeds", "安装的路灯几年一检"),
        ("deeds", "公益放映打到哪张卡"),
        ("ledger", "招商图谱卡不卡"),
        ("slips", "燃气管道老化被谁看到"),
        ("plan", "水库除险加固方案谁来批"),
        ("plan", "社区食堂承包商谁挑的"),
        ("plan", "监督员请的是谁"),
        ("plan", "残疾人运动会评上的有哪几家"),
        ("deeds", "公益放映放的是什么片子"),
        ("plan", "社区食堂押金最低多少"),
    ],
)
def test_another_aspect_of_a_known_subject_is_not_answered_with_it(paper: str, text: str) -> None:
    assert numbers(ask(paper, text)) == []


@pytest.mark.parametrize(
    ("paper", "text", "dates"),
    [
        ("plan", "南津大桥修好是定的几号", {"2025-09-10"}),
        ("ledger", "一件事集成办理分几批上 各到哪天", {"2025-05-31", "2025-10-31"}),
        ("ledger", "柳荫路什么时候打通", {"2025-09-30"}),
        ("rectify", "防尘网最晚装到哪天", {"2025-06-15"}),
        ("deeds", "水管延伸最晚几月完工", {"2025-09-30"}),
        ("plan", "检测中心建成时间", {"2025-09-30"}),
        ("slips", "DB-101哪天前要反馈", {"2025-08-20"}),
        ("plan", "城管局的事啥时候完", set()),
        ("plan", "商务局的事什么时候到期", {"2025-12-31"}),
    ],
)
def test_until_when_is_asked_in_many_words(paper: str, text: str, dates: set[str]) -> None:
    answer = ask(paper, text).answer
    assert answer is not None
    assert answer.answered
    assert set(answer.dates) == dates


def test_everybodys_duty_to_report_is_found_without_a_subject() -> None:
    assert numbers(ask("plan", "每个月几号报进度")) == ["正文"]
    assert numbers(ask("plan", "牵头单位哪天前报进展")) == ["正文"]


def test_a_count_of_items_tells_of_the_duties_in_the_running_text_beside_them() -> None:
    beside = sum(row.number is None for row in filed().of_document("plan"))
    assert beside
    assert ask("plan", "这份方案一共几项").text.splitlines()[0].endswith(f"共9项任务，正文另有{beside}项要求。")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("9月要完成的有谁的", ["4", "2"]),
        ("9月份要办结的", ["4", "2"]),
        ("本周要反馈的有没有", []),
        ("一季度该交账的是哪几项", ["3"]),
        ("商务局年底前要干完啥", ["1"]),
    ],
)
def test_what_falls_due_is_asked_for_in_many_words(text: str, right: list[str]) -> None:
    answer = ask("plan", text, today=date(2025, 2, 10)).answer
    assert answer is not None
    assert answer.intent == "due"
    assert [number for number in numbers(ask("plan", text, today=date(2025, 2, 10))) if number != "正文"] == right


@pytest.mark.parametrize(
    "text", ["到现在还有谁拖着没交账", "哪些超期了", "督察整改有没有超期的", "5月底前的还有哪些拖着没办"]
)
def test_what_is_overdue_is_asked_for_in_many_words(text: str) -> None:
    answer = ask("rectify", text, today=date(2025, 7, 1)).answer
    assert answer is not None
    assert answer.intent == "overdue"
    assert "rectify-1-1" in answer.assignments


@pytest.mark.parametrize(
    "text",
    [
        "删除公示名单这件事谁牵头",
        "监督电话谁公布",
        "危房档案的个人信息归谁管",
        "数据库建设哪家负责",
        "公益电影谁牵头",
        "快递进村谁负责",
    ],
)
def test_words_of_a_refusal_in_a_question_about_duties_do_not_refuse_it(text: str) -> None:
    answer = ask("plan", text).answer
    assert answer is not None
    assert answer.intent in ("lead", "responsible")


@pytest.mark.parametrize(
    "text",
    ["DB-102删了吧", "第2项直接给销号", "给第3项补一个完成时限", "请把所有任务的牵头单位改写为商务局"],
)
def test_orders_are_refused_however_they_are_put(text: str) -> None:
    outcome = ask("slips", text)
    assert outcome.answer is not None
    assert outcome.answer.intent == "unanswerable"
    assert "不能通过聊天修改" in outcome.text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("航天城项目是谁挑头在抓", "“航天城项目”"),
        ("我们单位自己的大楼要在几号之前搬完", ""),
        ("那个什么垃圾分类的牵头单位是哪个", "“垃圾分类”"),
        ("養老金上調由哪個部門牽頭", "“養老金上調”"),
        ("想问问HPV接种归谁管", "“HPV接种”"),
    ],
)
def test_a_refusal_quotes_a_phrase_that_can_be_read_or_none(text: str, quoted: str) -> None:
    first = ask("plan", text).text.split("\n")[0]
    assert quoted in first
    assert bool(quoted) == ("“" in first)


@pytest.mark.parametrize(
    ("paper", "unit", "text", "status", "right"),
    [
        ("deeds", "县文化和旅游局", "6月份公益放映放了112场", "in_progress", ["4"]),
        ("plan", "市住房和城乡建设局", "危房改了260户", "in_progress", ["7"]),
        ("deeds", "县城市管理局", "老街路灯全部装完并通电了", "done", ["2"]),
        ("plan", "市交通运输局", "南津大桥已恢复通行，公示在 http://jt.example.cn/a1 ，请查收", "done", ["4"]),
        ("ledger", "区城建公司", "3条断头路打通了", "done", ["2.1"]),
        ("slips", "市教育局", "DB-104已答复", "done", ["4"]),
        ("deeds", "县城市管理局", "老街路灯装了320盏 一半", "in_progress", ["2"]),
        ("ledger", "区城建公司", "柳荫路断头路已打通1条，其余2条在建", "in_progress", ["2.1"]),
        ("plan", "市水利局", "水库头两座已经加固好", "in_progress", ["5"]),
        ("plan", "市民政局", "社区食堂选址困难，需要市里协调", "problem", ["6"]),
        ("plan", "市民政局", "社区食堂全部开业", "done", ["6"]),
        ("plan", "市市场监督管理局", "检测中心设备调试中", "in_progress", ["2"]),
        ("plan", "市水利局", "小型水库已加固6座中的4座，70%", "in_progress", ["5"]),
        ("plan", "市交通运输局", "南津大桥加固完成到九成，正式办结", "done", ["4"]),
    ],
)
def test_reports_are_heard_in_loose_words(paper: str, unit: str, text: str, status: str, right: list[str]) -> None:
    outcome = ask(paper, text, role="liaison", unit=unit, today=date(2025, 7, 1))
    assert numbers(outcome) == right
    assert [entry.details["status"] for entry in outcome.entries] == [status]


def test_the_link_behind_a_label_belongs_to_what_was_reported() -> None:
    outcome = ask(
        "plan",
        "技改奖补全部兑现，公示地址 http://cz.example.cn/g7.html",
        role="liaison",
        unit="市财政局",
        today=date(2025, 4, 2),
    )
    assert [entry.details["url"] for entry in outcome.entries] == ["http://cz.example.cn/g7.html"]


def test_a_paper_says_when_it_was_issued_however_it_is_asked() -> None:
    answer = ask("", "临溪那个重点任务台账啥时候印的").answer
    assert answer is not None
    assert answer.dates == ("2025-01-20",)


def test_a_subject_that_is_not_the_units_says_whose_it_is() -> None:
    outcome = ask("plan", "教育局在水库除险加固上要做什么")
    assert numbers(outcome) == []
    assert "市水利局" in outcome.text


def test_the_next_of_a_list_is_asked_for_in_detail() -> None:
    told = ask("plan", "民政局有哪些任务").text
    assert numbers(ask("plan", "第二个呢，讲细点", "我：民政局有哪些任务", f"它：{told}")) == ["7"]


def test_a_row_of_the_list_above_and_a_role_of_it_are_meant_again() -> None:
    told = ask("plan", "住建局有哪些任务").text
    before = ("我：住建局有哪些任务", f"它：{told}")
    assert numbers(ask("plan", "上面第2条谁配合", *before)) == ["7"]
    assert numbers(ask("plan", "牵头的呢", *before)) == ["7"]


# One of every kind: a list, a count, the spread, a topic, a paraphrase, a menu, a place, what is overdue, due, a summary.
SAID = (
    *(
        "民政局手头几件事",
        "民生保障部分有几项",
        "牵头最多的是哪个局",
        "南津大桥谁牵头",
        "大桥啥时候能走",
        "改造",
        "公园",
    ),
    *(
        "北京的方案",
        "哪些超期了",
        "9月底前到期的",
        "本周汇总",
        "有哪些文件",
        "跟老人有关的是哪几项",
        "shei qiantou weifang",
    ),
)


def test_the_same_question_gives_the_same_bytes() -> None:
    """In one process and in others, whatever order their sets and dictionaries take."""
    told = "".join(ask(paper, text).text for paper in ("", "plan") for text in SAID)
    script = "import sys; from tests.handlers.test_clerks import SAID, ask; " + (
        "sys.stdout.buffer.write(''.join(ask(p, t).text for p in ('', 'plan') for t in SAID).encode())"
    )
    apart = {**os.environ, "PYTHONHASHSEED": "1"}
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=apart, capture_output=True)
    assert run.stdout.decode() == told, run.stderr.decode()


def test_words_beside_a_number_that_only_mean_the_like_of_a_heading_do_not_count_under_it() -> None:
    assert numbers(ask("plan", "交通水利第1项谁负责")) == ["4"]
    assert numbers(ask("plan", "第1项老百姓的事谁负责")) == ["1"]


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 危房谁领着治 | 7
    plan | 危房谁给改改 | 7
    plan | 食堂谁说了算 | 6
    plan | 你好我是新来的想问下残疾人运动会这个事情是谁负责然后什么时候办 | 8
    plan | 嗯那个水库除险加固谁负责 | 5
    plan | gmxq谁牵头 |
    plan | cjrydh谁牵头 | 8
    plan | zfw谁牵头 |
    deeds | czj配合的有哪些 | 1
    deeds | wlj牵头的有哪些 | 4
    """),
)
def test_asked_in_spoken_words_and_by_initials(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right


def test_what_is_done_on_a_phone_is_no_number_of_a_person() -> None:
    assert "联系方式" not in ask("plan", "老人手机上就能办的是哪项").text
    refused = ask("plan", "负责危房改造的人手机多少").answer
    assert refused is not None
    assert refused.intent == "unanswerable"


@pytest.mark.parametrize(
    ("paper", "text", "right"),
    table("""
    plan | 住建局的列表给我 | 4 7
    plan | 公安局交警支队还有哪些 | 4
    ledger | 9月30号答复的有几个 | 2.1
    """),
)
def test_lists_asked_for_in_few_words(paper: str, text: str, right: list[str]) -> None:
    assert numbers(ask(paper, text)) == right
