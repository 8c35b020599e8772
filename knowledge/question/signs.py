"""What a question shows, in one value, before anybody has decided what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from knowledge.patterns import regex

_QUESTION = regex(
    r"[?？][!！?？]*\s*$|何[时日]|多久(?!以)|(?:完成|办结|完|好)了(?:不|嘛|啵|波|没)\W*$|[,，\s](?:不|没)?[对是]吧\W*$|了是吧\W*$|(?:[月日号]|季度|年)[底初末前]?还是(?:[本下今明年月季]|\d|[一二三四五六七八九十])|吗|么$|呢\W*$|(?:能|会|可以|可)[^,，]{0,6}不\W*$|谁|哪|(?<![好十这那前晚迟拖推延缓过限再缺])(?<!晚了)(?<!拖了)(?<!迟了)(?<!剩下的)(?<!剩余的)(?<!其余的)(?<!其他)(?<!另外)几(?![乎何])|什么|多少|咋|怎|啥|是不是|有没有|能不能|可不可以|可否|能否|行不行|(?:完|好|了|成|报|交|开|办)没(?:有)?[啊呀呢哦]*(?:\W*$|[,，])|(?P<asked>完成|办结|落实|报送|验收|公布|启动|销号|整改)了?[不没](?P=asked)|([\u4e00-\u9fff])[不没]\2(?=[^\W]|\W|$)|(?:还有|有)(?:没有)?[^,，完]{1,6}没\W*$"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a question shows: the names of its cues, and what `understand` found in it beside them.

    `bare`: no topic is left. `document`: none but a
    document and its issuing. `unit`, `span`, `number`: one is named. `chores`: it
    asks for what the unit has to do. `part`: a heading is named. `census`: it asks for the spread over all units, `edge` for what
    falls due first or last, `tempo` for what has no end or comes again, `everything` for all there is. `pointing`: the conversation gives something to
    point at. `liaison`: the asker reports for a unit. `reminded`: the bot's last line was a reminder.
    """

    text: str
    cues: frozenset[str]
    bare: bool = True
    document: bool = False
    unit: bool = False
    chores: bool = False
    part: bool = False
    census: bool = False
    span: bool = False
    edge: bool = False
    tempo: bool = False
    everything: bool = False
    number: bool = False
    pointing: bool = False
    liaison: bool = False
    reminded: bool = False

    def any(self, *names: str) -> bool:
        """Whether one of the cues is shown."""
        return not self.cues.isdisjoint(names)

    @property
    def asks(self) -> bool:
        """Whether the sentence asks at all."""
        return is_question(self.text) or self.any("who", "when", "limit", "list", "which_ones")


@lru_cache(maxsize=16)
def is_question(text: str) -> bool:
    """Whether a sentence asks (完成了吗, 办到哪了, 是不是), whatever it tells beside; the last answers are kept."""
    return _QUESTION.search(text) is not None
