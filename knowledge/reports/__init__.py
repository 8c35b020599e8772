"""A report of progress understood: 第91项已完成，第93项还差一点 → what is told of which subject.

Pure and without a register's help; which assignment a subject is, and whether the teller may report it, is decided in
handlers/report.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge.lexicon import Lexicon, shipped
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.itemnumbers import asked_numbers, number_of, without_numbers
from knowledge.reports.apart import each_its_own, spelled_out, unlisted
from knowledge.reports.periods import periods_in, without_periods
from knowledge.reports.report_words import (
    CORRECTING,
    OTHERS,
    Status,
    is_filler,
    is_now,
    is_result,
    only_counts,
    percent_of,
    says_done,
    status_of,
    told_of,
    without_openers,
    without_ourselves,
)
from knowledge.reports.untold import (
    ALTHOUGH,
    ANNOUNCES,
    BIDDEN,
    EXCEPTED,
    HEARSAY,
    IF,
    PROOF_FOLLOWS,
    SELF_DENIED,
    TAKEN_BACK,
    WITHHELD,
    tells_nothing,
    without_mood,
    without_orders,
)

_URL = regex(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE)
_PAUSE = regex(
    r"(?<=[^\W\x00-\xff])\s+(?!\d+\s*[项条号])|(?<![第\d])\s+(?=[^\W\x00-\xff])|\s+(?=第?\s*\d+\s*[项条])|\n"
)
_CLAUSE = regex(r"[,;。;!?~…:]+")
_LINK = "\ue000"
# A share or an adverb alone begins no subject: 装了160个，一半; 已完成七成，正式办结.
_NO_SUBJECT = regex(
    r"(?:[上中下]旬|底|初|末|前|左右|预计|争取|力争|计划|能|可以?|会|要|再|才|全部|基本|正式|就|能够|即可)*(?:收尾|扫尾|完工|竣工|完成|办结|结束|交付|交工|交卷|验收|上线|搞定|见效|弄完|做完|建成|投用)(?:了|吧)?|(?:恐怕|可能|估计|只能|怕是|得|要|需要?|还|再)*(?:往后|向后)?(?:拖|推|延|缓|挪)(?:一?[拖推延缓挪]|一下|[几两一]天|期|后|迟)*|(?:雨|汛|冬|夏|旱|枯水|梅雨|高温|冰冻|台风)(?:季|期|天)?|(?:新)?工期|(?:应该|应|其实|实际)?(?:是|为)?[\d.]+(?:%|[^\W\d]{1,2})?|知道了?|明白了?|好的?|收到|[结办发报交付拨贴挂通修建验弄搞做]了|(?:给|向|跟)(?:你|您|领导|大家).*|那?个?事情?|(?:覆盖|惠及|涉及|服务|受益|带动|参加|参与|合格|满意|达标)[^,\d]{0,6}\d.*|(?:累计|已)?(?:完成|达到?|占)(?:了)?(?:全年|年度|本年|当年|目标|计划|总|年初|的)*(?:任务|目标|计划|总量|序时)(?:数|量|的)*|占(?:了|到)?(?:目标|任务|总|全|年|计划|应)[^,\d]{0,6}(?:[\d.%百分之一二两三四五六七八九十成半多]*)|(?:累计|共|共计|合计|已)?完成(?:了)?(?:总|固定资产)?投资.*|(?:累计|共|共计|合计|其中|现?已?有?)?[\d.]+(?:多|余)?[万亿]?[^\W\d]{0,2}"
    r"|(?:完成度?|进度|达到?|约|近)?[\d.%百分之一二两三四五六七八九十成半多约近大概差不]+|(?:正式|全面|圆满|顺利|如期|按期|提前|彻底|基本|全部|总体|进度|完成率)+"
    r"|(?:各项|整体|总体|目前|现在|一切|工作|进展|推进|进度|运行|都|均|也|很|比?较|非常|[按照](?:计划|时序|进度|期|要求)|如期|有序|顺利|正常|良好|平稳)+"
    r"(?:推进|进行|完成|开展|实施)?[中了]?"
)
# 还没完成的任务: what is not done is asked for, not told.
_LISTING = regex(
    r"(?:没|未)[^,，。]{0,6}的(?:有|单位)?\W*$|的(?:任务|事项|工作|事情?|活儿?|有)\W*$|的(?:任务|事项|名单)?(?:全部|都|全|统统|一并|再|先)?(?:列|发|给|拉)|(?:的|列|给|要|哪些)[^,]{0,8}清单\W*$|[对是]?吧\W*$|对不对\W*$"
)
# 公示地址, 详见: only says what the link behind it is.
_LABEL = regex(
    r"[^,]{0,6}(?:地址|链接|网址|网页|页面|网站|见|材料|证明|佐证|截图|附件|公示|公告|公众号|推文|原文|位置|路径)(?:是|为|如下|见|在|:)?|(?:公示|发布|公开|挂|登|放|发|传|贴)(?:在|到|于)"
)
# 68项完成, 91号已办结, 91已完成: a number at the beginning that nothing else explains. 3项都完成了 and 12条断头路 count.
_BARE = regex(
    r"^(?P<many>\d{1,3}(?:[.]\d{1,2})?(?:(?:、|和|及|跟|与| +)\d{1,3}(?:[.]\d{1,2})?)*)(?!\d)(?:、(?=已|完成|办结)|(?:项|条|号)(?=$|\W|的|早|都|均|全|已|完|办|搞|做|弄|还|正|没|未|目|现|基|因|由|有|遇|推|卡|要|得|申|进|来|延|预|计|争|可|能|需|报|落|整|我|本[周月局]|今天|昨天|上[周半月]|下半年|[一二三四]季度|持续|累计|每|[^\W\d]{1,8}?(?:局|委|办|厅|中心|公司)(?:还|没|未|一直|迟迟|不))|(?=已|(?:都|均|全部?)(?:已|完|办|做|在|没|推|是|属|还|正|好|弄|搞|报|交|发)|完成|办结|搞定|[做办弄搞][完好]|还没|还差|正在|推进|进行中|办理中|进度|进展|持续|一直|长期|常态|仍|暂|尚|因|受|卡|遇|申请|延期|推迟|等待|正常|顺利|如期|按期|提前|基本|初步|目前|现在|预计|争取|没动|未动|[没未](?:完|启|开)|(?:本|上|这个?)[周月]|[上下]半年|[一二三四]季度)|项(?=[^\W\d]{1,4}[了过完到]\d)|(?=\s*(?:done|ok)$))"
)
# 25 今年的检查做完了: an item's number, set off from what is told.
_NUMBERED = regex(
    r"(^|\n)\s*(\d{1,3}(?:\.\d{1,2})?(?=[ \u3000])|\d{1,2}\.\d{1,2})[ \u3000]*(?=[\u4e00-\u9fff])(?![月日号年时点个项条天周万亿家户人台座所级元公米吨倍成平百千分])"
)
# 头两个, 首批三座: of several the first.
_PARTLY = regex(
    r"第[一二三四五六七八九十\d]+(?:场|次|期|轮)|(?:[头前首]|先期|首批)[一二两三四五六七八九十\d]+(?:个|所|条|处|座|家|户|台|套|批|期|栋|段)"
)
_COUNTED = regex(r"(?:[\d一二两三四五六七八九十]+|这几|那几|几)[项个件条]")
# 我局5项任务全部完成: how many there are, and not which.
_TALLY = regex(
    r"(?<![第\d.、和及至-])\d{1,3}[项个条件](?:重点|年度|全年|主要|具体|牵头|配合)?(?:任务|工作|事项|措施)|(?<=事项|措施|业务|服务|上线)(?:约|共)?\d{1,4}项(?!目)"
)
_EACH = regex(r"都|全部|均|一并|一起|两项|[二两三四五六七八九十\d]+[项个]都|这[几些]|所有")


# 刚才说的85%报错了，应该是78%: the first share is taken back, and no longer told.
_WITHDRAWN = regex(
    r"(?:刚刚?才?|前面|前头|之前|上次|昨天|上午|上一?条)?(?:我)?(?:说|报|填|登记?|写)?的?(?:是)?\d{1,3}(?:\.\d+)?%(?P<wrong>(?:是)?(?:说|报|填|登|写|发|搞|弄)错了?)(?=[,，。;；\s]*(?:应该?|实际|正确的?|其实|改)(?:是|为)?)"
)
# 算97%吧: said by who reports, no question.
_GUESSED = regex(r"(?:算|有|得有|大概|大约|差不多|估计|约|就)(?:是|有|算)?\d{1,3}(?:\.\d+)?%吧\W*$")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one subject.

    `numbers` are item numbers; `topic` the words of the subject, empty when the sentence leaves it to what was said
    before; `hint` words behind what is told, which may be the subject (已公布上月水质). `periods` are those it
    reports on; `urls` the links given with it. `each`: of all that was named before (都完成了).
    `counted`: under way only for telling how much was done (装了160个), which may be all that is wanted.
    `head`: the subject of the first clause, where several clauses name one (平台：测试通过，测评未过).
    """

    words: str
    status: Status | None = None
    numbers: tuple[str, ...] = ()
    topic: str = ""
    hint: str = ""
    percent: int | None = None
    periods: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    each: bool = False
    counted: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of report: `told` in text order, whether it takes back what was reported before, and whether it is `withheld`: nothing
    is to be stored yet (还没核实，改天再报)."""

    told: tuple[Told, ...] = ()
    correcting: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """`periods` are those it names, `later`: what it tells is to come."""

    words: str
    numbers: tuple[str, ...]
    topic: str
    hint: str
    status: Status | None
    urls: tuple[str, ...]
    periods: tuple[str, ...] = ()
    later: bool = False

    @property
    def opens(self) -> bool:
        """Whether a subject of its own begins here."""
        return bool(self.numbers or self.topic)


def report_of(text: str, today: date, lexicon: Lexicon | None = None) -> Report:
    """What `text`, said on the day `today`, reports; the lexicon (None: the shipped one) tells which words are no subject.

    Never raises; nothing told gives no `told`.
    """
    spoken = lexicon or shipped()
    urls: list[str] = []

    def keep(found: re.Match[str]) -> str:
        urls.append(found[0].rstrip(".,;!?)'"))
        return f"，{_LINK}，"

    text = _NUMBERED.sub(r"\1第\2项", _WITHDRAWN.sub(r"\g<wrong>", spelled_out(unlisted(text))))
    words, names = _without_names(without_mood(plain(_PAUSE.sub("，", _URL.sub(keep, text)))))
    correcting = CORRECTING.search(words) is not None
    rows = [part.strip() for part in _CLAUSE.split(CORRECTING.sub(",", words)) if part.strip()]
    rows = [row for at, row in enumerate(rows) if rows[at + 1 : at + 2] != [_LINK] or not _LABEL.fullmatch(row)]
    rows = [row for row in rows if not ANNOUNCES.fullmatch(row)] or rows
    rows = [row for at, row in enumerate(rows) if not at or _LINK in row or not is_filler(row)]
    rows = [row for at, row in enumerate(rows) if not (ALTHOUGH.match(row) and any(map(says_done, rows[at + 1 :])))]
    rows = [left for row in rows if not IF.match(row) and (left := without_orders(row).strip())]
    kept_back = WITHHELD.search(words) is not None and status_of(tuple(rows)) is not None
    if (
        kept_back
        or SELF_DENIED.search(text)
        or any(map(WITHHELD.search, rows))
        or any(map(TAKEN_BACK.fullmatch, rows[1:]))
    ):
        return Report(withheld=True)
    rows = [row for at, row in enumerate(rows) if not at or not PROOF_FOLLOWS.fullmatch(row)]
    links = iter(urls)
    if any(BIDDEN.search(row) or EXCEPTED.search(row) for row in rows):
        return Report((), correcting)
    clauses = [_clause(row, tuple(next(links, "") for _ in range(row.count(_LINK))), spoken, today) for row in rows]
    told = [_told(group, today) for group in _groups(clauses)]
    each = (part for one in told if one is not None for part in each_its_own(one))
    return Report(tuple(_with_names(one, names) for one in each), correcting)


# “办不成事”, “最多跑一次”: what something is called tells nothing of how it stands. Each is taken out under a sign that nobody types.
_CALLED = regex(r"[“\"「『](?P<name>[^“”\"「」『』,，。;；\d第项]{2,14})[”\"」』]")
_SIGNS = ("龘龘", "龖龖", "靐靐", "齉齉", "龞龞", "麤麤")


def _without_names(words: str) -> tuple[str, dict[str, str]]:
    """The words with a sign in the place of each quoted name, and which stands for which."""
    found = list(dict.fromkeys(one[0] for one in _CALLED.finditer(words)))[: len(_SIGNS)]
    names = dict(zip(_SIGNS, found, strict=False))
    for sign, name in names.items():
        words = words.replace(name, sign)
    return words, names


def _with_names(told: Told, names: Mapping[str, str]) -> Told:
    """What is told, with the names written out again."""

    def whole(words: str) -> str:
        for sign, name in names.items():
            words = words.replace(sign, name)
        return words

    if not names:
        return told
    return replace(told, words=whole(told.words), topic=whole(told.topic), hint=whole(told.hint), head=whole(told.head))


def is_told(text: str) -> bool:
    """Whether a sentence tells progress at all; for somebody who reports for a unit."""
    if _LISTING.search(text) and _GUESSED.search(text) is None:
        return False
    report = report_of(text, date(2000, 1, 1))
    return report.correcting or report.withheld or any(one.status for one in report.told)


def _clause(row: str, urls: tuple[str, ...], lexicon: Lexicon, today: date) -> _Clause:
    said = without_openers(_TALLY.sub(" ", row.replace(_LINK, "")).strip())
    bare = _BARE.match(said)
    numbers = asked_numbers(said)
    rest = said
    if numbers:
        rest = without_numbers(said)
    elif bare:
        numbers = tuple(one if "." in one else number_of(one) for one in re.findall(r"[\d.]+", bare["many"]))
        rest = said[bare.end() :]
    topic, hint = ("", "") if is_filler(rest) else told_of(without_openers(rest.strip()))
    if numbers and topic == without_openers(rest.strip()) and status_of((rest,)):
        topic = ""  # nothing but what is told stands behind the number: 第4项完工
    topic, hint = _subject(topic, lexicon), _subject(hint, lexicon)
    words = row.replace(_LINK, "")
    status = status_of((_unnumbered(said),))
    if status is None and not numbers and _REASON.match(said):
        topic, hint = "", ""
    later = _to_come(said, today) and (status is Status.DONE or _ACTS.search(said) is not None)
    if tells_nothing(rest) or (HEARSAY.search(rest) and (status is Status.DONE or only_counts(rest))):
        status = None
    elif later and status in (None, Status.DONE):
        status = Status.IN_PROGRESS
    return _Clause(words, numbers, topic, hint, status, urls, periods_in(words, today), later)


def _unnumbered(said: str) -> str:
    """The clause without its item numbers, so that what is told of them stands at its beginning (第4项计划…)."""
    left = without_numbers(said).strip() if asked_numbers(said) else said
    return without_ourselves(left).strip()


# 受连阴雨影响，…: why, and no subject.
_REASON = regex(
    r"(?:受|因|因为|由于|鉴于|考虑到).{1,14}(?:影响|制约|限制|所限|拖累|干扰|冲击)$|(?:因为|由于|鉴于|考虑到).{2,14}(?:原因|缘故|问题|等)?$"
)
_BEEN = regex(r"已|了|过|完毕|(?<!没)(?<!未)好$")
_ACTS = regex(r"完|[做办弄搞发报交挂出建印]|公布|公开|公示|上线|上报|落实|验收|举办|召开|启动|开展|接入|更新|印发")


def _to_come(said: str, today: date) -> bool:
    """Whether a clause tells of a day that is still to come, and not that anything has been done: 6月25日完成."""
    from knowledge.deadlines.windows import window

    if _BEEN.search(said):
        return False
    span = window(said, today)
    return span is not None and span.start is not None and span.start > today


# 分馆挂牌5个: so many of it is no part of what it is called.
_AMOUNT_BEHIND = regex(
    r"(?<=[\u4e00-\u9fff]{2})\d+(?:\.\d+)?(?:多|余)?[万亿]?(?:公里|公顷|平方米?|个?百?[万亿]?元|[个家户人名台套座所处场次件份亩株吨间栋辆盏只组块米部宗起例幢])$"
)


def _subject(words: str, lexicon: Lexicon) -> str:
    """The words of a subject; empty when they could not be one."""
    from knowledge.deadlines.windows import without_window
    from knowledge.question.shaping import is_topic

    words = _AMOUNT_BEHIND.sub("", _PARTLY.sub(" ", words))
    meant = (
        _COUNTED.sub(" ", without_window(without_periods(without_ourselves(words)))).strip(" ,:、").removeprefix("的")
    )
    return meant if len(meant) > 1 and is_topic(meant, lexicon) and not _NO_SUBJECT.fullmatch(meant) else ""


# 专栏框架做完了，后面的内容接着录: the rest of the same matter, which is therefore not finished; and 后续会持续更新, which is no rest.
_AFTER = r"^(?:但是?|不过|只是|就是)?(?:还)?(?:有)?(?:后面|后头|后续|接下来|下一?步|余下|剩下|剩余|还剩)"
_KEPT_UP = regex(
    rf"{_AFTER}.{{0,6}}(?:请|验收|核验|做好|解读|宣传|管护|养护|总结|归档|档案|决算|审计|持续|长期|日常|维护|跟踪|巩固|关注|保持|常态)"
)
_REST = regex(_AFTER)


# What everything has, and what therefore goes on telling of what was named before: 检查搞了，通报还没发.
_GENERIC = regex(
    r"(?:的|也|都|相关|有关|后续|具体|全部|其中|各类|省里|市里|县里|区里|州里|上级|上头|上面)*(?:批文|批复|回复|答复函|指标|达标|覆盖|验收|通报|报告|材料|资料|数据|名单|台账|方案|通知|文件|资金|经费|投资|图纸|手续|合同|效果|反馈|满意度?|合格|监测|检查|整改|问题|隐患|照片|总结|网上|官网|公示|公告|链接|人员|设备|结果|清单|招标|测试|评审|备案|审批)+(?:率|表|单|书|的)?|[^\W\d]{1,6}(?:片区|标段|片)"
)


def is_generic(topic: str) -> bool:
    """Whether a subject names what everything has (报告, 资金), and no matter by itself."""
    return _GENERIC.fullmatch(topic) is not None


def _groups(clauses: list[_Clause]) -> list[list[_Clause]]:
    """Clauses about the same subject together: one that names none goes on telling of the last."""
    groups: list[list[_Clause]] = []
    for clause in clauses:
        last = groups[-1] if groups else []
        unfinished = bool(last) and all(one.status is None for one in last)
        if last and not clause.numbers and clause.status is not Status.DONE and _REST.search(clause.words):
            last.extend([] if _KEPT_UP.search(clause.words) else [replace(clause, topic="", hint="")])
            continue
        if last and not clause.numbers and _ended(last) and is_result(clause.words):
            last.append(replace(clause, topic="", hint="", status=None))
            continue
        if OTHERS.search(clause.words) and last:
            if not any(one.numbers for one in last):  # of what several things are done: 开街1条，其余在建
                last.append(replace(clause, topic="", numbers=()))
            continue
        if last and not clause.numbers and _GENERIC.fullmatch(clause.topic) and any(one.topic for one in last):
            clause = replace(clause, topic="", hint="")
        if last and clause.numbers and all(_only_names(one) for one in last):
            last.append(clause)
        elif last and _another_period(clause, last):
            groups.append([replace(clause, numbers=last[0].numbers, topic=last[0].topic)])
        elif last and (not clause.opens or (unfinished and not clause.numbers)):
            last.append(clause)
        elif clause.opens or clause.status or not groups:
            groups.append([clause])
    return groups


def _ended(group: list[_Clause]) -> bool:
    """Whether the last of the clauses that tell a status tells of completion."""
    told = [one.status for one in group if one.status is not None]
    return bool(told) and told[-1] is Status.DONE


def _only_names(clause: _Clause) -> bool:
    """Whether a clause is a number and nothing else: 第8项 第11项 都完成了."""
    if not clause.numbers or clause.topic or clause.hint or clause.status is not None:
        return False
    return len(without_numbers(clause.words).strip(" 、,和及与")) < 2


def _status_of(group: list[_Clause]) -> Status | None:
    """What the clauses tell together; nothing where one declines or guesses, and no completion of what is to come."""
    if any(tells_nothing(one.words) for one in group):
        return None
    status = status_of(tuple(_unnumbered(without_openers(one.words)) for one in group if one.words))
    whole = ",".join(_unnumbered(one.words) for one in group)
    if HEARSAY.search(whole) and (status is Status.DONE or only_counts(whole)):
        return None
    if len(group) > 1 and is_now(group[-1].words) and group[-1].status is Status.DONE and not group[-1].later:
        return Status.DONE  # 公开晚了两天，今天挂出去了
    later = any(one.later or (at and _REST.search(one.words)) for at, one in enumerate(group))
    return Status.IN_PROGRESS if later and status in (None, Status.DONE) else status


def _another_period(clause: _Clause, last: list[_Clause]) -> bool:
    """Whether a clause tells of another period of the same subject: 5月已完成，6月正在汇总."""
    named = {period for one in last for period in one.periods}
    tells = any(one.status for one in last)
    return tells and not clause.opens and bool(named and clause.periods) and named.isdisjoint(clause.periods)


def _told(group: list[_Clause], today: date) -> Told | None:
    words = "，".join(one.words for one in group if one.words)
    numbers = tuple(dict.fromkeys(number for one in group for number in one.numbers))
    status = _status_of(group)
    urls = tuple(url for one in group for url in one.urls)
    if status is None and not numbers and not urls and not any(one.topic for one in group):
        return None
    topics = [one.topic for one in group if one.topic]
    told = Told(
        words,
        status,
        numbers,
        "".join(topics),
        next((one.hint for one in group if one.hint), ""),
        percent_of(words) if status is not None else None,
        periods_in(words, today),
        urls,
        _EACH.search(words) is not None,
        status is Status.IN_PROGRESS and only_counts("，".join(_unnumbered(one.words) for one in group)),
        topics[0] if len(topics) > 1 else "",
    )
    return replace(told, percent=None) if status is Status.DONE else told
