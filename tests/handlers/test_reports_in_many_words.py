"""How clerks write: what must never be stored, what is under way, what is done. Over the invented office of conftest.py."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.register import Register
from knowledge.shares import holder_of
from tests.handlers.talking import Talk

TODAY = date(2025, 6, 18)
NOTHING = """古桥修缮做完了没有，我也说不清|今天完成了两项|第1项完成了吗|第1项是不是完成了|第1项不是已经完成了吗|第1项应该完成了吧|听说第1项完成了|第1项怎么才算完成|谁知道第1项完成没有
请各单位尽快完成第1项|请市财政局抓紧落实第1项|除第1项外都完成了|我局5项任务全部完成|任务都完成了|搞定了|已完成|下周完成|第77项已完成
我是市财政局的，第1项已完成|市财政局说他们完成了第1项|替市教育局报一下，第4项已完成|第4项已完成|校车管理办法已修订完|第1项不做了
第1项与我局无关|第1项已移交市住建局|第1项应由市财政局办理|第1项校车安全管理办法已修订|我们马上落实第1项|古桥修缮的招标结果应于6月30日前公开|请转告各单位：古桥修缮的施工进度要公开|听工地说古桥修缮全完了|网传古桥修缮造假，已澄清|古桥修缮的事领导说要抓紧公开|公开古桥修缮工程的招标结果和施工进度|古桥修缮本来说5月公开的|好的，我们抓紧公开|麻烦发一下古桥修缮的招标结果|古桥修缮的效果图发我一份|听工地讲古桥修缮公示了30份|我局要求各科室6月30日前公开古桥修缮的进度|转发：古桥修缮的通知已收|能不能把第1项延期一周|第1项是否已经公开？"""
UNDER_WAY = """古桥修缮的招标结果公开了，施工进度要到8月|古桥修缮自查结束，转入检查|古桥修缮资料整理完了，报告在写|古桥修缮评审没通过，退回来重新报|古桥修缮招标结果公开了，施工进度的还缺两个标段|古桥修缮：结果已公开，进度未公开|古桥修缮招标完成了，施工进度还没公开|古桥修缮已全面开工|第1项 还有2个标段没公开|古桥修缮等监理单位移交材料|第1项计划6月25日完成|第1项7月1日办结|第1项争取本周完成|第1项会按时完成的|第1项可以按时完成|第1项未按时完成|第1项没有全部完成
第1项已报市政府审定|第1项初稿已完成|第1项还在走流程|第1项基本完成，还差签字|第1项正常推进|第1项暂无进展|第1项待验收|第1项收尾阶段|第1项还要一周
古桥修缮已公示30份材料|第1项开始了|第1项进展顺利|第1项完成了一部分|古桥修缮的招标结果下个月公开|1 古桥修缮的进度还在汇总|古桥修缮的招标结果核完了，明天公开|古桥修缮第一处5月完工，第二处昨天进场|古桥修缮的施工进度公示了8处，石料还没到|第1项外业做完，内业大概到月底|古桥修缮的招标结果过两天公开|第1项领导要求提前，目前正在汇总|古桥修缮的公告文号云政办发〔2025〕9号，还没公开|第1项施工进度正在汇总"""
FINISHED = """第1项我局负责的部分已完成|古桥修缮招标结果昨天公开|1项已完成，共公开30份|第1项已完成|第一项办结|1项已办结|第1项：完成！|第1项 已 完成|第１项完成|完成第1项|第1项按期完成|第1项提前完成了|第1项验收通过|第1项都弄好了，请查收
我局第1项已按时限要求全部完成|古桥修缮的招标结果已公开|古桥修缮招标结果发网上了|关于古桥修缮，我们已经公开，特此报告|第1项已完成，见附件|第1项今天办完了
第1项（古桥修缮）已办结|第1项6月12日办结|第1项不用再催了，已经办完|报告：第1项完工|您好，第1项已落实，谢谢|第1项100%|1、已完成|第1项早就完成了|古桥修缮的施工进度公开了哈[强]|古桥修缮的施工进度6月12号公开的|古桥修缮的招标结果刚刚公布|古桥修缮的施工进度6月9日在市政府网站公开|古桥修缮的施工进度晚了几天，6月12日公开|古桥修缮的招标结果和进度都上墙了|古桥修缮的招标结果公开了，比去年少用12天"""


def stored(office: Register, text: str, unit: str = "市文物局") -> list[tuple[str, str]]:
    talk = Talk(office, unit, today=TODAY)
    talk.says(text)
    return [(one.assignment, str(one.details.get("status"))) for one in talk.last.entries if one.kind == "reported"]


def phrases(block: str) -> list[str]:
    return [text for line in block.splitlines() for text in line.split("|")]


@pytest.mark.parametrize(
    ("block", "status"),
    [(NOTHING, ""), (UNDER_WAY, "in_progress"), (FINISHED, "done")],
    ids=["no", "under way", "done"],
)
def test_what_is_told_is_stored_and_nothing_else(office: Register, block: str, status: str) -> None:
    wanted = [("yunling-1", status)] if status else []
    wrong = {text: found for text in phrases(block) if (found := stored(office, text)) != wanted}
    assert wrong == {}


def test_nothing_is_ever_stored_for_another_unit(office: Register) -> None:
    """Every unit tells every number: what it does not hold is refused, and what it holds is stored under its own name."""
    rows = {one.id: one for one in office.assignments if one.document == "yunling"}
    units = sorted({duty.unit for one in rows.values() for duty in one.duties if not duty.collective} | {"市审计局"})
    for unit in units:
        holder = holder_of(unit, office)
        for id, row in rows.items():
            talk = Talk(office, unit, today=TODAY)
            talk.says(f"第{row.number}项已完成")
            written = {(one.assignment, one.unit) for one in talk.last.entries}
            held = {
                (one.id, holder.share(one)) for one in rows.values() if row.number in (one.number, one.printed_number)
            }
            assert written <= {(key, share) for key, share in held if share}, (unit, id)
            assert bool(written) == any(share for _, share in held), (unit, id)
