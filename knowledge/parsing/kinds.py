"""What kind of text it is: a plan that orders, or a text for reference that only reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.parsing.lines import Line

_PLAN = re.compile(
    r"方案|要点|计划|分工|任务|清单|安排|台账|意见|分解|措施|行动|规划|细则|责任|目标|实事|通知|工作要求|(?<!复)函$"
)
_REPORT = re.compile(
    r"材料|总结|报告|汇报|经验|做法|讲话|致辞|解读|问答|简报|动态|新闻|综述|情况|年报|侧记|条例|办法$|规定$|制度$|公告|纪实|发言|讲稿|章程|规则"
)
_DONE = re.compile(
    r"截至|截止|目前|去年|已经?[\u3400-\u9fff]{2}|了[\u3400-\u9fff，。]|取得|累计|共(?:计|\d|有|梳理|办)|初步|有效(?:解决|提升|促进)|奠定|我[市县区局]被|召开|得到|提升了"
)
_ORDERS = re.compile(
    r"(?:^|[，。；])(?:要|应|须|加强|推进|加快|推动|完善|健全|建立|严格|做好|落实|强化|深化|组织|开展|规范|优化|积极|进一步|全面|认真|实施|探索|加大|制定|确保|深入)"
)


def is_report(title: str) -> bool:
    """Whether a title says that a text only reports."""
    return not _PLAN.search(title) and bool(_REPORT.search(title))


_CIRCULAR = re.compile(r"通报|督查|督导|检查|巡察|审计")
_MENDING = re.compile(r"责令|限(?:期|于|\d)|(?:请|要求|督促)[^，。；]{2,40}(?:整改|纠正|处理|完成)")


def told_to_mend(title: str, text: str) -> bool:
    """Whether a paragraph of a circular that tells how things were found orders somebody to mend them (责令甲局于4月底前整改)."""
    return _CIRCULAR.search(title) is not None and _MENDING.search(text) is not None


def is_reference(title: str, lines: Sequence[Line]) -> bool:
    """Whether a text without a single stated unit is for reference only and makes no assignments.

    The title decides where it says what the text is; else whether its sentences report or order.
    """
    plan, report = list(_PLAN.finditer(title)), list(_REPORT.finditer(title))
    if bool(plan) != bool(report):
        return bool(report)
    if plan and report and plan[-1].end() != report[-1].end():
        return report[-1].end() > plan[-1].end()
    text = "".join(line.text for line in lines if not line.boxes)
    return len(_DONE.findall(text)) * 1.5 >= len(_ORDERS.findall(text))
