"""What a plan says beside the work it hands out: its background, its closing words, what minutes tell of a meeting."""

from __future__ import annotations

import re

from knowledge.parsing.found import Found
from knowledge.parsing.outline import numbered, sentences

# What closes a plan, and what minutes tell of a meeting: nobody's work where the work beside it has its units.
_BESIDE = re.compile(
    r"(?:(?:工作|有关|相关|几点|具体|下步|下一步)?要求|(?:加强|强化)?组织(?:领导|保障)|保障措施|(?:加强|强化)(?:领导|督查|督导|宣传|考核|保障)|(?P<more>其他(?:事项|事宜)?))(?:[。：:]|$)"
    r"|(?:会议|大家)(?:还|首先)?(?:听取|指出|认为|强调|研究|传达|学习|通报|观看|审议)"
)


def closes(text: str) -> bool:
    """Whether a heading stands over what closes a plan (三、工作要求), not over the work it hands out."""
    m = _BESIDE.match(numbered(text).rest)
    return m is not None and not m["more"]


def closes_found(found: Found, every: list[Found]) -> bool:
    """Whether a paragraph stands under such a heading behind all the work: its orders are the plan's closing words."""
    heads = [bool(one.section) and closes(one.section[0]) for one in every]
    return bool(found.section) and closes(found.section[0]) and heads == sorted(heads)


_BACKGROUND = re.compile(
    r"(?:编制)?(?:目的|依据|原则)|(?:适用|实施|整治|排查|检查|治理|行动|活动)(?:范围|对象)|指导思想|(?:总体|工作)(?:要求|思路|目标|原则)|基本原则|总则|附则|术语|名词解释|(?:组织|领导|指挥)(?:体系|机构)|预案体系|(?:编制|工作)背景"
)


_AIMS = re.compile(
    r"(?:总体|工作|主要|行动|整治|创建|年度)?(?:要求|思路|目标|目标任务|任务目标|原则)[。：:]|(?:指导思想|基本原则|时间安排|(?:实施|整治|适用)(?:范围|对象|时间))[。：:]"
)


def is_aim(text: str) -> bool:
    """Whether a paragraph tells by its first words what a plan is for (工作目标。到2027年底…), not what anybody is to do."""
    return _AIMS.match(text) is not None


def is_background(found: Found) -> bool:
    """Whether a paragraph stands under a heading of what a plan says before it gives anybody anything to do, or beside it."""
    if is_aim(found.text):
        return True
    if _BESIDE.match(numbered(found.text).rest) or (found.section and _BESIDE.match(numbered(found.section[0]).rest)):
        return True
    return bool(found.section) and any(_BACKGROUND.match(numbered(head).rest) for head in found.section[-1:])


_IN_FORCE = re.compile(
    r"(?:(?:本|该|此)[\u3400-\u9fff《》“”]{1,14}(?:[自从][^。；]{1,30}起?|印发后)(?:施行|实施|执行|生效)"
    r"|(?:本[\u3400-\u9fff]{1,14}|具体)?由[^。；]{2,60}(?:负责)?(?:解释|进行解释)|(?:本[\u3400-\u9fff]{1,8})?有效期[^。；]{1,20}|[^。；]{0,16}(?:同时废止|为准))"
    r"(?:[，,；;](?:有效期[^。；]{1,20}|试行[^。；]{1,8}|[^。；]{0,24}(?:同时废止|为准)))*[。；;]?$"
)


def says_when_in_force(text: str) -> bool:
    """Whether a paragraph only tells since when a document holds and who explains it (由甲局负责解释): nobody's work."""
    every = sentences(text)
    return bool(every) and all(_IN_FORCE.match(sentence) for sentence in every)
