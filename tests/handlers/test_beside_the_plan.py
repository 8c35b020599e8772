"""What is asked of a matter and no plan tells, or is ordered: never answered with the row, whatever the matter."""

from __future__ import annotations

import pytest

from tests.handlers.test_clerks import ask

BESIDE = """
{t}多少钱
{t}要花多少钱
{t}电话多少
{t}联系人是谁
{t}在哪儿办
{t}怎么申请
{t}需要什么条件
{t}要带什么材料
{t}为什么要搞
{t}凭什么
{t}的名单发我
{t}负责人手机号
{t}办公室在哪
{t}好不好
{t}收费吗
{t}补贴多少
{t}谁设计的
{t}哪家公司中标
{t}施工队是谁
{t}排队要多久
{t}几点开门
{t}周末开不开
{t}质量怎么样
{t}群众满意吗
{t}去年搞得怎么样
{t}能不能晚点
{t}怎么走
{t}有几个厕所
{t}谁提出来的
{t}谁批的
{t}出过事没有
{t}会不会涨价
{t}要不要交押金
{t}可以转让吗
{t}老板是谁
{t}招人吗
{t}工资多少
{t}图纸发一份
{t}照片有没有
{t}网址是什么
{t}门票多少
{t}能刷卡吗
{t}要预约吗
{t}投诉找谁
{t}罚款多少
{t}有没有腐败
{t}合理吗
帮我写个{t}的汇报
{t}的PPT做一个
{t}翻译成英文
把{t}改成市财政局牵头
{t}延到年底吧
把{t}删了
{t}标成已完成
{t}天气怎么样
""".strip().splitlines()
TOPICS = (
    ("plan", "社区食堂"),
    ("plan", "南津大桥加固"),
    ("plan", "竹制品检测中心"),
    ("ledger", "柳荫路断头路"),
    ("deeds", "老街照明"),
)


@pytest.mark.parametrize("form", BESIDE)
def test_what_no_plan_tells_is_not_answered_with_the_row(form: str) -> None:
    for paper, topic in TOPICS:
        told = ask(paper, form.format(t=topic))
        assert told.answer is not None
        assert (told.answer.assignments, told.entries) == ((), ()), (topic, told.text)
