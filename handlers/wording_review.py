"""What is said in a review beside its questions: what an answer changed, what is unclear, how it stands, how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handlers.wording import number, shortened, title
from handlers.wording_deadlines import calendar_day
from handlers.wording_decisions import MARK
from knowledge.lexicon import NICKNAMES, ROLE_WORDS
from knowledge.model import Draft
from knowledge.register import Difference
from knowledge.review import Correction, Decision, Field, Lesson, Review, Sitting, Verb
from knowledge.review.lesson import IS_A_UNIT, NO_ROLE, ROLES
from knowledge.review.wanted import row_of

_SHORT, _NAMED = 40, 6

HELP = (
    "核对时可以这样答：\n"
    "序号：选择那一条；1就是照现在的读法\n"
    "改成 市财政局：换成正确的内容（在终端里可以直接输入）\n"
    "牵头 市财政局；责任 …；配合 …；加 市林业局配合：改这一项的单位\n"
    "时限 6月底前；内容 …；编号 12；删去：改这一项的其他内容\n"
    "第5项 时限 6月底前：改别的一项（有几个时限的：第5项 三季度的时限 8月底前）；标题 …；年份 2026；印发日期 2026年3月1日：改文件\n"
    "就是 市发展和改革委员会：这个名称是它的简称，记入词库\n"
    "跳过：留着标记，以后再说；返回：退回上一处；原文：看原文；分开：几处同样的逐处看\n"
    "停：存下来，以后接着来；入册：不再往下看，就这样入册"
)
_UNCLEAR: Mapping[str, str] = {
    "too-long": "这段话太长了，没有改动，请写短一些。",
    "no-units": "“{}”里没有读出单位名称，没有改动，请写单位的全称。",
    "no-deadline": "“{}”里没有读出时限，没有改动，请写成“2026年6月底前”这样；没有时限请写“没有”。",
    "no-such-day": "没有改动：{}，请核对日期后再写。",
    "no-number": "“{}”不是编号，没有改动，请写数字。",
    "number-taken": "第{}项已经有了，没有改动，请换一个编号。",
    "no-title": "“{}”不能作标题，没有改动，请写完整的标题。",
    "no-year": "“{}”不是年份，没有改动，请写成“2026”这样。",
    "no-day": "“{}”不是日期，没有改动，请写成“2026年3月1日”这样。",
    "no-such-choice": "没有这个序号，请在1到{}之间选。",
    "no-such-row": "没有第{}项，没有改动，请核对编号。",
    "which-row": "请写明是哪一项，如：第5项 配合 市林业局。",
    "which-slot": "这一项有几个时限（{}），没有改动，请写明改哪一个，如：第5项 三季度的时限 8月底前。",
    "no-place": "这一处不能直接改，请写明哪一项改什么，如：第5项 配合 市林业局；没有问题请选1。",
    "say-what": "请选一个序号，或写出正确的内容；拿不准可以“跳过”，留着标记。",
    "alone": "只有这一处，不用分开。",
    "apart-first": "同样的有几处，请先“分开”，再逐处说明。",
    "other": "没有听懂，没有改动。请选序号、写出正确的内容，或发“？”看怎么答。",
}
ONLY_SUPERVISORS = "核对由督查员来做。您发现哪里读得不对，请告诉督查员，或发给政务公开办。"
NOTHING_OPEN = "册中的文件没有要核对的地方了。"


def unclear(slug: str, words: str) -> str:
    """Why an answer changed nothing, and what to do."""
    return _UNCLEAR[slug].format(shortened(words, _SHORT))


def ruled(one: Decision, verb: Verb, corrections: Iterable[Correction], draft: Draft) -> str:
    """What an answer changed, said back; empty where it changed nothing. `draft` is as it was before."""
    if verb is Verb.SKIPPED:
        return "跳过，留着标记。"
    told = list(dict.fromkeys(changed(correction, draft) for correction in corrections))
    more = f"；等{len(told)}处" if len(told) > _NAMED else ""
    return f"记下了：{'；'.join(told[:_NAMED])}{more}。" if told else ""


def changed(one: Correction, draft: Draft) -> str:
    """第10项牵头单位：市国资委 → 市财政局"""
    row = row_of(draft, one.assignment)
    of = number(row) if row else ""
    match one.field:
        case Field.UNITS | Field.MORE_UNITS:
            role = f"{ROLES[one.role]}单位" if one.role else "单位"
            if one.field is Field.MORE_UNITS:
                return f"{of}加上{_units(one)}"
            return f"{of}{role}：{one.old or '（无）'} → {_units(one) or '（无）'}"
        case Field.NAME:
            old = shortened(one.old, _SHORT)
            return f"“{old}”改为“{'、'.join(one.names)}”" if one.names else f"“{old}”不登记为单位"
        case Field.FIRST_LEADS:
            return "名单第一位按牵头单位登记" if one.new == "yes" else "名单第一位不再按牵头单位登记"
        case Field.DEADLINE:
            return f"{of}时限：{one.old or '（无）'} → {one.new or '（无）'}"
        case Field.TITLE | Field.YEAR | Field.ISSUED:
            return f"{_DOCUMENT[one.field]}：{one.old or '（无）'} → {one.new}"
        case _:
            return _row_changed(one, of, draft)


_DOCUMENT = {Field.TITLE: "标题", Field.YEAR: "年份", Field.ISSUED: "印发日期"}


def _units(one: Correction) -> str:
    roles = {duty.role for duty in one.duties}
    if len(roles) > 1 or (one.role is None and one.duties):
        return "，".join(f"{duty.unit}（{ROLES[duty.role]}）" for duty in one.duties)
    return "、".join(duty.unit for duty in one.duties)


def _row_changed(one: Correction, of: str, draft: Draft) -> str:
    above = row_of(draft, one.new)
    return {
        Field.TEXT: f"{of}内容改为“{shortened(one.new, _SHORT)}”",
        Field.NUMBER: f"{of}改记为第{one.new}项",
        Field.DROPPED: f"{of}删去",
        Field.MERGED: f"{of}并入{number(above) if above else '上一项'}",
        Field.IGNORED: f"“{shortened(one.old, _SHORT)}”不用读入",
        Field.JOINED: f"“{shortened(one.old, _SHORT)}”并入{of}",
        Field.ADDED: f"“{shortened(one.old, _SHORT)}”作为第{one.new}项",
    }[one.field]


def lesson(one: Lesson) -> str:
    """“市发改”就是“市发展和改革委员会”"""
    words = shortened(one.words, _SHORT)
    if one.meaning == IS_A_UNIT:
        return f"“{words}”是单位"
    if one.table == ROLE_WORDS:
        return f"“{words}”不登记" if one.meaning == NO_ROLE else f"“{words}”登记为{one.meaning}单位"
    return f"“{words}”{'就是' if one.table == NICKNAMES else '，'}{one.meaning}"


def finished(review: Review, difference: Difference) -> str:
    """All is decided: what was, what it changes, and whether to file it."""
    changes = [line for ruling in review.rulings for one in ruling.corrections if (line := changed(one, review.draft))]
    told = [counts(review), *(f"  {line}" for line in dict.fromkeys(changes[:12]))]
    if len(changes) > 12:
        told.append(f"  ……共{len(changes)}处改正")
    if review.lessons:
        told.append("以后不再问的（记入词库）：" + "；".join(map(lesson, review.lessons)))
    told.append(f"入册以后：{difference.words()}")
    return f"{MARK}完了】" + "\n".join(told)


def counts(review: Review) -> str:
    """照读法4处，改正2处，跳过1处。"""
    named = {"照读法": Verb.ACCEPTED, "改正": Verb.CORRECTED, "跳过": Verb.SKIPPED}
    told = "，".join(f"{word}{n}处" for word, verb in named.items() if (n := review.counted(verb)))
    left = f"，还有{len(review.pending)}处没有看" if review.pending else ""
    return (told or "没有要核对的地方") + left + "。"


AGREE = "入册吗？1 入册；2 暂不入册，核对结果留着；也可以“返回”。"


def filed(review: Review, difference: Difference) -> str:
    """It is done."""
    left = len(review.reviewed.doubts)
    flags = f"还有{left}处存疑留着标记，再发“核对”可以接着核对。" if left else ""
    learned = f"词库记下了：{'；'.join(map(lesson, review.lessons))}。" if review.lessons else ""
    return f"{counts(review)}{difference.words()}{learned}{flags}"


def stopped(review: Review, *, again: str) -> str:
    """How to go on with a half-finished review; `again` is what to do for that."""
    if not review.decided:
        return f"停下了，还没有核对，总册没有变化；{again}。"
    return f"停下了，总册没有变化：核对了{review.decided}处，都已存下，还剩{len(review.pending)}处；{again}。"


def resumed(review: Review) -> str:
    """上次核对到第5处"""
    return f"上次核对到第{min(review.decided + 1, review.total)}处（共{review.total}处）"


def opened(review: Review, draft: Draft) -> str:
    """The head of a review at a terminal: what the document is, and how to answer."""
    document = draft.document
    known = {
        "发文机关": document.issuer,
        "文号": document.number,
        "印发日期": document.issued and calendar_day(document.issued),
        "年度": document.year and f"{document.year}年",
    }
    covering = sum(row.number is None for row in draft.assignments)
    rows = f"任务{len(draft.assignments) - covering}项" + (f"，正文要求{covering}项" if covering else "")
    return "\n".join(
        [
            f"核对{title(document)}（{document.source}）",
            "  " + "；".join(f"{name}：{value or '没有写明'}" for name, value in known.items()),
            f"  {rows if draft.assignments else '没有读到任务，将作为参考文件'}；要核对{review.total}处。",
            "  回车＝照现在的读法；数字＝选那一条；直接输入＝改正。另有：跳过、返回、原文、停、？（说明）",
        ]
    )


def begun(draft: Draft, review: Review) -> str:
    """The first words of a review."""
    if review.decided:
        return f"核对{title(draft.document)}：{resumed(review)}，接着来。"
    rows = f"任务{len(draft.assignments)}项，" if draft.assignments else ""
    return f"核对{title(draft.document)}：{rows}要核对{review.total}处。"


def busy(sitting: Sitting) -> str:
    """Somebody else is at it."""
    who = sitting.who or "另一位同事"
    return (
        f"{who}正在核对这份文件（最近一次答复在{sitting.at:%-m月%-d日%H:%M}，已核对{sitting.decided}处），"
        "请等对方发“停”以后再来。"
    )


def left_by(sitting: Sitting) -> str:
    """Somebody else was at it; the terminal goes on from there."""
    at = f"{sitting.at:%-m月%-d日%H:%M}"
    return (
        f"{sitting.who or '另一位同事'}核对过这份文件（最近一次答复在{at}，已核对{sitting.decided}处），从那里接着来。"
    )


def listed(rows: Iterable[tuple[str, int, int]]) -> str:
    """The documents that have something to be reviewed: title, how many places, how many decided already."""
    lines = [
        f"{at} {name}：{left}处" + (f"（已核对{done}处，没有核对完）" if done else "")
        for at, (name, left, done) in enumerate(rows, 1)
    ]
    return "\n".join(["要核对的文件有：", *lines])
