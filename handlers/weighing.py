"""What is told, held against what is to be done: a step is not the whole, 31 of 45 are not all, 45 of 45 are.

A sentence alone does not tell: 演练方案印发了 finishes the writing of a plan and only begins an exercise. Where the words of
the requirement show that something is left, a completion is taken for work under way, which a person can set right in a
sentence; the other way round it would be a false completion in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from knowledge.model import Assignment, DeadlineKind, Every
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import without_numbers
from knowledge.reports import Told
from knowledge.reports.amounts import amounts_in, falls_short, meets_what_it_names, reaches, wanted_in
from knowledge.reports.report_words import Status, is_pending, says_done, says_unfinished, status_of, telling
from scheduler.standing import leaves

# What comes before the thing itself, unless the requirement asks for it by this very word.
_STEP = regex(
    r"招标|采购|立项|可研|环评|选址|设计|勘察|调研|摸底|开发|部署|动员|论证|评审|外业|初验|预验收|初审|征地|拆迁|主体|土建|框架|第[一二三四1-4](?:阶段|批|期|轮|遍|处|座|条|所|栋|段|标段|家|个(?!月|季|工))|首批|首轮|头一?[轮遍]|一期"
    r"|申报(?!表)|前期|草拟|起草|汇总|摸排|整理|收集|许可|手续|用地|图纸|中标|开标|勘测|消防(?=验收|通过)|[预概]算|负责人|人员(?=培训|到位|配齐)"
)
# 资金已下达: the money is there, but where money is what is wanted.
_FUNDS = regex(r"(?:资金|经费|款项?|钱)[^,]{0,4}(?:到位|到账|下达|拨|落实|[花用]完)")
_WANTS_FUNDS = regex(r"资金|经费|[补救援资]助|补[贴偿]|拨|款|发放|兑[付现]|奖|投资|预算|钱|贷|费")
# A paper is a step too, but where a paper is what is wanted.
_PAPER = regex(r"方案|通知|文件|计划|意见稿?|草案")
_WRITES = regex(
    r"印发|出台|制定|制订|拟定|编制|修订|起草|规范|办法|意见|方案|制度|机制|清单|目录|规定|标准|细则|预案|计划|规划|报告|指南"
)
# 方案报区委了: on its way through the offices, but where handing it in is what is wanted.
_HANDED_UP = regex(
    r"(?:报|送|提交|呈)(?:给|到|至)?(?:[^,]{0,6}(?:委|政府|常务会|办公室|领导|上级|局|厅|省里|市里|县里|会))了?(?:$|,)"
)
_HANDS_IN = regex(r"报|送|提交|提请|备案|答复|反馈")
_FIRST = regex(r"首批|第一批|头一批|首期")
_MEETING = regex(
    r"(?:动员|部署|推进|启动|调度|座谈|协调|专题|筹备|布置|论证|评审|听证|工作|联席|安排|培训)(?:大)?会(?:议)?|(?:启动|开工|揭牌)仪式|^[\W]*会(?=议|开|已|都|也)"
)
# 全部, 任务完成: of the whole.
_WHOLE = regex(
    r"全部(?!进场|开工|启动|立项)|全面(?:完成|建成|办结)|超额|任务(?:已|全|都)*(?:完成|办结)|均已|都已|整体|总体(?:已)?完成"
)
_ALL_OF_IT = regex(r"超额|(?:全部|全年)?任务(?:已经?|全|都)*(?:完成|办结)|全部(?:完成|办结|结束|验收|销号|到位)")
# 第4项已完成: said of the item itself.
_ITSELF = regex(
    r"^\W*(?:\d{1,3}[项条号]?、?)?(?:我[局委办县区市]|本[局委办])?(?:这项|此项|该项|任务|工作)?\W*(?:现|已经?|均|都|按[时期]|如期|提前)*(?:完成|办结|完工|搞定|办完|做完|弄完|弄好|办好|销号)(?:了|啦)?(?=\W|$)"
)
_ONE_TIME = regex(r"[开办][了过完]|结束|召开|举办|举行|组织")
_ONE_DAY = regex(r"(?:今天|今日|本日|当天|昨天|昨日|本周|这周|上周|本次|这次|这一?期)")
_ROUNDS = ("场", "次", "期", "轮")


# So many characters of a clause, or before the words that tell, make a quotation.
_QUOTED, _BEFORE = 6, 2


def weighed(told: Told, one: Assignment) -> Told:
    """`told` of `one` with the status that it has for this requirement; periods, links and percents stay."""
    told = _without_the_name(told, one)
    if told.status is Status.IN_PROGRESS and told.percent is None and _names_the_part(told.words, one):
        told = replace(told, status=Status.DONE, counted=False)
    if _is_rate(told, one):
        told = replace(told, percent=None, counted=True)
    if told.status is Status.IN_PROGRESS and told.counted and not _pends(told) and _counts_up(told, one):
        return replace(told, status=Status.DONE, percent=None, counted=False)
    if told.status is Status.DONE and _unfinished(told, one):
        return replace(told, status=Status.IN_PROGRESS, percent=None)
    return told


def only_repeats(told: Told, one: Assignment) -> bool:
    """Whether the words of a report are but the requirement's own (教室照明改造340间), which tell nothing."""
    clauses = [bare(without_numbers(part)) for part in plain(told.words).replace("，", ",").split(",")]
    clauses = [part for part in clauses if part]
    text = bare(one.text)
    if clauses and all(len(part) >= _QUOTED and part in text for part in clauses):
        return True
    return _quotes_what_tells(plain(told.words), plain(one.text))


def _quotes_what_tells(said: str, text: str) -> bool:
    """Whether what seems to tell the status stands so in the requirement, with the words before it (每月15日前发放到位)."""
    words = telling(said.replace("，", ",")).strip(",")
    if not words or any(sign in words for sign in "了已%"):
        return False
    quoted = f"{said.partition(words)[0][-_BEFORE:]}{words}"
    left = said.replace("，", ",").replace(words, "")
    return len(quoted) >= _QUOTED and quoted in text and status_of(tuple(left.split(","))) is None


def _without_the_name(told: Told, one: Assignment) -> Told:
    """`told` anew where what seemed to tell its status is part of what the requirement is called (“办不成事”窗口)."""
    said, text = plain(told.words).replace("，", ","), plain(one.text)
    words = telling(said)
    if told.status is Status.DONE or len(words) < 3 or words not in text.replace("”", "").replace("“", ""):
        return told
    left = said.replace(words, "")
    status = status_of(tuple(left.split(",")))
    if status is None or (status is Status.DONE and telling(left) in text):
        return told
    return replace(told, status=status)


# A part that may be all that is wanted: 主体已封顶, where it is the main structure.
_PARTS = ("主体", "首批", "第一批", "前期", "初稿", "草案")


def _names_the_part(words: str, one: Assignment) -> bool:
    """Whether what sounds like a first part is what the requirement asks for, and is finished."""
    said = plain(words).replace("，", ",")
    parts = [part for part in _PARTS if part in said and part in one.text]
    if not parts:
        return False
    for part in parts:
        said = said.replace(part, "")
    return status_of(tuple(said.split(","))) is Status.DONE


_RATE = regex(r"[^\W\d]{2}率(?=[^,\d]{0,4}\d)")
_SHARE = regex(r"完成|进度|占|任务|推进|办结|干到|做到|形象|成的?$")


def _is_rate(told: Told, one: Assignment) -> bool:
    """Whether a percent is of what is to be reached (素养水平24.1%, where 23% is wanted), and not of how far it is."""
    if told.percent is None or told.status is not Status.IN_PROGRESS or "%" not in wanted_in(one.text):
        return False
    words = plain(told.words)
    if any(rate[0] in one.text for rate in _RATE.finditer(words)):  # 初访办结率97.1%, where 98% is wanted
        return True
    return _SHARE.search(words) is None and not says_unfinished(words)


def _counts_up(told: Told, one: Assignment) -> bool:
    """Whether what was counted is all: each amount that is wanted, or what it names of them beside a plain completion."""
    if reaches(one.text, told.words):
        return True
    if _itself(told) and not falls_short(one.text, told.words):
        return True
    if falls_short(one.text, told.words):
        return False
    clauses = plain(told.words).replace("，", ",").split(",")
    if any(_ALL_OF_IT.search(clause) for clause in clauses):
        return True
    return any(says_done(clause) and not amounts_in(clause) for clause in clauses) and meets_what_it_names(
        one.text, told.words
    )


def _unfinished(told: Told, one: Assignment) -> bool:
    """Whether something of the requirement is left over by what is told as finished."""
    words = plain(told.words)
    rest = without_numbers(words) if told.numbers else words
    if _step(rest, plain(one.text)) or (_only_first(rest, one.text) and not _WHOLE.search(rest)):
        return True
    if _WHOLE.search(rest) or (told.numbers and _ITSELF.search(rest)):
        return False
    if told.periods:
        return False
    if _ONE_DAY.search(rest) and _goes_on(one):
        return True
    return falls_short(one.text, rest) or _once_of_several(rest, one.text) or _one_of_many(told, one.text)


def names_what_is_wanted(rows: Iterable[Assignment], words: str) -> bool:
    """Whether `words` count something that one of the requirements counts too."""
    units = {one.unit for one in amounts_in(words)}
    return any(not units.isdisjoint(wanted_in(row.text)) for row in rows)


def _only_first(words: str, text: str) -> bool:
    """Whether it is told of the first of several, which the requirement does not name by this word."""
    first = _FIRST.search(words)
    return first is not None and first[0] not in text


def _pends(told: Told) -> bool:
    """Whether something is still to come behind what was counted: 申报了21户，等10月公示."""
    return any(map(is_pending, plain(told.words).replace("，", ",").split(",")[1:]))


def of_the_whole(told: Told) -> bool:
    """Whether `told` says of the item itself that it is done (第4项已完成), and not of something in it."""
    return told.status is Status.DONE and _itself(told)


def _itself(told: Told) -> bool:
    return bool(told.numbers) and _ITSELF.search(without_numbers(plain(told.words))) is not None


def _step(words: str, text: str) -> bool:
    """Whether what is finished is a step on the way: what is told last is one that the requirement does not name."""
    clauses = [clause for clause in words.replace("，", ",").split(",") if says_done(clause)]
    return bool(clauses) and _is_step(clauses[-1], text)


def _is_step(clause: str, text: str) -> bool:
    found = [one[0] for one in _STEP.finditer(clause)]
    if found and all(word not in text for word in found):
        return True
    if _PAPER.search(clause) and not _WRITES.search(text):
        return True
    if _FUNDS.search(clause) and not _WANTS_FUNDS.search(text):
        return True
    if _HANDED_UP.search(clause) and not _HANDS_IN.search(text):
        return True
    meeting = _MEETING.search(clause)
    return meeting is not None and meeting[0].strip().removesuffix("仪式") not in text and "会" not in text


def _once_of_several(words: str, text: str) -> bool:
    """发布会开了, where four are wanted and nothing says that it was the last."""
    several = any(unit in _ROUNDS for unit in wanted_in(text))
    return several and _ONE_TIME.search(words) is not None


_AND_OTHERS = regex(r"等(?:\d+|[一二两三四五六七八九十]+)(?:余|多)?[个项家处条座所户批件]")


def _one_of_many(told: Told, text: str) -> bool:
    """热电厂已投产, where 热电厂、老桥等12个项目 are wanted."""
    return bool(told.topic) and not told.each and not amounts_in(told.words) and _AND_OTHERS.search(text) is not None


def _goes_on(one: Assignment) -> bool:
    """Whether it is done day by day, or all the time."""
    parts = leaves(one.deadlines)
    return any(
        part.kind is DeadlineKind.ONGOING or (part.cadence is not None and part.cadence.every is Every.DAY)
        for part in parts
    )
