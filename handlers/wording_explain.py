"""An explanation in sentences: what was understood, the three best with what speaks for them, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handlers import wording
from handlers.explaining import Contender, Explanation, Looked
from knowledge.question.query import Intent
from knowledge.question.restating import Restated
from knowledge.search.clues import Way
from knowledge.search.proofs import Proof

# Says where an entry comes from: (what was said, the official phrase) → words, empty where it is not known.
Origin = Callable[[str, str], str]

_ASKED = {
    Intent.LEAD: "由谁牵头",
    Intent.RESPONSIBLE: "由谁负责",
    Intent.DEADLINE: "什么时候完成",
    Intent.DETAIL: "内容",
    Intent.UNIT_TASKS: "单位有哪些任务",
    Intent.DUE: "一段时间内到期的",
    Intent.COUNT: "有几项",
    Intent.UNANSWERABLE: "分工方案里没有的事",
    Intent.REPORT: "报进展",
    Intent.PROGRESS: "办到哪一步",
    Intent.SUMMARY: "本周汇总",
    Intent.OVERDUE: "哪些逾期",
    Intent.DOCUMENTS: "有哪些文件",
    Intent.ACK: "签收",
    Intent.REVIEW: "核对",
    Intent.HELP: "怎样使用",
    Intent.SMALLTALK: "打招呼",
}
_ARITHMETIC = "这个问题不靠相似度，直接从册子里查。"


def told(explained: Explanation, origin: Origin) -> str:
    """The whole explanation."""
    query = explained.query
    asked = _ASKED[query.intent]
    head = [f"读作：“{explained.read}”。其余是客套和缘由。"] if explained.read else []
    head += [f"问的是：{asked}" + (f"（其中另问{beside}）" if (beside := _beside(explained)) else "")]
    head += [_likeness(explained.likeness)] if explained.likeness is not None else []
    head += [f"单位：{wording.names(one.words for one in query.units)}"] if query.units else []
    head += [] if explained.looked else [_ARITHMETIC]
    bodies = [_looked(one, explained, origin) for one in explained.looked]
    return "\n\n".join(filter(None, ["\n".join(head), *bodies, _decided(explained)]))


_WAYS = {
    "lead": "由谁牵头",
    "partners": "还有谁参与",
    "deadline": "什么时候完成",
    "days_left": "还剩几天",
    "detail": "内容",
    "part": "某单位有没有份",
    "claim": "核对牵头单位",
    "either": "两家里是哪家",
    "unit_tasks": "某单位的任务",
    "unit_lead": "某单位牵头的",
    "unit_coop": "某单位不牵头、有份的",
    "unit_count": "某单位有几项",
    "unit_lead_count": "某单位牵头几项",
    "unit_due": "某单位哪些到期",
    "due": "哪些到期",
    "overdue": "哪些逾期",
    "whole_count": "一共几项",
    "weekly": "本周汇总",
    "documents": "有哪些文件",
    "progress": "办到哪一步",
    "report_done": "报办结",
    "report_progress": "报进度",
    "report_trouble": "报困难",
    "none": "分工和时限以外的一面",
    "order": "要求改动",
    "chat": "闲话",
}


def _likeness(like: Restated) -> str:
    """Which way of asking the whole message is most like, whatever its words say one by one."""
    plainly = f"，明白地说就是“{like.text}”" if like.text else ""
    return f"整句最像的问法：{_WAYS[like.way.kind]}（{like.way.share:.0%}）{plainly}。字面没有听懂，或者整句很有把握时，才照它。"


def _beside(explained: Explanation) -> str:
    return "分工和时限以外的一面" if explained.query.beside else ""


def _looked(looked: Looked, explained: Explanation, origin: Origin) -> str:
    if not looked.contenders:
        return f"找的是“{looked.topic}”：册中没有一项任务与它有相同、同义或同音的字词。"
    first = looked.contenders[0]
    weighed = "、".join(f"“{proof.said}”{proof.share:.0%}" for proof in first.proofs if proof.share >= 0.005)
    lines = [f"找的是“{looked.topic}”，各词分量：{weighed}。{_bars(explained)}，{explained.near:.0%}以上列为相近。"]
    for place, one in enumerate(looked.contenders, 1):
        lines += [f"{place}. {wording.subject(one.assignment)}：把握{one.hit.confidence:.0%}，对上{one.hit.score:.0%}"]
        lines += [f"   {line}" for line in _evidence(one, origin)]
        lines += [f"   {_lost(first, one)}"] if place > 1 else []
    return "\n".join(lines)


def _bars(explained: Explanation) -> str:
    if explained.among is None:
        return f"把握达到{explained.bar:.0%}才作答"
    return f"把握达到{explained.bar:.0%}才单独作答，{explained.among:.0%}以上和其次的一起作答"


def _evidence(one: Contender, origin: Origin) -> Iterator[str]:
    for proof in one.proofs:
        if proof.way is not None and proof.share > 0:
            yield _proof(proof, origin)
    if one.hit.hints:
        hinted = "、".join(f"“{phrase}”" for phrase in one.hit.hints)
        yield f"整句的字眼还让人想到{hinted}（同义词表里多用这些字说它），排名时一并考虑"
    if one.lacks:
        yield f"没有对上：{'、'.join(f'“{proof.said}”' for proof in one.lacks)}"


def _proof(proof: Proof, origin: Origin) -> str:
    of = f"，对上{proof.covered:.0%}"
    if proof.way is Way.MEANT:
        where = origin(proof.said, proof.words)
        return f"“{proof.said}”指“{proof.words.replace('+', '”和“')}”（同义词{f'，{where}' if where else ''}）{of}"
    if proof.way is Way.AKIN:
        return f"“{proof.said}”与“{proof.words.replace('+', '”和“')}”相近（在同义词表里和它的意思列在一起）{of}"
    if proof.way is Way.HEARD:
        return f"“{proof.said}”与原文里的字同音{of}"
    return f"“{proof.said}”{'原文里有' if proof.way is Way.WRITTEN else '原文里只有零散的字'}{of}"


def _lost(first: Contender, other: Contender) -> str:
    """Why `other` comes behind the best."""
    better = [
        f"“{mine.said}”" for mine in first.proofs if mine.share > 0.01 and mine.covered > _covered(other, mine) + 0.05
    ]
    if other.hit.score > first.hit.score:
        return "对上的比第1多，但篇幅长或整句的字眼更像第1，排在其后。"
    less = f"排在第1之后，差在{'、'.join(dict.fromkeys(better))}" if better else "与第1对上的一样多，按文件里的先后排"
    return f"{less}（对上少{max(0.0, first.hit.score - other.hit.score):.0%}）。"


def _covered(other: Contender, mine: Proof) -> float:
    """How well `other` covers the words of one proof of the best."""
    return max((one.covered for one in other.proofs if one.said in mine.said or mine.said in one.said), default=0.0)


def _decided(explained: Explanation) -> str:
    answer = explained.answer
    if not explained.outcome.replies or answer is None:
        return "结论：不出声。"
    if answer.answered:
        return f"结论：作答。\n{explained.outcome.text}"
    return f"结论：{'列出相近的供选' if answer.near else '不作答'}。\n{explained.outcome.text}"
