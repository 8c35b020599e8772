"""请转发: an ordinary 微信群, which no program may speak in. What it should hear goes to a person, who carries it there by hand
and says so; the ledger has it as handed over, and never as sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.channels.hearing import File, native_of
from bot.channels.protocol import Button, Capabilities, Carrier, Channel, Status, Trouble, Verdict, too_long
from bot.channels.settings import Section
from bot.clock import Clock
from bot.toml_values import ConfigError, Spot
from handlers.wording_errands import PLEASE
from knowledge.directory import Liaison
from knowledge.errands import errand_code


@dataclass(frozen=True, slots=True)
class CarriedGroup:
    """A group, who carries messages into it, and the private conversation (its key) in which this person gets them."""

    group: str
    carrier: Carrier
    spot: Spot


class ForwardChannel(Channel):
    """Hands messages over through other channels of the office, which it meets before anything else."""

    def __init__(self, name: str, targets: Mapping[str, CarriedGroup]) -> None:
        self.name = self.credential = name
        self.capabilities = Capabilities(hears=False, hears_group=False, by_hand=True)
        self._targets = targets
        self._ways: dict[str, Channel] = {}

    def meet(self, channels: Sequence[Channel]) -> None:
        """Find the channel through which each person is reached. Raises ConfigError."""
        named = {one.name: one for one in channels}
        for name, target in self._targets.items():
            way = named.get(target.carrier.conversation.partition("/")[0])
            if way is None or way.capabilities.by_hand or not way.capabilities.can_push:
                raise ConfigError(
                    f"{target.spot.file} 的 {target.spot.at('via').name} 应写成“通道名/这个人在那里的号”，"
                    f"通道要在设置里、并且能主动发消息；现在写的是“{target.carrier.conversation}”。"
                )
            self._ways[name] = way
        ways = list({id(one): one for one in self._ways.values()}.values())
        limits = [one.capabilities.limit for one in ways if one.capabilities.limit is not None]
        self.capabilities = replace(
            self.capabilities,
            limit=min(limits, default=None),
            # The line above each message is not counted: a private chat has room for both.
            rates=tuple(dict.fromkeys(rate for one in ways for rate in one.capabilities.rates)),
            files_out=frozenset.intersection(*(one.capabilities.files_out for one in ways)) if ways else frozenset(),
        )

    def account(self, conversation: str) -> str:
        """The account of the channel that reaches the person."""
        way, target = self._way(conversation)
        return way.account(target.carrier.conversation) if way and target else self.credential

    def measure(self, text: str) -> int:
        """As the channel that counts most."""
        return max((way.measure(text) for way in self._ways.values()), default=len(text))

    def mention(self, liaison: Liaison) -> str:
        """The name: nobody is called from afar."""
        return liaison.name

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Hand a message over: first what to do with it, then the message alone, ready to be forwarded."""
        if refusal := too_long(self, text):
            return refusal
        way, target = self._way(conversation)
        if way is None or target is None:
            return self._nobody(conversation)
        asked = await self._ask(way, target, key)
        if not asked.taken:
            return _handed(asked, target)
        return _handed(await way.post(target.carrier.conversation, text, key), target)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Hand a file or a picture over in the same way."""
        way, target = self._way(conversation)
        if way is None or target is None:
            return self._nobody(conversation)
        asked = await self._ask(way, target, key)
        if not asked.taken:
            return _handed(asked, target)
        return _handed(await way.hand(target.carrier.conversation, file, key), target)

    async def _ask(self, way: Channel, target: CarriedGroup, key: str) -> Verdict:
        """The request, with a button where there are some."""
        code, (person, where) = errand_code(key), target.carrier
        says = f"已转发 {code}"
        buttons = (Button("已转发", says),) if way.capabilities.buttons else ()
        return await way.post(where, PLEASE.format(person=person, group=target.group, code=code), f"{key}-a", buttons)

    def _way(self, conversation: str) -> tuple[Channel | None, CarriedGroup | None]:
        name = native_of(conversation)
        return self._ways.get(name), self._targets.get(name)

    def _nobody(self, conversation: str) -> Verdict:
        alarm = (
            f"通道“{self.name}”的设置里没有“{native_of(conversation)}”由谁转发，消息没有交出去；请补上 via 和 person。"
        )
        return Verdict(Status.FAILED, "设置里没有转发人", permanent=True, trouble=Trouble.TARGET, alarm=alarm)

    async def close(self) -> None:
        """The channels it hands over through are closed by whoever opened them."""


def _handed(verdict: Verdict, target: CarriedGroup) -> Verdict:
    """The platform's word on the handing over; that it was taken means only that the person has it."""
    status = Status.ENTRUSTED if verdict.status is Status.SENT else verdict.status
    return replace(verdict, status=status, carrier=target.carrier)


def open_channel(section: Section, clock: Clock) -> ForwardChannel:
    """The channel that a section describes: [channels.NAME.groups.GROUP] with `via` and `person`. Raises ConfigError."""
    targets = {one.name: _target(one) for one in section.sections("groups")}
    if not targets:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 没有写微信群，请为每个群写一节 [{section.spot.name}.groups.群名]，"
            "里面写 via 和 person。"
        )
    for key in ("base", "ca", "proxy"):
        if key in section.given:
            raise ConfigError(f"{section.spot.file} 的 {section.spot.name} 不用写 {key}：消息经别的通道交给转发人。")
    return ForwardChannel(section.name, targets)


def _target(section: Section) -> CarriedGroup:
    target = CarriedGroup(section.name, Carrier(section.text("person"), section.text("via")), section.spot)
    section.done()
    return target
