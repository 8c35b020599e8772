"""What the bot says about what a group is bound to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from knowledge.groups import ASKED_FOR, Wish
from knowledge.register import Register

ONLY_IN_GROUP = "请在要绑定的群里说这句话，并@我。"
HOW_TO = (
    "请写明绑定什么，例如：绑定本群 市财政局、市教育局；绑定本群 《某某任务分工方案》；绑定本群 全部文件。"
    "绑定由督查员确认后生效。"
)
UNKNOWN = "册中没有叫“{name}”的文件，也没有写到这个单位，请核对名称；文件名请加书名号。"
NOT_WAITING = "没有等待确认的绑定“{code}”：可能已经确认过，或者超过了14天。发“待确认绑定”可以查看。"
SAME_ALREADY = "本群已经登记为“{name}”，不用再绑定。"
NOTHING_BOUND = "本群没有通过命令绑定过什么；写在 qiantou.toml 里的绑定，请管理员在那里改。"
FREED = "已解除本群的绑定。提醒不再按本群的单位和文件发到这里。"
APART = "已解除：本群不再是“{name}”。"
GREETING = (
    "大家好，我是牵头小助手，帮大家查任务分工、到期提醒。\n"
    "使用前请登记过的人员@我发：绑定本群 单位名称（或《文件名》、全部文件），由督查员确认后生效。"
    "个人绑定请在与我的私聊里进行，绑定码不要发在群里。"
)
GREETING_KNOWN = "大家好，我回来了。本群的绑定还在，可以接着用。"

GONE = "我被移出了群{group}，已停止往那里发提醒。如不是有意的，请把我重新加入；如群已解散，请用 qiantou bind 改绑别的会话。"


def what(wish: Wish, titles: Sequence[str]) -> str:
    """What a wish is for: 《…》、市财政局. `titles` are those of its documents."""
    if wish.same:
        return f"与“{wish.same}”是同一个群"
    return "、".join([*(["全部文件"] if wish.documents == () else (f"《{one}》" for one in titles)), *wish.units])


def _what(wish: Wish, register: Register) -> str:
    return what(wish, [one.title for id in wish.documents or () if (one := register.document(id)) is not None])


def asked(wish: Wish, register: Register, cleared: bool) -> str:
    """A wish waits for a supervisor."""
    note = f"“{wish.same}”可以谈负面清单里的事项，确认后本群也可以，请督查员留意。\n" if cleared else ""
    return (
        f"{'申请登记：本群' if wish.same else '申请绑定本群：'}{_what(wish, register)}。\n{note}"
        f"请督查员或管理员发“确认绑定 {wish.code}”（在本群或与我的私聊里都可以），{ASKED_FOR.days}天内有效。"
    )


def confirmed(wish: Wish, register: Register) -> str:
    """A wish is fulfilled."""
    if wish.same:
        return f"已确认：这个群{_what(wish, register)}，提醒和台账都合在一起。"
    told = f"已确认绑定：{_what(wish, register)}。"
    if wish.units:
        return told + "这些单位的提醒会发到这个群。"
    if wish.documents:
        return told + "群里可以问这些文件，到期提醒也会发到这里。"
    return told + "群里可以问全部文件；要在这里收提醒，请再绑定单位或文件。"


def refused(wish: Wish, register: Register) -> str:
    """A wish is not fulfilled."""
    return f"没有绑定：{_what(wish, register)}（申请人：{wish.by}）。"


def waiting(wishes: Sequence[Wish], register: Register) -> str:
    """Everything that waits for a supervisor."""
    if not wishes:
        return "没有等待确认的绑定。"
    lines = [f"{one.code}　{one.conversation}：{_what(one, register)}（{one.by}申请）" for one in wishes]
    return "\n".join(["等待确认的绑定：", *lines, "确认请发“确认绑定”加代码，不同意请发“不同意绑定”加代码。"])


def several(name: str, titles: Iterable[str]) -> str:
    """More than one document goes by a name."""
    return f"叫“{name}”的文件有几份：{'、'.join(f'《{one}》' for one in titles)}。请写完整的文件名。"


def unknown_conversation(name: str, known: Collection[str]) -> str:
    """A conversation that the office has no name for."""
    told = "、".join(f"“{one}”" for one in sorted(known)[:8])
    return f"没有叫“{name[:40]}”的会话。{f'现有：{told}。' if told else ''}"


def bound_to(units: Sequence[str], titles: Sequence[str], name: str) -> str:
    """What a group is bound to."""
    told = [f"本群登记为“{name}”。"] if name else []
    told += [f"单位：{'、'.join(units)}。"] if units else []
    told += [f"文件：{'、'.join(f'《{one}》' for one in titles)}。"] if titles else []
    return "".join(told) or "本群还没有绑定单位和文件，可以问全部文件。"
