"""What the bot says about acceptance: what waits, what was accepted, what was returned and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.notices_wording import day_words, item_words, matter, period_words, source_words
from handlers.wording import names, shortened, subject
from knowledge.demands import Demand, Proving
from knowledge.model import Assignment
from knowledge.reported import Reported
from scheduler.notices import Notice, NoticeKind
from scheduler.policy import SHANGHAI

NOT_HEARD = "没有听懂哪一条通过、哪一条退回，没有改动。请一条一条发，例如“通过 K7M”“退回 Q5R，缺文号”。"
CONFIRM = "请回复“确认通过”"
ONLY_SUPERVISORS = "核定由督查员决定，您的意见没有登记。"
NOTHING = "现在没有等待核定的报告。"
UNKNOWN_CODE = "没有这个短码，没有改动。请照消息里的短码再发一次。"
SWITCHED_OFF = "机构已停用核定，按办结处理。"
REASON_LENGTH = 80
LENGTH = 40


def line(one: Reported, row: Assignment, demand: Demand) -> str:
    """K7M 市财政局 第4项“按月公开……”（2026年6月），7月3日报告，链接http://…; that there is no evidence only where the office asks for it."""
    details = one.entry.details
    period = f"（{period_words(str(details['period']))}）" if details.get("period") else ""
    day = one.entry.at.astimezone(SHANGHAI).date()
    head = " ".join(part for part in (str(details.get("code", "")), one.unit, subject(row, 24)) if part)
    wanted = one.completion and demand.evidence is not Proving.NONE
    told = [f"{head}{period}", f"{day.month}月{day.day}日报告", proof(one) if one.proved or wanted else ""]
    return "，".join(filter(None, told))


def proof(one: Reported) -> str:
    """链接http://…, 材料2件, or that there is none."""
    links = (
        f"链接{'、'.join(_link(one, url) for url in one.urls[:2])}{'等' if len(one.urls) > 2 else ''}"
        if one.urls
        else ""
    )
    files = f"材料{len(one.files)}件（{'、'.join(str(f.get('name', '')) for f in one.files[:2])}）" if one.files else ""
    return "，".join(part for part in (links, files) if part) or "没有佐证"


def _link(one: Reported, url: str) -> str:
    """A link, with the title that was found behind it, or that it does not open."""
    looked = one.checks.get(url)
    if looked is None:
        return url
    if looked.details.get("checked") == "opens":
        title = str(looked.details.get("title", ""))
        return f"{url}（“{shortened(title, 20)}”）" if title else url
    return f"{url}（核查时{looked.details.get('why', '打不开')}）"


def accepted(lines: Sequence[str]) -> str:
    """Reports were accepted."""
    return "\n".join([f"已核定办结{len(lines)}项：", *(f"· {one}" for one in lines)])


def returned(lines: Sequence[str], reason: str) -> str:
    """Reports were returned; their shares are open again."""
    told = [f"· {one}" for one in lines]
    return "\n".join(
        [
            f"已退回{len(lines)}项，重新列为未办结，继续提醒：",
            *told,
            f"理由：{shortened(reason, REASON_LENGTH)}。将告知报告单位。",
        ]
    )


def which(lines: Sequence[str]) -> str:
    """Several wait."""
    return "\n".join(
        ["等待核定的有几项，请连同短码再发一次，例如“通过 K7M”；都通过请发“全部通过”：", *(f"· {one}" for one in lines)]
    )


def which_returned(lines: Sequence[str]) -> str:
    """Several may be returned."""
    return "\n".join(
        ["请问退回哪一项？请写明短码、单位和理由，例如“退回 K7M，链接打不开”：", *(f"· {one}" for one in lines)]
    )


def why(shown: str) -> str:
    """A return needs a reason."""
    return f"请写明退回的理由，没有改动：{shown}。例如“退回 K7M，链接打不开”。"


def read_back(lines: Sequence[str], count: int) -> str:
    """All that waits, before it is accepted together."""
    more = [f"另有{count - len(lines)}项下次再核。"] if count > len(lines) else []
    return "\n".join(
        [
            f"等待核定的有{count}项：",
            *(f"· {one}" for one in lines),
            *more,
            f"以上{len(lines)}项都通过的话，{CONFIRM}。",
        ]
    )


def nothing_waits(row: Assignment) -> str:
    """The named one does not wait."""
    return f"{subject(row, 24)}没有等待核定的报告，没有改动。"


def asked_later(code: str) -> str:
    """Not a report but a request for a later date waits there."""
    return f"这一项等待答复的是延期申请，没有改动。请回复“同意 {code}”或“不同意 {code}，理由……”。"


# ---------------------------------------------------------------- by itself
HEADS = {
    "waiting": "【待核定】以下{n}项已报办结，请督查员核定，回复“通过 短码”或“退回 短码，理由……”：",
    "returned": "【退回】以下{n}项督查员已退回，重新列为未办结，请补正后再报：",
}


def sections(notices: Sequence[Notice]) -> Iterator[str]:
    """The parts of a message that are about acceptance."""
    for stage, head in HEADS.items():
        group = [one for one in notices if one.kind is NoticeKind.ACCEPTANCE and one.stage == stage]
        if group:
            yield "\n".join([head.format(n=len(group)), *(text for one in group for text in _lines(one))])


def _lines(notice: Notice) -> Iterator[str]:
    code = f"{notice.code} " if notice.code else ""
    period = f"（{period_words(notice.period)}）" if notice.period else ""
    yield f"· {code}{item_words(notice.assignment)} {matter(notice.assignment, LENGTH)}{period}"
    one = notice.report
    if one is None:
        return
    day = day_words(one.entry.at.astimezone(SHANGHAI).date(), notice.today)
    whose = names(notice.units) or one.entry.who or "督查员"
    if one.verdict is not None:
        reason = shortened(str(one.verdict.details.get("reason", "")), REASON_LENGTH)
        yield f"  {whose}{day}报告的办结，退回理由：{reason}。　依据：{source_words(notice)}"
    else:
        yield f"  {whose}{day}报告办结，{proof(one)}　依据：{source_words(notice)}"


def alone(notice: Notice) -> Iterator[str]:
    """One notice in its own words; nothing for those that are worded elsewhere."""
    yield from sections([notice])
