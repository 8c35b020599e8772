"""提醒规则 in plain words: what is said when, to whom and why so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from handlers.notices_wording import WEEKDAYS
from knowledge.register import Register
from scheduler.addressees import Why
from scheduler.policy import Policy, Rule

DEFAULT, OFFICE, OFFICE_SUMMARY = "默认", "[reminders] 里写的", "[summary] 里写的"
ABOUT_SUMMARIES = ("summary_weekday", "summary_monthly", "summary_to", "ranking")
"""What only [summary] sets."""
WHY = {
    Why.NO_CONVERSATION: "没有绑定会话",
    Why.NO_UNIT: "文件没有写明由谁办",
    Why.NO_MEMBERS: "名册里没有它的成员",
    Why.SOME_MEMBERS: "有成员没有绑定会话",
}
ASPECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("什么时候提醒", ("remind", "before", "after", "weekly", "chased_for")),
    ("全年和长期任务", ("remind", "prompts")),
    ("几点说", ("post_at", "jitter", "quiet_from", "pauses")),
    ("一天说多少", ("cap", "at_once")),
    ("点名", ("mention",)),
    ("汇总", ("summary", "summary_at", "summary_weekday", "summary_monthly", "summary_to", "ranking")),
)
"""What is told, and the settings it depends on."""


def aspect(heading: str, policy: Policy, conversation: str = "") -> str:
    """One aspect of a policy in a sentence; `heading` is one of ASPECTS."""
    words = {
        "什么时候提醒": stages,
        "全年和长期任务": prompts,
        "一天说多少": amount,
        "点名": mention,
        "汇总": summary,
    }
    return clock(policy, conversation) if heading == "几点说" else words[heading](policy)


def stages(policy: Policy) -> str:
    """When a deadline is spoken of."""
    if not policy.remind:
        return "不提醒。"
    ahead = [f"{n}个" for n in sorted(policy.before, reverse=True) if n]
    said = [f"到期前{'、'.join(ahead)}工作日"] if ahead else []
    said += ["到期当天"] if 0 in policy.before else []
    many = "各" if len(ahead) + (0 in policy.before) > 1 else ""
    told = f"{'和'.join(said)}{many}提醒一次" if said else "到期之前不提醒"
    behind = "、".join(f"第{n}个" for n in sorted(policy.after))
    late = f"逾期后{behind}工作日{'各' if len(policy.after) > 1 else ''}一次" if behind else "逾期后不按天提醒"
    if policy.weekly and policy.chased_for:
        late += f"，此后每周一次，逾期满{policy.chased_for}周为止，再往后只在周报里"
    return f"{told}；{late}。"


def prompts(policy: Policy) -> str:
    """What becomes of work without a date."""
    asked = policy.remind and policy.prompts
    return (
        "没有期限，不催办，每季度最后一个月的第一个工作日了解一次进展。" if asked else "没有期限，不提醒，只在周报里。"
    )


def clock(policy: Policy, conversation: str = "") -> str:
    """At which time of day something may be said; with a conversation its own minute."""
    own = policy.opens_at(conversation)
    if conversation:
        begins = f"工作日{hour(own)}起（每天都在这个时刻）"
    elif policy.jitter:
        begins = f"工作日{hour(policy.post_at)}起，每个会话固定错开1至{policy.jitter}分钟"
    else:
        begins = f"工作日{hour(policy.post_at)}起"
    breaks = "、".join(f"{hour(start)}至{hour(end)}" for start, end in policy.pauses)
    pauses = f"，{breaks}不说" if breaks else ""
    return f"{begins}，{hour(policy.quiet_from)}以后不说{pauses}；休息日不说，当天到期而之前没能提醒的除外。"


def amount(policy: Policy) -> str:
    """How much is said in a day."""
    return (
        f"每个会话每天最多{policy.cap}条；一条里最多逐项写{policy.at_once}项，其余并成一行，发“更多”查看；"
        "当天说不下的记入台账，留到下一个工作日。"
    )


def mention(policy: Policy) -> str:
    """Whether liaisons are named."""
    return "提醒里点名联络员，通道能真正点到人的就点到人。" if policy.mention else "提醒里不点名联络员。"


def summary(policy: Policy) -> str:
    """Whether, when and where there are summaries."""
    if not policy.summary:
        return "不发周报和月报。"
    day = WEEKDAYS[policy.summary_weekday]
    told = [
        f"每周{day}{hour(policy.summary_at)}一份周报，周{day}休息的提前到这一周的最后一个工作日",
        f"每月{policy.summary_monthly}日（遇休息日顺延）一份上月的月报" if policy.summary_monthly else "",
        f"只发到{'、'.join(policy.summary_to)}" if policy.summary_to else "",
        policy.ranking.rule.rstrip("。") if policy.ranking else "不排名",
    ]
    return "；".join(filter(None, told)) + "。"


def hour(at: time) -> str:
    """`9:00`."""
    return f"{at.hour}:{at.minute:02d}"


def condition(rule: Rule, register: Register) -> str:
    """Whom a rule is for: 文件《…》、会话“…”、单位“…”, with what none of them leads to."""
    parts = []
    if rule.documents is not None:
        titles = [one.title for one in register.documents if one.id in rule.documents and one.superseded is None]
        parts.append("文件" + ("、".join(f"《{title}》" for title in titles) or "（册中没有这份文件，暂不起作用）"))
    if rule.conversations is not None:
        parts.append("会话" + "、".join(f"“{one}”" for one in sorted(rule.conversations)))
    if rule.units is not None:
        printed = [unit for unit in _units(register) if unit in rule.units] or sorted(rule.units)[:1]
        parts.append("单位" + "、".join(f"“{one}”" for one in printed))
    return "，".join(parts)


def source(
    fields: Iterable[str], reasons: Mapping[str, tuple[object, Rule]], office: Sequence[str], register: Register
) -> str:
    """Why these settings are as they are: which rules and which lines of the office's own; `office` are the settings it wrote."""
    rules = dict.fromkeys(reasons[name][1] for name in fields if name in reasons)
    told = [f"{rule.name}规定，{condition(rule, register)}" for rule in rules]
    written = [name for name in fields if name in office and name not in reasons]
    told += [OFFICE_SUMMARY if all(name in ABOUT_SUMMARIES for name in written) else OFFICE] if written else []
    return "；".join(told) or DEFAULT


def changes(rule: Rule, base: Policy) -> str:
    """What a rule changes, in the sentences of the aspects that it touches."""
    names = {name for name, _ in rule.settings}
    changed = replace(base, rules=(), **dict(rule.settings))  # type: ignore[arg-type]
    return "".join(
        f"{heading}：{aspect(heading, changed)}"
        for heading, fields in ASPECTS
        if names.intersection(fields)
        and not (heading == "全年和长期任务" and "prompts" not in names and changed.remind)
    )


def fallback(policy: Policy) -> str:
    """Where goes what no conversation is bound to."""
    if policy.default_conversation and policy.default_conversation != policy.supervisors:
        return f"文件和单位都没有绑定会话的：发到“{policy.default_conversation}”。"
    return f"文件和单位都没有绑定会话的：发到督查会话“{policy.supervisors}”，并说明缘由。"


def _units(register: Register) -> list[str]:
    return list(dict.fromkeys(duty.unit for one in register.assignments for duty in one.duties))
