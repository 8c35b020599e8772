"""What the bot says to reports and 收到, and how it tells where an assignment stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.notices_wording import day_words, period_words
from handlers.wording import names, nth, number, shortened, subject, title
from knowledge.milestones import what_by
from knowledge.model import Assignment, Role
from knowledge.register import Register
from knowledge.reported import ACCEPTANCE, EVIDENCE, Reported
from knowledge.reports import Told
from knowledge.reports.report_words import Status
from scheduler.policy import SHANGHAI
from scheduler.standing import Dated

UNIT_UNKNOWN = "我还不知道您代表哪个单位，没有登记。请督查员先登记您的单位，再报一次。"
WHICH = "没有听出是哪一项，没有登记。请说出第几项或工作名称，比如“第3项已完成”“第3项延期到8月15日”。"
WHICH_NUMBER = "请说明是第几项。"
WITHHELD = "好的，按您说的先不登记。核实以后请再报一次，比如“第3项已完成”。"
STATUS_UNCLEAR = "没有听出进展如何，没有登记。请说“已完成”“完成80%”或“还没完，下周能出”这样的话。"


def status_unclear(numbers: Sequence[str]) -> str:
    """Nothing is told of how far it is; of which of several, where numbers are named."""
    return f"{nth(*numbers)}{STATUS_UNCLEAR}" if numbers else STATUS_UNCLEAR


TOO_MANY = "一句话里的项号太多，没有登记。请分几次报，每次不超过100项。"
NOTED = "好的，有进展请随时报我。"
_DONE = {
    Status.DONE: "已办结",
    Status.IN_PROGRESS: "办理中",
    Status.DELAYED: "要延期",
    Status.PROBLEM: "有困难，需要协调",
}
NEVER_DUE = "这一项没有具体的到期日，不用申请延期。"
# Due dates that a line of confirmation names before it only counts them.
_NAMED = 3
# By so many of its first characters an assignment without a number is named.
_NAMED_BY = 12


def status_words(status: str, percent: int | None = None) -> str:
    """办理中（80%）"""
    share = f"（{percent}%）" if percent is not None else ""
    return _DONE[Status(status)] + share


def registered(
    one: Assignment, unit: str, told: Told, periods: Sequence[str], closed: Sequence[Dated], part: bool, code: str
) -> str:
    """已登记〔K7M〕：市财政局 第4项“按月公开……”（2017年6月）已办结，链接http://…"""
    assert told.status is not None, "only a report that tells something is registered"
    goals = [goal for row in closed[:_NAMED] if (goal := what_by(one, row.due))]
    of = f"（{'、'.join([*map(period_words, periods), *goals])}）" if periods or goals else ""
    links = f"，链接{'、'.join(told.urls)}" if told.urls else ""
    whose = f"{unit} " if unit else ""
    line = f"已登记〔{code}〕：{whose}{subject(one, 30)}{of}{status_words(told.status, told.percent)}{links}。"
    return line + _closed(closed, bool(periods)) + ("只记本单位这一份，其他单位另行报告。" if part else "")


def _closed(rows: Sequence[Dated], named: bool) -> str:
    """Which dates of a rhythm are done by this, when the report did not say."""
    if named or not any(row.period for row in rows):
        return ""
    told = "、".join(period_words(row.period) if row.period else day_words(row.due) for row in rows[:_NAMED])
    return f"计作{told}{f'等{len(rows)}期' if len(rows) > _NAMED else ''}，如只报其中一期请写明期别。"


def correct_it(one: Assignment, correcting: bool, code: str) -> str:
    """How to take it back."""
    if correcting:
        return "此前的登记以这一条为准。"
    if not code:
        return ""
    other = f"，或“刚才发错了，{nth(one.number)}还没完”" if one.number else ""
    return f"如有误，请回复“撤销 {code}”{other}。"


def correct_how(code: str) -> str:
    """Something is to be corrected, and not said into what."""
    return f"请说要改成什么，例如“{code} 完成80%”“{code} 已完成”；要撤销请发“撤销 {code}”。没有改动。"


def until_when(code: str) -> str:
    """It will be late; until when is not said."""
    return f"要延期请写明延到哪一天，例如“{code} 延期到9月15日，原因……”，才能转督查员答复。"


STAYS = "这一项督查员已核定办结，状态没有改变；确需改动请联系督查员退回。"
REOPENED = "此前报告的办结不再算数。"


def needed(wants: Sequence[str], asked: bool) -> str:
    """What a completion still needs before it counts, or is asked to have."""
    if EVIDENCE in wants:
        return "这份文件要求附公开链接或材料，收到以后才算办结，请接着发来。"
    link = "没有附链接或材料，可以接着发来补上。" if asked else ""
    return ("已转督查员核定。" if ACCEPTANCE in wants else "") + link


def _told_before(one: Assignment, before: Reported) -> str:
    day = before.entry.at.astimezone(SHANGHAI).date()
    return f"{before.unit or '督查员'} {subject(one, 24)}已于{day_words(day)}报告办结"


def repeated(one: Assignment, before: Reported) -> str:
    """The same completion was told before."""
    return f"{_told_before(one, before)}，没有重复登记。要补链接可以直接发链接；报错了请发“撤销”加短码。"


def evidenced(one: Assignment, before: Reported, urls: Sequence[str]) -> str:
    """Links that came later."""
    return f"{_told_before(one, before)}，已补记链接{'、'.join(urls)}。"


NO_EVIDENCE_OF_YOURS = "没有找到您24小时以内补发的链接或材料，没有改动。更早的请督查员撤回，或者直接发新的。"


def evidence_in_report(one: Reported) -> str:
    """The link was told in the report itself."""
    code = one.entry.details.get("code", "")
    return f"这个链接是随报告一起登记的，没有单独撤回。要换链接请直接发新的；报告本身有误请发“撤销 {code}”。"


def evidence_back(row: Assignment, one: Reported, what: str, fresh: Sequence[str]) -> str:
    """Evidence was taken back, and what stands in its place."""
    code = one.entry.details.get("code")
    instead = f"，改为链接{'、'.join(fresh)}" if fresh else ""
    left = len(one.given) - 1 + len(fresh)
    open_again = (
        "这份文件要求附公开链接或材料，收到以后才算办结，请重新发来。" if one.wants(EVIDENCE) and not left else ""
    )
    return f"已撤回{f'〔{code}〕' if code else ''}{one.unit}{' ' if one.unit else ''}{subject(row, 24)}的{what}{instead}（台账里留有记录）。{open_again}"


EVIDENCE_KNOWN = "这份佐证已经记过，不用再发。"
FILE_FOR_WHAT = "没有听出这份材料是哪一项的，没有登记。请连同短码或第几项再发一次，例如“第3项的材料”。"


def evidence_taken(row: Assignment, one: Reported, what: str) -> str:
    """A link or a file was written down behind a report."""
    code = one.entry.details.get("code")
    head = f"已补记{f'〔{code}〕' if code else '：'}{one.unit}{' ' if one.unit else ''}{subject(row, 24)}的{what}。"
    if not one.lacking:
        return head
    return head + ("佐证已齐，已转督查员核定。" if one.wants(ACCEPTANCE) else "佐证已齐，现在算作办结。")


UNDO_ACCEPTED = "这条报告督查员已经核定，没有改动；确需撤销请联系督查员。"
UNDO_TOO_LATE = "这条报告已过24小时，没有改动；请督查员撤销，或者直接报新的进展，例如“第3项还没完”。"


def not_yours(one: Reported) -> str:
    """Somebody else reported it."""
    return f"这条是{one.unit or one.entry.who or '别人'}报告的，没有改动；只有报告人24小时内、或者督查员可以撤销。"


def undone(rows: Sequence[Assignment], gone: Sequence[Reported]) -> str:
    """Reports were taken back; they stay in the ledger with a mark."""
    unit = next((one.unit for one in gone if one.unit), "")
    told = names(subject(one, 20) for one in rows[:3])
    more = f"等{len(rows)}项" if len(rows) > 3 else ""
    return f"已撤销{unit}{' ' if unit else ''}{told}{more}的报告，不再算数（台账里留有撤销记录）。"


def taken_back(rows: Sequence[Assignment]) -> str:
    """What a correction took back."""
    return f"已撤销此前登记的{names(subject(one, 16) for one in rows[:3])}。"


def still_reported(before: Sequence[Assignment]) -> str:
    """A correction names another item than the one reported before."""
    if not before:
        return ""
    told = names(subject(one, 16) for one in before[:3])
    return f"此前登记的{told}没有改动；也要更正的话，请说“{nth(before[0].number or '')}还没完”。"


def acknowledged(rows: Sequence[Assignment]) -> str:
    """The answer to 收到; `rows` are the assignments for which it was written down."""
    if not rows:
        return NOTED
    told = "、".join(number(one) for one in rows[:_NAMED])
    more = f"等{len(rows)}项" if len(rows) > _NAMED else ""
    return f"好的，已记下贵单位签收{told}{more}。"


def _holders(one: Assignment) -> str:
    for role, word in ((Role.LEAD, "牵头"), (Role.RESPONSIBLE, "负责"), (Role.COOPERATING, "配合")):
        if units := one.units(role):
            return f"由{names(units)}{word}"
    return "文件没有写明由谁负责"


def not_held(rows: Iterable[Assignment], unit: str) -> str:
    """The item is another unit's."""
    told = "；".join(f"{subject(one, 24)}{_holders(one)}" for one in rows)
    return f"{told}，不在{unit or '贵单位'}的任务里，没有登记。请核对项号。"


def speaks_for(other: str) -> str:
    """A liaison reports for another unit."""
    return f"联络员只能登记本单位的进展，没有登记。{other}的进展请由该单位联络员报告。"


def sounds_reported(one: Assignment) -> str:
    """What sounds like a report tells no state."""
    item = number(one)
    return f"听上去是报{item}“{shortened(one.text, 24)}”的进展，没有登记。请说“{item}已完成”“{item}完成60%”或“{item}有困难，需要协调”。"


def which_of(rows: Sequence[Assignment], register: Register) -> str:
    """Several fit."""
    told = "；".join(f"{_of(one, register)}{subject(one, 24)}" for one in rows[:4])
    more = f"等{len(rows)}项" if len(rows) > 4 else ""
    several = len({one.document for one in rows}) > 1 and len(register.documents) > 1
    how = (
        f"请连同文件名再报一次，例如“{_short_title(rows[0], register)}{nth(rows[0].number)}已完成”。"
        if several and rows[0].number
        else WHICH_NUMBER
    )
    return f"可能是{told}{more}，没有登记。{how}"


def _of(one: Assignment, register: Register) -> str:
    document = register.document(one.document)
    return title(document) if document and len(register.documents) > 1 else ""


def _short_title(one: Assignment, register: Register) -> str:
    document = register.document(one.document)
    return document.title if document else ""


def unclear(topic: str, near: Sequence[Assignment]) -> str:
    """No assignment of the unit is surely meant."""
    nearest = f"相近的有：{'；'.join(subject(one, 24) for one in near)}。" if near else ""
    return f"没有找到与“{shortened(topic, 20)}”对应的任务，没有登记。{nearest}{WHICH_NUMBER}"


def contradicts(one: Assignment, topic: str) -> str:
    """The number and the words beside it mean different things."""
    return f"{subject(one, 24)}与“{shortened(topic, 20)}”对不上，没有登记。请核对项号再报。"


def _said_plainly(rows: Sequence[Assignment]) -> str:
    """第26项已完成: how the whole is reported; of what has no number by its first words."""
    return f"{'、'.join(number(one) if one.number else one.text[:_NAMED_BY] for one in rows[:_NAMED])}已完成"


def _quoted(clauses: Sequence[str]) -> str:
    return shortened("，".join(dict.fromkeys(clauses)), 20)


def unsure(rows: Sequence[Assignment], clauses: Sequence[str]) -> str:
    """What was told beside a completion leaves open whether it is one."""
    told = names(subject(one, 24) for one in rows[:2])
    return (
        f"{told}：听到“{_quoted(clauses)}”，拿不准是不是全部办结，没有登记。"
        f"已经办结请回复“{_said_plainly(rows)}”；还在办请说到哪一步，例如“{number(rows[0])}完成60%”。"
    )


def only_part(one: Assignment, clauses: Sequence[str]) -> str:
    """What was told as done looks like a part of the work."""
    return f"您说的“{_quoted(clauses)}”像是其中一步；如已全部办结，请回复“{_said_plainly((one,))}”。"


def both_heard(one: Assignment) -> str:
    """Something of it is said to be finished, and it is stored as under way."""
    return f"按还没有全部办结记；如已全部办结，请回复“{_said_plainly((one,))}”。"


def rest_open(one: Assignment, parts: Sequence[str]) -> str:
    """One of several things that are wanted is done."""
    return f"这一项还要求“{shortened('；'.join(parts), 30)}”；如已全部办结，请回复“{_said_plainly((one,))}”。"


def other_rhythm(grains: Sequence[str]) -> str:
    """The period named is not of the assignment's rhythm."""
    return f"这项工作按{'、'.join(grains)}办理，期别对不上，没有登记。请说明是哪一期。"


def not_begun(periods: Sequence[str]) -> str:
    """The period lies in the future."""
    return f"{'、'.join(map(period_words, periods))}还没有开始，没有登记。请核对期别或写明年份。"


def contradictory(rows: Sequence[Assignment]) -> str:
    """One sentence says that it is done and that it is not."""
    told = names(subject(one, 24) for one in rows[:2]) or "这一项"
    return f"{told}听上去有的办完了、有的还没完，没有登记。请说明是已办结，还是完成百分之几。"
