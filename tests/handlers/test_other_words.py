"""The same asked in other words leads to the same rows: every form of a question against its first."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.test_clerks import ask, numbers

# What a unit leads, helps with, has to do.
LED = """
{u}牵头的有哪些
{u}牵头哪几项
哪些是{u}牵头的
{u}牵头的任务
{u}牵头的任务列一下
由{u}牵头的
{u}当牵头单位的
牵头单位是{u}的有哪几项
{u}打头的有哪些
{u}主抓的有哪些
{u}领衔的有啥
把{u}牵头的都列出来
{u}牵头的事项清单
我想看{u}牵头的任务
{u}作为牵头单位的任务
{u}牵头干哪些事
帮我查一下{u}牵头的
{u}牵头的一共有哪些
{u}牵头的都是什么
请列出{u}牵头的工作
{u}挑头的几项
{u}牵头啥
{u}牵头的那几条
给我{u}牵头的清单
{u}负责牵头的是哪些
有哪些任务是{u}牵头的
{u}牵头了哪些
{u}要牵头的活有哪些
{u}这次牵头什么
文件里{u}牵头的有几项，分别是啥
{u}牵头的，列全
{u}牵头的工作任务都有哪些呀
查{u}牵头
{u}牵头的发我
{u}扛头的是哪几件
""".strip().splitlines()
HELPED = """
{u}配合的有哪些
{u}配合哪几项
哪些是{u}配合的
{u}配合的任务
由{u}配合的
{u}当配合单位的有哪些
配合单位有{u}的任务
{u}配合的任务列一下
{u}配合别人的有哪些
{u}打配合的有哪些
{u}协办的有哪些
{u}配合什么
{u}要配合哪些工作
有{u}配合的是哪几项
把{u}配合的都列出来
{u}作为配合单位的任务
{u}配合了哪些
{u}需要配合的事
请列出{u}配合的工作
{u}只是配合的有哪些
{u}配合的那几条
""".strip().splitlines()
HELD = """
{u}有哪些任务
{u}的任务
{u}都有啥活
{u}要干什么
{u}手头有哪些事
{u}承担哪些任务
{u}的活儿列一下
涉及{u}的任务
和{u}有关的任务有哪些
{u}参与的有哪些
{u}名下的任务
{u}的工作有哪些
{u}今年有哪些任务
把{u}的任务都发我
{u}呢
{u}有什么任务
{u}都要做哪些
{u}的责任清单
有{u}的活吗
{u}摊上几件事
{u}的事
查一下{u}
{u}要落实哪些
""".strip().splitlines()
# Who leads a matter, and by when.
LEADER = """
{t}谁牵头
{t}是谁牵头的
{t}哪个单位牵头
{t}归谁管
{t}谁负责
{t}谁在管
{t}哪家牵头
谁牵头{t}
{t}的牵头单位是谁
{t}牵头单位
{t}这事谁牵头
{t}那个谁牵头啊
请问{t}是哪个部门负责的呢
{t}由谁来抓
{t}找哪个局
{t}该找谁
{t}哪个局的事
{t}谁主责
{t}谁挑头
想问下{t}谁牵头
{t}的责任单位是哪家
{t}是哪个部门的活
{t}归哪家
{t}谁打头
{t}由哪个单位承办
哪个部门牵头搞{t}
{t}哪个部门在弄
{t}谁家的事
牵头{t}的是谁
{t}是哪家负责牵头落实
{t}，谁牵头？
{t}？谁牵头
{t} 牵头
{t}谁来落实
{t}让谁牵头了
{t}属于谁的任务
{t}哪块负责
{t}归口谁
{t}谁主抓
""".strip().splitlines()
TIME = """
{t}什么时候完成
{t}啥时候弄完
{t}几月底前完成
{t}的时限
{t}完成时限是什么
{t}截止日期
{t}最晚什么时候
{t}什么时候到期
{t}哪天截止
{t}期限到哪天
{t}要求几月完成
{t}何时办结
{t}多久完成
{t}什么时间完成
{t}完成时间
{t}最迟哪天
{t}的ddl
{t}啥时候到期
{t}几号前
{t}什么时候要搞定
{t}时间节点
{t}要求什么时候做完
{t}完成期限
什么时候完成{t}
{t}哪个月要交账
{t}限期是啥时候
{t}要干到什么时候
{t}几时能好
{t}到哪天为止
""".strip().splitlines()
# What falls due in November, asked in October; by the end of September, asked in August; what is late in October.
NOVEMBER = """
11月到期的有哪些
11月要完成的有哪些
11月份要办结的任务
11月份到期的列一下
11月有哪些要交
哪些任务11月到期
11月截止的有几项，哪几项
11月份有啥到期的
11月到期的都是哪些
查一下11月到期的
11月里要完成的任务
十一月到期的有哪些
11月份该完成的
11月要交差的有哪些
11月份的到期任务
时限在11月的有哪些
11月到期任务清单
下个月到期的有哪些
下个月要完成的任务
下月到期的有哪些
下个月有哪些要到期
下个月要交的活
下月有啥到期的
下个月截止的都有哪些
""".strip().splitlines()
BY_SEPTEMBER = """
9月30日前要完成的有哪些
9月底前要完成的有哪些
9月底前到期的
九月底前要完成的任务
9月底之前要办结的有哪些
到9月底要完成的有哪些
9月30号前要交的有哪些
9月底以前完成的任务有哪些
在9月底前到期的列一下
哪些要在9月底前完成
9月底前必须完成的是哪几项
截至9月底要完成的
""".strip().splitlines()
LATE = """
有哪些逾期
逾期的有哪些
哪些超期了
过期没完成的有哪些
逾期未完成的任务
哪些任务逾期了
超期的列一下
有没有逾期的
到期没办结的有哪些
已经逾期的
谁逾期了
哪些过了时限
没按时完成的有哪些
拖期的有哪些
逾期任务清单
过了期限还没办完的
超时限的有哪些
误期的有哪些
""".strip().splitlines()


@pytest.mark.parametrize(
    ("forms", "paper", "unit"),
    [
        (LED, "plan", "民政局"),
        (LED, "ledger", "城管局"),
        (HELPED, "plan", "财政局"),
        (HELPED, "ledger", "投资促进中心"),
        (HELD, "plan", "住建局"),
        (HELD, "ledger", "城管局"),
    ],
)
def test_a_units_work_is_the_same_however_it_is_asked_for(forms: list[str], paper: str, unit: str) -> None:
    first, *others = (form.format(u=unit) for form in forms)
    right = set(numbers(ask(paper, first)))
    assert right
    assert [other for other in others if set(numbers(ask(paper, other))) != right] == []


@pytest.mark.parametrize("forms", [LEADER, TIME])
@pytest.mark.parametrize(
    ("paper", "topic", "number"),
    [
        ("plan", "社区食堂", "6"),
        ("plan", "南津大桥加固", "4"),
        ("ledger", "柳荫路", "2.1"),
        ("slips", "锦绣苑燃气管道", "2"),
    ],
)
def test_one_matter_is_found_however_it_is_asked_about(forms: list[str], paper: str, topic: str, number: str) -> None:
    asked = (form.format(t=topic) for form in forms)
    assert [text for text in asked if numbers(ask(paper, text)) != [number]] == []


@pytest.mark.parametrize(
    ("forms", "day", "right"),
    [
        (NOVEMBER, date(2025, 10, 20), {"7", "正文"}),
        (BY_SEPTEMBER, date(2025, 8, 1), {"2", "4", "8", "正文"}),
        (LATE, date(2025, 10, 8), {"2", "3", "4", "8"}),
    ],
)
def test_what_falls_due_is_the_same_however_it_is_asked_for(forms: list[str], day: date, right: set[str]) -> None:
    assert [text for text in forms if set(numbers(ask("plan", text, today=day))) != right] == []
