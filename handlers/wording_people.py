"""What the bot says about who somebody is, about codes and about who may do what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from handlers.notices_wording import day_words
from knowledge.invitations import GOOD_FOR, Fresh
from knowledge.people import ADMINISTRATOR, LIAISON, ROLES, STAFF, SUPERVISOR, Person

AN_ADMINISTRATOR = "管理员"
UNENROLLED = "（未登记）"
"""Stands behind the name of who speaks from an account that is nobody's."""
HOW_TO_BIND = "请向{whom}要一个绑定码，然后在与我的私聊里发“绑定”加上这个码"
STRANGER_MAY_NOT = "我还不认识您，不能替您{what}。" + HOW_TO_BIND + "。"
GREETING = "您好，我是牵头小助手，只为登记过的人员服务。" + HOW_TO_BIND + "，就可以使用了。"
RIGHTS = {
    "ask": "查询",
    "acknowledge": "登记“收到”",
    "report": "登记进展",
    "extend": "登记延期",
    "silence": "设置静默",
    "review": "核对文件",
    "ask-binding": "绑定本群",
    "confirm-binding": "确认绑定",
    "invite": "邀请人员",
    "invite-above": "邀请督查员和管理员",
    "hand-over": "办理交接",
    "decide": "作这个决定",
    "forward": "登记转发",
}
"""Each right as what the bot is asked to do."""
NOT_IN_GROUP = "绑定码不要发在群里，请在与我的私聊里发“绑定”加上绑定码。"
VOID_IN_GROUP = "绑定码不能发在群里：这个码已经作废。请向{whom}再要一个，在与我的私聊里发“绑定”加上新的码。"
LOCKED = "输错的次数太多，请一小时后再试；如果没有收到绑定码，请向{whom}要。"
WRONG = "没有这个绑定码，请核对后再发（还可以试{left}次）。绑定码是4个字母和4个数字，不分大小写。"
WRONG_LAST = "没有这个绑定码。输错的次数太多，请一小时后再试；如果没有收到绑定码，请向{whom}要。"
OLD = "这个绑定码已经过期或者作废，请向{whom}再要一个。"
USED = "这个绑定码已经用过，一个码只能用一次。如果不是您本人用的，请马上告诉{whom}。"
USED_BY_YOU = "这个绑定码您已经用过了，您是{who}。"
YOUR_NAME = "这是第一位管理员的绑定码，请连同姓名一起发，例如：绑定 {code} 周明。"
NOT_A_NAME = "“{name}”不像是姓名：请写中文姓名，或拼音字母，不要混用别的文字，最多{most}个字。"
NOT_BOUND = "您还没有绑定，不用解绑。"
IN_SETTINGS = "{who}写在 qiantou.toml 的 [people] 里，要取消请管理员在那里删去。"
LAST_ADMINISTRATOR = "{who}是唯一的管理员，解绑以后就没有人管理了。请先邀请另一位管理员，再解绑。"
UNKNOWN_PERSON = "登记的人员里没有{who}。可以用 qiantou people 查看，或发“人员名单”。"
WHICH_PERSON = "叫“{name}”的有几位：{who}。请连单位一起写。"
HOW_TO_INVITE = "请这样写：邀请 市财政局 王芳 联络员。角色可以写：工作人员、联络员、督查员、管理员。"
NEEDS_UNIT = "请写明{name}是哪个单位的，例如：邀请 市财政局 {name} 联络员。"
PRIVATE_ONLY = "这件事请在与我的私聊里说。"
HOW_TO_CHOOSE = "您只登记了一个单位：{who}。"
NOT_YOURS = "您没有登记为“{unit}”的人员。您是：{who}。"
YOU_MAY = {
    STAFF: "可以提问、回“收到”",
    LIAISON: "可以提问、回“收到”、报进展、申请延期",
    SUPERVISOR: "可以提问、登记进展、答复延期、核对文件、邀请人员、确认群绑定、办理交接",
    ADMINISTRATOR: "可以提问、登记进展、答复延期、核对文件、邀请各种人员、确认群绑定、办理交接",
}


def may_not(role: str, right: str, needed: Sequence[str], whom: str) -> str:
    """Why a role may not, who may, and whom to ask."""
    told = "、".join(ROLES[one] for one in needed)
    ask = f"请找{whom}" if whom else "请找本机构的管理员"
    return f"您登记的是{ROLES.get(role, '工作人员')}，不能{RIGHTS[right]}，这要由{told}来做。如有需要，{ask}。"


def bound(person: Person, before: Iterable[Person], name_before: str) -> str:
    """Somebody is enrolled now."""
    lines = [f"已绑定：您是{person.words}。{YOU_MAY[person.role]}；发“我是谁”随时可以查看。"]
    if name_before:
        lines.append(f"这个账号原来登记的是{name_before}，已经改为您。")
    others = [one.unit for one in before if one.unit != person.unit]
    if others:
        units = "、".join(dict.fromkeys(others))
        lines.append(f"您同时登记在{units}，从现在起代表{person.unit}；要换，请发“代表 {others[0]}”。")
    return "\n".join(lines)


def who_is(person: Person, everywhere: Sequence[Person], key: str) -> str:
    """Who the bot thinks somebody is."""
    since = f"，{day_words(person.since.date())}起" if person.since else "，写在设置里"
    lines = [f"您是{person.words}{since}。{YOU_MAY[person.role]}。"]
    others = [one.words for one in everywhere if one.who != person.who]
    if others:
        lines.append(f"您还登记为：{'、'.join(others)}；要换单位，请发“代表”加上单位名称。")
    if len(person.keys) > 1:
        lines.append(f"您绑定了{len(person.keys)}个账号：{'、'.join(person.keys)}。")
    lines.append(f"现在用的账号：{key}。不用了请发“解绑”。")
    return "\n".join(lines)


def stranger(whom: str) -> str:
    """What a stranger is told who asks who he is."""
    return f"我还不认识您。{HOW_TO_BIND.format(whom=whom or AN_ADMINISTRATOR)}。"


def proposed(unit: str, name: str, whom: str) -> str:
    """What the card of a stranger proposes."""
    return f"\n看群名片，您是{unit}的{name}；没有看错的话，请{whom or AN_ADMINISTRATOR}私聊我发：邀请 {unit} {name} 联络员。"


def invited(fresh: Fresh, person: Person) -> str:
    """A code was made: what to do with it."""
    return (
        f"{person.words}的绑定码：{fresh.spaced}\n{GOOD_FOR.days}天内有效，只能用一次。"
        f"请当面或电话告诉本人，让其在与我的私聊里发：绑定 {fresh.code}"
    )


def invited_known(person: Person) -> str:
    """Beside a code: the person has an account already."""
    return f"提示：{person.words}已有{len(person.keys)}个账号，这个码会给其再加一个账号。"


def released(persons: Sequence[Person], yourself: bool) -> str:
    """Somebody is not enrolled any more."""
    told = "、".join(one.words for one in persons)
    if yourself:
        return f"已解绑：这个账号不再是{told}。以后要用，请再要一个绑定码。"
    return f"已解绑：{told}的账号全部取消，不能再报进展。"


def chosen(person: Person) -> str:
    """Somebody speaks for another of his units now."""
    return f"好的，从现在起您代表{person.unit}（{ROLES[person.role]}）。"


def without_liaison(units: Sequence[str], most: int = 20) -> str:
    """The units that hold duties and have nobody who answers; empty where every unit has somebody."""
    if not units:
        return ""
    shown = "、".join(units[:most]) + (f"等{len(units)}个单位" if len(units) > most else "")
    return f"有任务而没有联络员的单位{len(units)}个：{shown}。每个单位至少要有1名专职人员，请尽快确定并邀请。"


def listed(people: Iterable[Person], now: datetime) -> str:
    """Everybody who is enrolled, by role from above."""
    lines = []
    for role in (ADMINISTRATOR, SUPERVISOR, LIAISON, STAFF):
        here = [one for one in people if one.role == role]
        if here:
            lines.append(f"{ROLES[role]}{len(here)}名：" + "、".join(f"{one.unit} {one.name}".strip() for one in here))
    return "\n".join(lines) or "还没有登记任何人员。"


def day(moment: date) -> str:
    """A day as people read it."""
    return day_words(moment)
