"""A whole letter in the chat: a greeting, who somebody is and why he asks, then the question, then thanks.

各位领导好，打扰了，我是新来的。昨天主任问起标准化厂房的事，我没答上来，麻烦看看文件里写的什么时候建成？辛苦！ asks of 标准化厂房 when it
is built. Only what is told around the question is taken away; what it asks stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from knowledge.patterns import regex

# Whoever writes so much, in so many clauses, may write a letter.
_SHORTEST, _CLAUSES = 36, 4
_CUT = regex(r"[,，。;；!！?？\n：:~～…]+|\s+")
_BOSS = r"(?:(?:分管|主要)?领导|[科处局县市区镇组]长|主任|书记|老板|上头|上面)"
# What makes it a letter: somebody is greeted, thanked or begged pardon.
_COURTEOUS = regex(
    r"(?:领导|同事|老师|各位|大家|同志|您)(?:们)?(?:上午|中午|下午|早上|晚上)?好|打[扰搅]|冒昧|不好意思|抱歉|辛苦|谢谢|感谢|有劳|劳驾|包涵|添麻烦|麻烦(?:了|啦|大家|各位|您|你)|拜托(?:了|啦|大家|各位|您|你)"
)
# Clauses that only greet, thank and excuse, or tell who writes and in what straits.
_TOLD = regex(
    r"^(?:群里的?|诸位|亲爱的|尊敬的)?(?:各位|大家|同志们?|老师|领导|您|你)[^谁哪几多]{0,10}(?:好|早)(?:呀|啊|哈|啦)?$|^(?:上午|中午|下午|早上|晚上)好"
    r"|^方便的话|打[扰搅]|冒昧|不好意思|抱歉|对不起|道个?歉|包涵|见谅|添麻烦|麻烦(?:了|大家|各位|您|你)(?:了|啦)?$|辛苦|谢谢|感谢|多谢|有劳|劳驾$|拜托|喝(?:奶)?茶|盼复|祝|百忙"
    r"|^(?:对[^,，]{0,6}|很多|好多)?(?:情况|业务|东西|材料|地方)?(?:都|也|还)?(?:不太?|没)(?:熟|懂|摸清|交[代接]|顾上|看全)"
    r"|刚(?:接手|调|来|借调|到)|新(?:来|接手|调来)|前任|之前的?(?:同志|同事)|交接(?:材料|得)|借调|抽调|选调生"
    r"|没(?:答上|找[准着到]|顾上|看上)|答不上|拿不准|记不[清住准]|找不[着到]|翻(?:箱|来|了)|眼(?:睛|都)|尴尬|惭愧|脸皮|怕(?:弄|记|搞|有|误|耽|漏|错|惹|挨)|不着急|方便的时候|一边学"
    r"|^(?:是|事情是)这样(?:的)?$|^我?(?:好|方便|以便)(?:去|回|逐|下午|上午|尽快|发|排|上报|补|给)|^(?:只好|特)?来?(?:求助|请教)$"
)
_ASKED = regex(
    r"谁|哪|几(?!乎|[个家位项条]?(?:还|没|都|的))|多少|什么|啥|何时|多久|[吗呢么]$|名单|原文|原话|列(?:全|一下|出来|个)|(?:牵头|责任|配合)单位(?:都)?(?:是|有)|进[展度]如何|怎么|咋|最[晚迟]|期限|时限|截止"
)
_NOT_ASKED = regex(
    r"有人问|不知道|不清楚|不晓得|找不|记不|答不|没答|拿不准|哪里(?!面)|哪位(?:空|有空|方便|得空|能)|(?:晓得|知道|清楚)(?:了|的)?$"
    r"|^(?:请问)?(?:有(?:没有)?人|谁)(?:知道|清楚|晓得)(?:吗|么|不)?$|[没不][^,，哪]{0,4}(?:什么|啥)|什么都"
)
# Somebody else was asked, which is the question itself where it asks what a paper tells: 主任问我要在哪天之前报.
_PASSED_ON = regex(r"问[起到我]|都问|[让叫]我")
# Where a matter is named in what is told: what stands before it, and what points at it.
_LED = regex(
    rf"(?:{_BOSS}[^,，]{{0,6}})?(?:突然|又|刚|临时)?(?:问[起到我]|提[起到]|说[起到]|交[代办](?:的)?|让我(?:们)?(?:务必)?(?:把|对接|去|弄清楚?|问清楚?|看看)?|[叫要]我(?:们)?(?:把|对接|去)?|弄明白|弄清楚?|搞清楚?)"
)
_POINTS = regex(
    r"的?(?:[这那](?:一|几)?(?:件事|[项条块档摊](?:事儿?|子|工作|任务)?|个(?:事儿?|任务|工作|事项))|(?<=\w{3})的事(?:儿|情)?)"
)
_BEGS = regex(
    r"^(?:(?:我|就|还|所以|只好|再|顺便|先|给我|点点|数数)*(?:想|能不能|能否|可否|可不可以|可以|麻烦|劳烦|烦请|请(?!教)|恳请|帮(?:忙|我)?|跟您|跟大家|向您|向各位|哪位|大家|各位|您|老师)|来?问(?:问|一下|一句|下|您|大家)?|请教(?:一下|下|各位)?|核(?:对|实)?(?:一下|下)?|确认(?:一下|下)?|(?:查|看|翻)(?:看|查|一下|一眼|下)?|(?:统计|梳理|整理|登记|了解|打听|摸底)(?:一下|下))+"
)
# What of the clauses between the matter and the question belongs to it.
_ROLES = regex(r"牵头|责任|配合|主责|负责|除了|以外")
_OWN = regex(r"我们(?:局|委|办|单位|中心|科|镇|乡|街道)|咱们?(?:局|单位|科)|本单位|我[局委办]")
_WHO = regex(r"^我(?:们)?(?:是|刚|来自|叫)|接手|接过|新来")
# A clause of so few characters may only tell in which role somebody is asked for.
_BRIEF = 12
# And of so many none names a matter.
_SHORTEST_MATTER = 2
_DONE = regex(r"(?:已经?|都|全部?|均)(?:完成|办结|[做弄办搞]完|落实|整改)|完成了|办结了|[做弄办搞]完了|延期|推迟|\d%")
# What points at what is told before it.
_BACK = regex(r"(?:那|就|所以)?[这那](?:个|条|号|摊|种|类|些|方面|件|块|项|样)")
# Whoever tells a story before he asks tells this much in so many clauses at least, and asks what an office's paper tells.
_STORY, _STORY_CLAUSES = 16, 2
_DUTY = regex(
    r"谁|哪(?:[一二两三几个]{0,2}家|[一些几个]{0,2}(?:局|单位|部门|委|科室)|些\W*$)|牵头|打头|领头|挑头|责任单位|配合|时限|期限|哪[一]?天|几月|几号|什么时候|啥时候|多久|到哪|原文|[哪几][些几]?(?:项|条|件|桩|样|活|任务)|多少(?:项|条|件)|(?:咋|怎么|怎样)(?:要求|写|规定|说|定)"
)
# What is told behind a question: a sentence of its own, or a clause that says why it is asked.
_BEHIND = regex(r"(?P<asked>[^?？]{4,}[?？])\s*(?P<told>[^?？]{3,40}?)[。.!！~～]*")
_BEHIND_IN_HASTE = regex(
    r"(?P<asked>.{5,})[,，](?P<told>[^,，?？]{0,12}(?:打电话|来电|来人|来问|在问|又问|在催|又催|来催|催得|要用|引用|急着|急用|等着|等用|开会|要汇报|听汇报|写材料|写报告|写汇报|报告里|台账|排[表会座]|发函|联系人|骂人|对账|备查|抄送)[^,，?？]{0,6}?)[。.!！~～]*"
)
_MORE = regex(r"(?:还有|另外|以及|再|顺便|和|跟|只|就|不|别|按|分|要|列|发|给|都|全|谢|辛苦|麻烦|请|第|那|其中)")
_ENDS_ASKING = regex(r"(?:吗|么|呢|吧|不|没有?)[?？]$")


class Letter(NamedTuple):
    """`asked` is the question, `told` the clauses before it that may name what it is about, the nearest first, each with what stands
    between it and the question. `known`: the one of them that names a matter for certain, empty where none does. `single`: nothing
    else is asked in it."""

    asked: str
    told: tuple[str, ...]
    known: str
    single: bool = True

    @property
    def leans(self) -> bool:
        """Whether the question points at what is told before it (这条是哪家打头)."""
        return _BACK.match(self.asked) is not None


def letter_of(text: str) -> Letter | None:
    """The question of a letter and what it may be about; None for what is no letter, or reports something."""
    if len(text) < _SHORTEST or _COURTEOUS.search(text) is None or _DONE.search(text) is not None:
        return None
    clauses = [clause for part in _CUT.split(text) if (clause := part.strip())]
    places = [at for at, clause in enumerate(clauses) if _asks(clause)]
    if len(clauses) < _CLAUSES or not places:
        return None
    first = places[0] if all(at - before == 1 for before, at in pairwise(places)) else places[-1]
    plainly = (_BEGS.sub("", _LED.sub("", clause)) for clause in clauses[first : places[-1] + 1])
    asked = "，".join(filter(None, plainly)) or clauses[places[-1]]
    if _OWN.search(asked) is not None:
        introduced = next((clause for clause in clauses[:first] if clause.startswith(("我是", "我们是"))), "")
        asked = f"{introduced}，{asked}" if introduced else asked
    named = () if _POINTS.search(asked.replace("这项", "")) else _named(clauses[:first])
    return Letter(asked, tuple(_told(clauses[:first], asked)), next((f"{one}{asked}" for one in named), ""))


def asked_first(text: str) -> str:
    """`text` without what is told behind its question: 社区食堂谁牵头？主任等着要. All of it where nothing is."""
    found = _BEHIND.fullmatch(text) or _BEHIND_IN_HASTE.fullmatch(text)
    if found is None or _ASKED.search(found["told"]) or _DONE.search(found["told"]) or _MORE.match(found["told"]):
        return text
    return found["asked"] if _DUTY.search(found["asked"]) or _ENDS_ASKING.search(found["asked"]) else text


def story_of(text: str) -> Letter | None:
    """The question that a message leads up to with what somebody tells of why he asks (上头要点名了，食堂那条谁打头); None for what asks
    nothing, or in one clause."""
    clauses = [clause for part in _CUT.split(text) if (clause := part.strip())]
    places = [at for at, clause in enumerate(clauses) if _DUTY.search(clause) and not _NOT_ASKED.search(clause)]
    if len(text) < _STORY or len(clauses) < _STORY_CLAUSES or not places:
        return None
    at = places[-1]
    asked = _BEGS.sub("", _LED.sub("", clauses[at])) or clauses[at]
    known = next((f"{one}{asked}" for one in _named(clauses[:at])), "") if not _POINTS.search(asked) else ""
    return Letter(asked, tuple(_told(clauses[:at], asked)), known, len(places) == 1)


def _asks(clause: str) -> bool:
    if _ASKED.search(clause) is None or _NOT_ASKED.search(clause) or _TOLD.search(clause):
        return False
    return _PASSED_ON.search(clause) is None or _DUTY.search(clause) is not None


def _told(clauses: list[str], asked: str) -> Iterator[str]:
    """The question behind each of the clauses that may name a matter, the nearest first."""
    between = ""
    for clause in reversed(clauses):
        matter = _BEGS.sub("", _matter(clause))
        if _TOLD.search(clause) is not None or len(matter) < _SHORTEST_MATTER or matter.startswith("把"):
            continue
        if _ROLES.search(clause) is not None and len(clause) <= _BRIEF:
            between = f"{clause}，{between}"
        else:
            yield f"{matter}，{between}{asked}"


def _matter(clause: str) -> str:
    """What is told behind the words that lead up to it (昨天主任问起…); all of a clause without these, or with nothing behind them."""
    led = [found.end() for found in _LED.finditer(clause)]
    behind = clause[led[-1] :].strip() if led else ""
    return behind if len(behind) > 1 else clause


def _named(clauses: list[str]) -> Iterator[str]:
    """The matters that clauses point at (标准化厂房的事, 雨露计划那项), the nearest first, with the roles said behind each."""
    between = ""
    for clause in reversed(clauses):
        only_told = _WHO.search(clause) is not None or (_TOLD.search(clause) and not _LED.search(clause))
        if (points := _POINTS.search(clause)) is not None and not only_told:
            before = clause[: points.start()]
            matter = _BEGS.sub("", _matter(before))
            if len(matter) >= _SHORTEST_MATTER:
                yield f"{matter}，{between}" if between else matter
        if _ROLES.search(clause) is not None and len(clause) <= _BRIEF:
            between = f"{clause}，{between}"
