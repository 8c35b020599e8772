"""[reminders] of the settings: what holds for the whole office, and the rules for some documents, groups and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time

from bot import toml_values as values
from bot.toml_values import ConfigError, Read, Spot
from scheduler.policy import WHEN, WHOLE, Pause, Policy

READ: dict[str, Read] = {
    "conversation": values.text,
    "supervisors": values.text,
    "leaders": values.text,
    "remind": values.switch,
    "before": values.numbers(0, 60, 12, "到期前几个工作日，0是当天"),
    "after": values.numbers(1, 60, 12, "逾期后第几个工作日"),
    "weekly": values.switch,
    "chased_for": values.number(0, 520, "周"),
    "prompts": values.switch,
    "post_at": values.time_of_day,
    "jitter": values.number(0, 59, "分钟"),
    "quiet_from": values.time_of_day,
    "pauses": values.pauses,
    "cap": values.number(1, 100, "条"),
    "at_once": values.number(1, 100, "项"),
    "mention": values.switch,
    "summary": values.switch,
    "summary_at": values.time_of_day,
}
"""How each setting is read, by its name in the file."""
FIELD = {"conversation": "default_conversation"}
"""What a setting is called in a policy, where that differs."""
CONDITIONS = ("document", "group", "unit")
"""What a rule may be for."""
DEFAULT_JITTER = 10


@dataclass(frozen=True, slots=True)
class RuleConfig:
    """One [[reminders.rule]]: `settings` for the documents (titles or file names), groups and units it names; None is all."""

    settings: tuple[tuple[str, object], ...]
    document: tuple[str, ...] | None = None
    group: tuple[str, ...] | None = None
    unit: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RemindersConfig:
    """[reminders]; what each setting means is told at the fields of `scheduler.policy.Policy`.

    `conversation` None is not written: 工作群, or nobody where there are supervisors.
    """

    conversation: str | None = None
    supervisors: str = ""
    leaders: str = ""
    remind: bool = True
    before: tuple[int, ...] = Policy().before
    after: tuple[int, ...] = Policy().after
    weekly: bool = True
    chased_for: int = Policy().chased_for
    prompts: bool = True
    post_at: time = Policy().post_at
    jitter: int = DEFAULT_JITTER
    quiet_from: time = Policy().quiet_from
    pauses: tuple[Pause, ...] = ()
    cap: int = Policy().cap
    at_once: int = Policy().at_once
    mention: bool = True
    summary: bool = True
    summary_at: time = Policy().summary_at
    rules: tuple[RuleConfig, ...] = field(default=())


def reminders_of(spot: Spot, given: object) -> RemindersConfig:
    """[reminders] as it stands in the file. Raises ConfigError."""
    found = dict(values.table(spot, given))
    values.known(spot, found, (*READ, "rule"))
    rules = values.tables(spot.at("rule"), found.pop("rule", []))
    told = {key: READ[key](spot.at(key), value) for key, value in found.items()}
    if told.get("conversation") == "" and not told.get("supervisors"):
        raise ConfigError(
            f"{spot.file} 的 reminders.conversation 是空的，又没有写 supervisors，"
            "没有绑定会话的单位就无处可发；请至少写一个会话。"
        )
    read = tuple(_rule(Spot(spot.file, f"reminders.rule 第{n}条"), rule) for n, rule in enumerate(rules, 1))
    return RemindersConfig(**told, rules=read)  # type: ignore[arg-type]


def _rule(spot: Spot, given: Mapping[str, object]) -> RuleConfig:
    allowed = [key for key in READ if FIELD.get(key, key) not in WHOLE]
    values.known(spot, given, (*CONDITIONS, *allowed))
    wanted = {key: values.names(spot.at(key), given[key]) for key in CONDITIONS if key in given}
    if not wanted or not all(wanted.values()):
        raise ConfigError(
            f"{spot.file} 的 {spot.name} 没有写对谁有效，请用 document、group 或 unit 写明文件、会话或单位。"
        )
    settings = {key: READ[key](spot.at(key), value) for key, value in given.items() if key not in CONDITIONS}
    if not settings:
        raise ConfigError(f"{spot.file} 的 {spot.name} 没有写要改什么，例如 before = [10, 5, 1, 0]。")
    about_messages = [key for key in settings if key in WHEN]
    if about_messages and set(wanted) != {"group"}:
        raise ConfigError(
            f"{spot.file} 的 {spot.name} 里，{about_messages[0]} 是对整个会话说的，只能写在只有 group 的一条里，请分开写。"
        )
    return RuleConfig(tuple((FIELD.get(key, key), value) for key, value in settings.items()), **wanted)


def base_policy(wanted: RemindersConfig) -> Policy:
    """The rules of the whole office, without those for some only."""
    told = {one.name: getattr(wanted, one.name) for one in fields(wanted) if one.name not in ("conversation", "rules")}
    conversation = wanted.conversation
    if conversation is None:
        conversation = "" if wanted.supervisors else Policy().default_conversation
    return Policy(default_conversation=conversation, **told)


def checked(policy: Policy) -> Policy:
    """`policy`, unless the times of the office or of a group contradict each other. Raises ConfigError."""
    _in_order(policy, "")
    for rule in policy.rules:
        for conversation in rule.conversations or ():
            _in_order(policy.of(conversation=conversation), conversation)
    return policy


def _in_order(policy: Policy, conversation: str) -> None:
    where = f"对“{conversation}”" if conversation else "的 [reminders] 里"
    post, summary, quiet = policy.post_at, policy.summary_at, policy.quiet_from
    latest = post.hour * 60 + post.minute + policy.jitter
    if policy.summary and not post <= summary < quiet:
        raise ConfigError(
            f"qiantou.toml {where}，提醒时间 post_at（{post:%H:%M}）不能晚于周报时间 summary_at（{summary:%H:%M}），"
            f"周报时间要早于{quiet:%H:%M}，请改正后再试。"
        )
    if latest >= quiet.hour * 60 + quiet.minute:
        raise ConfigError(
            f"qiantou.toml {where}，提醒时间 post_at（{post:%H:%M}，错开至多{policy.jitter}分钟）"
            f"要早于安静时间 quiet_from（{quiet:%H:%M}），请改正后再试。"
        )
