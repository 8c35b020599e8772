"""Whether a text really holds what is asked: a sentence about the subject is not yet an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.question.query import Query

_HOLDS = {
    "lead": re.compile(r"牵头|负责|主持|组长|主办|组织实施|具体承担|由.{2,20}(?:组织|承担|实施)"),
    "who": re.compile(
        r"牵头|负责|会同|由.{2,20}(?:承担|组织|任|主持|实施)|任(?:组长|副组长)|主要负责人|责任人|联合|"
        r"[局委办厅院部室心](?:、|和|，|,|要|应|将|适时|共同|协同)"
    ),
    "when": re.compile(r"\d|[一二三四五六七八九十]+(?:月|日|天|次|年|个工作日)|每|定期|年底|年内|期"),
}
_NUMERAL = r"[\d一二三四五六七八九十百千万亿两.]+(?:余|多)?"
_MEASURED = re.compile(r"(?:多少|(?<!第)几)(?P<measure>个?[\u3400-\u9fff]?)")
# The measures that a text may use where a question says another one.
_SAME: Mapping[str, str] = {
    "人": "人名位", "名": "人名位", "位": "人名位", "户": "户家", "家": "家户个", "回": "次场轮", "遍": "次", "次": "次场期轮", "场": "场次期",
    "辆": "辆台", "台": "台辆套", "岁": "岁", "块": "块个处", "地": "处个", "座": "座个处", "里": "里", "米": "米里", "所": "所个家", "条": "条个", "处": "处个",
    "个": "个家所处座条套台名场批件种类支辆户项组对只棵栋幢眼口张期轮部", "样": "项类种个", "张": "张", "亩": "亩", "吨": "吨", "斤": "斤", "公": "里斤顷", "平": "平方",
}  # fmt: skip
# What was, is or came out; a plan only says what is to be.
_PAST = re.compile(
    r"去年|上年|往年|前年|历年|上(?:个)?(?:季度|月|周|半年)|实际|现在|目前|眼下|至今|到现在|今天|昨天|今晚|过去|截[至止]|已经|出来(?:多少|几)|了(?:多少|几)|查出|评上"
)
# A figure that is set as an aim: 达到多少, 控制在多少, 目标是多少.
_AIM = re.compile(
    r"(?:达到?|提高?到|升到|增加?到|降到?|压到|减到|控制在|稳(?:定)?在|保持在|不低于|不少于|不超过|超过|增长|增|新增|改造|建设?|完成|培育|引进|目标|指标|任务数|任务量|定)"
    r"(?:是|要|得|到|在|的|为|至少|最少|起码|定)*(?:多少|几)|(?:率|比例|占比|比重|面积|里程|规模|产量|总量|能力|浓度)(?:要|得|应|须|必须|是|定|到|达到|达|在|至少)*多少"
)
_POST = re.compile(
    r"副?(?:局长|主任|书记|市长|县长|区长|镇长|乡长|科长|处长|组长|院长|校长|所长|队长|部长|秘书长|经理)"
)
_DIGIT = re.compile(r"\d")
# What only a sentence of running text can say, and what no document of this kind says.
_NEVER = frozenset({"clock", "place", "thing", "how", "state"})


def holds(query: Query, text: str, running: bool) -> bool:
    """Whether `text` says what `query` asks. `running`: it is a sentence of running text, not a requirement."""
    if query.beside in _NEVER:
        return False
    if query.beside == "other":
        return running
    if query.beside == "person":
        return running and _HOLDS["who"].search(text) is not None and _of_post(query.text, text)
    if query.fact == "count" or query.beside in ("amount", "past"):
        return _counts(query.text, text, running)
    return query.fact is None or not running or _HOLDS[query.fact].search(text) is not None


def _of_post(question: str, text: str) -> bool:
    """Whether the post asked about (副组长是谁) stands in `text`; any will do when none is named."""
    asked = _POST.search(question)
    return asked is None or asked[0] in text


def _counts(question: str, text: str, running: bool) -> bool:
    """Whether a figure of the measure asked stands in `text`: 几期 wants 3期, 多少人 also 60名."""
    if _PAST.search(question) and not running:
        return False
    asked = [found["measure"] for found in _MEASURED.finditer(question)]
    measures = [measure[-1] for measure in asked if measure and (measure[-1] in _SAME or running)]
    if measures:
        one = "" if running else r"(?<!一)"  # 一个 in a requirement counts nothing
        return any(
            re.search(rf"{_NUMERAL}(?:万|亿|千)?个?{one}(?:公)?[{re.escape(_SAME.get(measure, measure))}]", text)
            for measure in measures
        )
    return (running or _AIM.search(question) is not None) and _DIGIT.search(text) is not None
