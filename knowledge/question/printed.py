"""没写牵头单位的, 答复期限空着的, 有具体日期的: assignments asked for by what stands in their columns or does not."""

from __future__ import annotations

import re

from knowledge.patterns import regex, source_of

_ROLE = r"牵头|主办|责任|配合|会办|协办"
_DAY = r"(?:完成|办理|办结|答复|整改)?(?:时限|时间|日期|期限)"
_LACKING = regex(
    r"(?:(?<!有)没有?|未|无|缺)(?:有)?(?:写|注|标|列|规定|明确|印|填)?(?:明)?(?P<day>具体的?)?"
    rf"(?P<what>{_ROLE}|(?:完成|办理|办结|答复|整改)(?:时限|时间|日期|期限)|时限|期限|时间|截止|到期(?=日|时间)|日期)(?:单位|部门)?"
)
# 答复期限空着的: the same of a column.
_EMPTY = regex(
    rf"(?P<what>{_ROLE}|{_DAY})(?:单位|部门)?(?:一?栏)?(?:里|中)?(?:是|还|都)*(?:空着|空白|空的|没填|没写|没印|留空|为空|没有内容)"
)
# 有具体截止日期的: those that print a day.
_DATED = regex(
    r"(?<!没)(?<!没有)(?<!未)有(?:写|标|定|列)?(?:明|了)?(?:具体|明确|固定)的?(?:完成|截止|到期|办结)?(?:日期|日子|时间|时限|期限)的"
    # 文里又写了日子的
    r"|(?:[,，、;；\s]*(?:文件?|里|中|还|又|并且|而且|也|都))*(?<!没)(?<!没有)(?<!未)(?:写|标|定|印|注明?)(?:了|着|明|明确)+(?:具体|明确|固定)?的?(?:完成|截止|到期|办结)?(?:日期|日子|时限|期限|时间)的"
)
# 有配合单位的任务有几项: those that print such a unit.
_HAVING = regex(
    rf"(?<!没)(?<!没有)(?<!未)(?:都|还)?有(?:写|列|注)?(?:明|了)?(?P<has>{_ROLE})(?:单位|部门)的(?=任务|事项|工作|有|是|都|几|多少|哪|一共|总共|项|$|\W)"
)
# 哪些任务只有一个单位: nobody beside the one.
_LONE = regex(
    r"只(?:有|写了?|列了?|涉及)(?:了)?(?:一|1)(?:个|家)(?:责任)?(?:单位|部门)|(?:一|1)(?:个|家)(?:单位|部门)(?:单独|独自)?(?:干|做|负责|承担|办)的"
)
_LONE_LEAD = regex(r"只(?:有|写了?|列了?)了?(?:一|1)(?:个|家)(?:牵头|主办|承办)(?:单位|部门)?")
_LONE_DUTY = regex(
    r"只(?:有|写了?|列了?)?了?(?:一|1)(?:个|家)责任(?:单位|部门)|责任(?:单位|部门)(?:就|只有|只|仅有?)(?:一|1)(?:个|家)"
)
_LONE_HELP = regex(r"只(?:有|写了?|列了?)了?(?:一|1)(?:个|家)(?:配合|协办|会办)(?:单位|部门)?")
_WAYS = (_EMPTY, _LACKING, _DATED, _HAVING, _LONE_LEAD, _LONE_DUTY, _LONE_HELP, _LONE)
# One pattern for all of it, for the table of cues.
PATTERN = "|".join(re.sub(r"\(\?P<\w+>", "(?:", source_of(words)) for words in _WAYS)
_LACKS = {
    "牵头": "lead", "主办": "lead", "责任": "responsible", "配合": "cooperating", "会办": "cooperating", "协办": "cooperating",
}  # fmt: skip
# 单独主办、没有会办的: somebody leads, and nobody helps.
_LED = regex(r"(?<!没有)(?<!没)(?:单独|独自|一家|一个单位|只有)\S{0,4}(?:主办|牵头|承办)")
# Without one of these nothing of the kind is asked.
_STARTER = regex(
    r"没|未|无|缺|空|有(?:写|标|定|列|具体|明确|固定|牵头|主办|责任|配合|会办|协办)|[写标定印]了|注明|只|就|仅|[一1](?:个|家)"
)


def lacks(text: str) -> str | None:
    """What the assignments asked for do not print: a role, "deadline", "day", "others" beside the one, "beside leads"; or what
    they do: "dated", "one lead", "with" a role. None where they are not asked for so."""
    if _STARTER.search(text) is None:
        return None
    if (lacking := _LACKING.search(text) or _EMPTY.search(text)) is not None:
        what = _LACKS.get(lacking["what"], "day" if lacking.groupdict().get("day") else "deadline")
        return "beside leads" if what == "cooperating" and _LED.search(text) else what
    if _DATED.search(text):
        return "dated"
    if (having := _HAVING.search(text)) is not None:
        return f"with {_LACKS[having['has']]}"
    if _LONE_LEAD.search(text):
        return "one lead"
    if _LONE_DUTY.search(text):
        return "one responsible"
    if _LONE_HELP.search(text):
        return "one cooperating"
    return "others" if _LONE.search(text) else None


def without_lacks(text: str) -> str:
    """`text` without the words that ask so."""
    if _STARTER.search(text) is None:
        return text
    for words in _WAYS:
        text = words.sub(" ", text)
    return text
