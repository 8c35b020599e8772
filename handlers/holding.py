"""Whether a text really holds what is asked: a sentence about the subject is not yet an answer."""

from __future__ import annotations

import re

from handlers.figures import figure_held, lasting
from handlers.wherein import names_place
from knowledge.patterns import regex
from knowledge.question.beside import EVENT
from knowledge.question.query import Query

_HOLDS = {
    "lead": regex(r"牵头|负责|主持|组长|主办|组织实施|具体承担|由.{2,20}(?:组织|承担|实施)"),
    "who": regex(
        r"牵头|负责|会同|由.{2,20}(?:承担|组织|任|主持|实施)|任(?:组长|副组长)|主要负责人|责任人|联合|"
        r"[局委办厅院部室心](?:、|和|，|,|要|应|将|适时|共同|协同)|(?:单位|部门|机构|小组)(?:要|应|须|负责)"
    ),
    "when": regex(r"\d|[一二三四五六七八九十]+(?:月|日|天|次|年|个工作日)|每|定期|年底|年内|期"),
}
_NUMERAL = r"[\d一二三四五六七八九十百千万两]+(?:余|多)?"
_MEASURED = regex(r"(?:多少|几)(?P<measure>个?[^\W\x00-\xff]?)")
# Who decides on something, and the characters of which one stands in every row that says so.
_DECIDED = {"批": "批审核", "定": "定", "选": "选聘", "挑": "选聘", "判": "判审", "罚": "罚处"}
_DECISION = regex(
    rf"(?:谁|哪(?:一|几|些)?(?:家|个?(?:部门|单位|局)))(?:来|去|给|说了|负责)?(?P<what>[{''.join(_DECIDED)}])的?\W*$"
)
_WORD_ASKED = regex(r"([^\W\d_])不\1|(\w\w)(?:吗|么|不|没有?)\W*$|([^\W是有的做干办些])(?:什么|啥)")
_EVENT = regex(EVENT)
_POST = regex(r"副?(?:局长|主任|书记|市长|县长|区长|镇长|乡长|科长|处长|组长|院长|校长|所长|队长|部长|秘书长|经理)")
# A requirement that leaves no more than this of the topic unspoken says what is asked, whatever the question.
SAID = 0.1
# And no more than this where the length of time that is asked for stands in it.
UNSAID = 0.35
_ENUMERATED = regex(r"、[^，。；]{1,14}、|、[^，。；]{1,10}[和及等]")
# （某某领导小组办公室，2026年2月6日）: who issued it and when, which answers nothing.
_LETTERHEAD = regex(r"\s*[（(][^（）()]*\d{4}年\d{1,2}月\d{1,2}日[^（）()]*[)）]\s*")
# 区政府召开第5次常务会议2024-04-09: a line of the page that leads elsewhere.
_LINK = regex(r"[^。；;]{2,60}\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2})?\s*")
# 方案已经会议通过，现印发给你们: the words with which a paper is sent out, which are no answer about what it asks.
_SENT_OUT = regex(
    r"现(?:将[^。；]{2,40})?(?:印发|转发|下发)给你们|请[^。；]{0,10}(?:遵照|认真|抓好|结合)[^。；]{0,8}(?:执行|落实|实施)"
)
_SESSION = regex(r"会议|常务会|审议|通过|印发")
_DIGIT = regex(r"\d")
# 测评机构叫什么名字: what names it stands in quotes, or behind 名为.
_CALLED = regex(r"叫(?:什么|啥)(?:名字?)?的?\W*$|名称是(?:什么|啥)")
_NAME = regex(r"[“《\"「]|名为|命名|简称|称为|称作|叫做")
# 夜里几点没公交: a time of day, where one is printed.
_CLOCK_ASKED = regex(r"几点(?:钟)?(?![^,，]{0,4}(?:位|意见|建议))")
_CLOCK = regex(r"(?<!\d)(?:[01]?\d|2[0-4])(?:[:：][0-5]\d|时(?!代|间|限|效)|点(?:[0-5]\d分?|半|整)?(?![位多]))")
# What only a sentence of running text can say, and what no document of this kind says.
NEVER = frozenset({"clock", "place", "thing", "how", "state"})


def holds(query: Query, text: str, running: bool, missing: float = 0.0) -> bool:
    """Whether `text` says what `query` asks. `running`: it is a sentence of running text, not a requirement. `missing` is
    the share of the topic that it does not speak of."""
    if _names_beside(query, text):
        return running or missing <= UNSAID
    if query.beside in NEVER or _LETTERHEAD.fullmatch(text):
        return False
    if running and _LINK.fullmatch(text):
        return False
    if _CALLED.search(query.text) and _NAME.search(text) is None:
        return False
    if running and _SENT_OUT.search(text) and _SESSION.search(query.text) is None:
        return False
    if query.beside == "which":
        return running or (missing <= SAID and _ENUMERATED.search(text) is not None)
    if query.beside == "other":
        return running or (missing <= SAID and _says_asked(query.text, text))
    if query.beside == "person":
        return running and _HOLDS["who"].search(text) is not None and _of_post(query.text, text)
    if query.beside == "event":
        asked = _EVENT.search(query.text)
        return asked is not None and asked[0] in text
    if query.beside == "length":
        return missing <= UNSAID and lasting(query.text, text)
    if query.fact == "count" or query.beside in ("amount", "past"):
        return _counts(query.text, text, missing, running)
    return query.fact is None or not running or _HOLDS[query.fact].search(text) is not None


def _names_beside(query: Query, text: str) -> bool:
    """Whether an hour or a place is asked for and stands in `text`."""
    if query.beside == "clock":
        return _CLOCK_ASKED.search(query.text) is not None and _CLOCK.search(text) is not None
    return query.beside == "place" and names_place(query.text, text)


def decides(question: str, text: str) -> bool:
    """Whether `text` speaks of the decision that is asked for (涨价谁批, 起步价谁来定); true where none is."""
    asked = _DECISION.search(question)
    return asked is None or any(sign in text for sign in _DECIDED[asked["what"]])


def _says_asked(question: str, text: str) -> bool:
    """Whether the word that is asked about stands in `text`: 强制 of 强制吗, 卡 of 卡不卡, 换 of 换什么."""
    asked = _WORD_ASKED.search(question)
    return asked is None or any(word in text for word in asked.groups() if word)


def _of_post(question: str, text: str) -> bool:
    """Whether the post asked about (副组长是谁) stands in `text`; any will do when none is named."""
    asked = _POST.search(question)
    return asked is None or asked[0] in text


def _counts(question: str, text: str, missing: float, running: bool) -> bool:
    """Whether a figure of the measure asked stands in `text`: 几期 wants 3期."""
    if not running:
        return figure_held(question, text, missing)
    asked = _MEASURED.search(question)
    measure = asked["measure"] if asked else ""
    if not measure:
        return _DIGIT.search(text) is not None
    return re.search(rf"{_NUMERAL}个?{re.escape(measure[-1])}", text) is not None
