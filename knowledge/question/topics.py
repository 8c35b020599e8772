"""What a question is about, in words: one subject or several, and what the rows of a unit are to have to do with."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.lexicon import Lexicon
from knowledge.patterns import regex
from knowledge.question.query import Asked
from knowledge.question.shaping import is_topic, left_beside

_SPLIT = regex(r"[\s,，]+(?:和|跟|与|还有|以及)[\s,，]*|、|,|，|;|；|(?<=\w)(?:和|与|跟|以及|还有|及)(?=\w)")
_SEVERAL = regex(
    r"各(?:自)?(?:是|到|在|要)+(?:什么|几|何|哪)|都(?:归|由|是|属于?)(?=\w{2,12}(?:牵头|负责|主办|承办|管))|同一(?:个|家)|(?:是不是|是否|是)(?:同)?一(?:家|个(?:局|单位|部门|委))|各(?:要|有|需|建|装|得)?(?:要)?(?:多少|几)|哪(?:一)?[个项件条](?:任务)?(?:更|要|会|的)?(?:截止|到期)?(?:得)?[先早晚迟后]|(?:单位|部门|时限|时间)(?:是不是|是否)?(?:一样|相同|一致)|都(?:是|要|得|在|该)?(?:什么时候|啥时候|几号|哪天|何时|几月)|分别|各自|各(?:是|由|归)|都(?:是|由|归)(?:谁|哪)"
)
# What only blanks part is several subjects where each is asked about, and each has so many characters.
_EACH = regex(r"各(?:自)?(?:是|由|归)?(?:谁|哪)")
_WORDY = 3
# 管线的验收和最后完成分别什么时候: steps of one matter.
_STAGE = regex(
    r"(?:最后|最终|全部|全面|正式|整体|初步|开始)*(?:完成|办结|启动|开始|收尾|结束|开工|竣工|完工|建成|验收|初审|复审|终审|上报|上传|报送|定稿|初稿|投用)"
)
# 财政局跟老人有关的任务: what stands between is a subject, however common a word.
_CONCERNING = regex(r"(?:跟|和|与|同|涉及)(?P<what>[^\W\d]{2,10}?)(?:有关|相关|沾边|挂钩)")


def _set_apart(rest: str, whole: str, lexicon: Lexicon) -> tuple[str, ...]:
    """老街照明 中小学午餐 各是哪家牵头: what only blanks part, where each is asked about."""
    parts = rest.split() if _EACH.search(whole) else []
    return tuple(parts) if all(len(part) >= _WORDY and is_topic(part, lexicon) for part in parts) else ()


def concerning(text: str, units: Iterable[Asked]) -> tuple[str, ...]:
    """What the rows of the units are to have to do with; nothing where that is a unit itself."""
    found = _CONCERNING.search(text) if "有关" in text or "相关" in text or "沾边" in text or "挂钩" in text else None
    if found is None or any(one.words in found["what"] or found["what"] in one.words for one in units):
        return ()
    return (found["what"],) if units else ()


def topics_of(rest: str, whole: str, beside: bool, lexicon: Lexicon) -> tuple[str, ...]:
    """The subjects of a question; several only where it says so (A和B分别谁牵头). `beside` a unit or a window."""
    parts: Iterable[str] = _SPLIT.split(rest) if _SEVERAL.search(whole) else ()
    several = tuple(part for part in parts if is_topic(part, lexicon))
    several = several if len(several) >= 2 else _set_apart(rest, whole, lexicon)
    if len(several) >= 2 and not any(_STAGE.fullmatch(part) for part in map(str.strip, several)):
        return several
    subject = rest.strip()  # as it is asked for in the documents, so that its tokens are made once
    return (subject,) if (left_beside if beside else is_topic)(subject, lexicon) else ()
