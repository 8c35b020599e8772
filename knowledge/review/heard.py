"""What somebody types as an answer in a review: 1, 2, 改成市数据局, 跳过, 返回, 第5项 时限 6月底前 → what it means.

Typed words are hostile until they are clean: no control characters, no line breaks, no halves of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Draft, Role
from knowledge.review import wanted
from knowledge.review.correction import Correction, Field
from knowledge.review.decision import UNREAD, Decision, added, joined
from knowledge.review.lesson import Lesson, alias, from_choice
from knowledge.review.review import Review, Ruling, Verb
from knowledge.review.wanted import Resolve, Unclear, as_typed

LONGEST = 4000


class Wish(StrEnum):
    """What an answer asks for. RULE carries a ruling; UNCLEAR a slug of what is wrong; OTHER is no answer at all."""

    RULE = "rule"
    BACK = "back"
    STOP = "stop"
    FILE = "file"
    SHOW = "show"
    HELP = "help"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer understood. `slug` and `words` tell what is unclear."""

    wish: Wish
    ruling: Ruling | None = None
    slug: str = ""
    words: str = ""


_WISHES: Mapping[Wish, str] = {
    Wish.BACK: r"返回|退回|后退|上一(?:处|个|步)|撤回|撤销|b",
    Wish.STOP: r"停(?:下|止|一下)?|暂停|退出|先到这(?:里|儿)?|不核对了|q",
    Wish.FILE: r"入册|完成核对|就这样入册",
    Wish.SHOW: r"(?:看)?原文",
    Wish.HELP: r"[?？]|(?:怎么(?:改|用|答)|说明|帮助)",
}
_ACCEPT = re.compile(r"1|①|对的?|是的?|好的?|确认|接受|照此|没问题|没错|可以|y|ok|照此登记", re.IGNORECASE)
_SKIP = re.compile(r"跳过|先跳过|过|下一(?:处|个)|s", re.IGNORECASE)
_APART = re.compile(r"分开|逐(?:处|个|项)(?:看|来|核对)?")
# In a chat a question is a question, whatever word it begins with (牵头单位是谁).
_ASKS = re.compile(r"谁|什么|哪|吗|多少|怎|[?？]\s*$")
_NO = re.compile(r"否|不|不对|不是|错|错了|有误|n|no", re.IGNORECASE)
_NUMBER = re.compile(r"(?:选|第)?\s*(\d{1,2})\s*(?:个|号|种)?")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_OF_ROW = re.compile(r"第\s*(\d{1,4}(?:[.-]\d{1,3}){0,3})\s*[项条]\s*[:：,，]?\s*(?=\S)")
_INSTEAD = re.compile(
    r"(?:请)?(?:改(?:成|为|作)|更正为|更改为|应(?:当|该)?(?:是|为)|其实是)\s*[:：]?\s*(.+)", re.DOTALL
)
_ALIAS = re.compile(r"(?:就|也就)是\s*[:：]?\s*(.+)|(?:是|即)\s*[:：]?\s*(.{2,}?)(?:的)?(?:简称|别名|俗称)", re.DOTALL)
_JOIN = re.compile(r"(?:并入|归入|属于|接在)\s*第?\s*(\d{1,4}(?:[.-]\d{1,3}){0,3})\s*[项条]?(?:后面|之后)?")
_ADD = re.compile(r"(?:作为|算)?\s*(?:一项)?新(?:的)?任务\s*[:：,，]?\s*(.*)", re.DOTALL)
_IGNORE = re.compile(r"忽略|不管|没用|不是任务")
_DROP = re.compile(r"删去|删除|去掉(?:这一项|此项)?|不是任务|删(?:掉|去)?(?:这一项|此项)")
_ROLES = {"牵头": Role.LEAD, "责任": Role.RESPONSIBLE, "配合": Role.COOPERATING}
_FIELD = re.compile(
    r"(?P<role>牵头|责任|配合)(?:单位|部门)?\s*(?P<how>改(?:成|为)|[:：为是]|\s)\s*(?P<units>.+)"
    r"|(?:加上?|增加|补上)\s*[:：]?\s*(?P<more>.+)"
    r"|(?P<field>完成时限|时限|期限|内容|编号|序号|标题|年份|年度|印发日期|印发)\s*(?:改(?:成|为)|[:：为是]|\s)?\s*(?P<value>.+)",
    re.DOTALL,
)
# 三季度的时限, where an item has one for each quarter.
_OF_SLOT = re.compile(r"(?!完成(?:时限|期限))(?P<slot>[^\s，,；;。：:改是为]{1,16}?)的?\s*(?=(?:完成)?(?:时限|期限))")
_FIELDS = {
    "完成时限": Field.DEADLINE, "时限": Field.DEADLINE, "期限": Field.DEADLINE, "内容": Field.TEXT, "编号": Field.NUMBER,
    "序号": Field.NUMBER, "标题": Field.TITLE, "年份": Field.YEAR, "年度": Field.YEAR, "印发日期": Field.ISSUED,
    "印发": Field.ISSUED,
}  # fmt: skip


def clean(text: str) -> str:
    """What was typed, on one line, without control characters, invisible ones and halves of pairs."""
    whole = "".join(" " if c.isspace() else c for c in text[: LONGEST + 1])
    kept = (c for c in whole if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return re.sub(r" {2,}", " ", "".join(kept)).strip()


def heard(text: str, review: Review, resolve: Resolve = as_typed, *, bare: bool) -> Heard:
    """What `text` means as an answer to the review's current decision.

    `bare`: words that are no command are what belongs in the doubted place, and an empty line accepts, as at a
    terminal; in a chat, where people also ask questions, they are OTHER.
    """
    words = clean(text)
    if len(words) > LONGEST:
        return Heard(Wish.UNCLEAR, slug="too-long")
    for wish, pattern in _WISHES.items():
        if re.fullmatch(pattern, words, re.IGNORECASE):
            return Heard(wish)
    if review.current is None:
        return Heard(Wish.OTHER)
    try:
        return _answer(words, review, review.current, resolve, bare)
    except Unclear as unclear:
        return Heard(Wish.UNCLEAR, slug=unclear.slug, words=unclear.words)


def _answer(words: str, review: Review, one: Decision, resolve: Resolve, bare: bool) -> Heard:
    if _SKIP.fullmatch(words):
        return _rule(Ruling(one.key, Verb.SKIPPED))
    if _APART.fullmatch(words):
        if one.many == 1:
            raise Unclear("alone")
        return _rule(Ruling(one.key, Verb.APART))
    number = _chosen(words, bare)
    if number is not None:
        return _rule(_choice(number, review, one))
    if _NO.fullmatch(words):
        raise Unclear("say-what")
    if not bare and _ASKS.search(words):
        return Heard(Wish.OTHER)
    found = _typed(words, review.reviewed, one, resolve, bare)
    return _rule(found) if found else Heard(Wish.OTHER)


def _rule(ruling: Ruling) -> Heard:
    return Heard(Wish.RULE, ruling)


def _chosen(words: str, bare: bool) -> int | None:
    """The number of the choice that is meant; None for other words."""
    if (bare and not words) or _ACCEPT.fullmatch(words):
        return 1
    if words and words in _CIRCLED:
        return _CIRCLED.index(words) + 1
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", words))
    return int(found[1]) if found else None


def _choice(number: int, review: Review, one: Decision) -> Ruling:
    offered = review.choices
    if not 1 <= number <= len(offered):
        raise Unclear("no-such-choice", str(len(offered)))
    choice = offered[number - 1]
    verb = Verb.CORRECTED if choice.corrections else Verb.ACCEPTED
    return Ruling(one.key, verb, choice.corrections, from_choice(one, choice))


# ---------------------------------------------------------------- typed corrections
def _typed(words: str, draft: Draft, one: Decision, resolve: Resolve, bare: bool) -> Ruling | None:
    """The ruling that typed words stand for; None where they are no answer. Raises Unclear."""
    corrections: list[Correction] = []
    lesson: Lesson | None = None
    if one.form.field is Field.NAME:  # 市发改就是市发展和改革委员会
        words = words.removeprefix(one.words).strip() or words
    for part in filter(None, re.split(r"\s*[；;]\s*", words)) if _OF_ROW.match(words) else (words,):
        made = list(_corrections(part, draft, one, resolve, bare))
        if not made:
            return None
        corrections += made
    if _ALIAS.fullmatch(words) and one.form.field is Field.NAME:
        lesson = alias(corrections[0])
    return Ruling(one.key, Verb.CORRECTED, tuple(corrections), lesson)


def _corrections(words: str, draft: Draft, one: Decision, resolve: Resolve, bare: bool) -> Iterator[Correction]:
    row = _OF_ROW.match(words)
    named = wanted.named_rows(one.doubt, draft) if one.doubt else []
    ids: tuple[str, ...] = one.assignments or tuple(other.id for other in named if len(named) == 1)
    if row and (rest := words[row.end() :].strip()):
        ids, words, bare = (_numbered(row[1], draft),), rest, False
    slot, words = _named_slot(words, ids, draft)
    if one.code == UNREAD:
        yield from _of_line(words, draft, one, resolve)
        return
    for read in (_named_field, _dropped):
        made = list(read(words, ids, draft, one, resolve, slot))
        if made:
            yield from made
            return
    instead = _INSTEAD.fullmatch(words) or (_ALIAS.fullmatch(words) if one.form.field is Field.NAME else None)
    if instead or bare:
        value = next((group for group in instead.groups() if group), "") if instead else words
        yield from _in_place(value, draft, one, resolve)


def _numbered(number: str, draft: Draft) -> str:
    """The id of the assignment at `number`, or that prints it. Raises Unclear."""
    rows = [row for row in draft.assignments if row.number == number]
    rows += [row for row in draft.assignments if row.printed_number == number]
    if not rows:
        raise Unclear("no-such-row", number)
    return rows[0].id


def _in_place(value: str, draft: Draft, one: Decision, resolve: Resolve) -> Iterator[Correction]:
    if one.form.field is None:
        raise Unclear("no-place")
    yield from wanted.instead(one.form.field, value.strip(), one.members, draft, resolve)


def _named_field(
    words: str, ids: tuple[str, ...], draft: Draft, one: Decision, resolve: Resolve, slot: str
) -> Iterator[Correction]:
    found = _FIELD.fullmatch(words)
    if found is None:
        return
    if found["field"] in _OF_DOCUMENT:
        yield _OF_DOCUMENT[found["field"]](found["value"].strip(), draft)
        return
    if not ids:
        raise Unclear("which-row")
    for id in ids:
        yield _of_row(found, id, draft, resolve, one, slot)


_OF_DOCUMENT: Mapping[str | None, Callable[[str, Draft], Correction]] = {
    "标题": wanted.title,
    "年份": wanted.year,
    "年度": wanted.year,
    "印发日期": wanted.issued,
    "印发": wanted.issued,
}


def _of_row(found: re.Match[str], id: str, draft: Draft, resolve: Resolve, one: Decision, slot: str) -> Correction:
    if found["role"]:
        return wanted.units(found["units"].strip(), id, _ROLES[found["role"]], draft, resolve)
    if found["more"]:
        return wanted.more_units(found["more"].strip(), id, Role.RESPONSIBLE, draft, resolve)
    value = found["value"].strip()
    match _FIELDS[found["field"]]:
        case Field.DEADLINE:
            return wanted.deadline(value, id, slot or _slot(id, draft, one), draft)
        case Field.TEXT:
            return wanted.text(value, id, draft)
        case _:
            return wanted.number(value, id, draft)


def _slot(id: str, draft: Draft, one: Decision) -> str:
    """The time limit that is meant: the doubted one, else the one in the row's own slot. Raises Unclear where it has several."""
    doubted = next((doubt for doubt, of in one.members if of == id and one.form.field is Field.DEADLINE), None)
    words = wanted.slot_of(doubted, id, draft) if doubted else ""
    own = wanted.own_slots(id, draft)
    if not words and len(own) > 1:
        raise Unclear("which-slot", "；".join(own))
    return words or next(iter(own), "")


def _named_slot(words: str, ids: tuple[str, ...], draft: Draft) -> tuple[str, str]:
    """The time limit of the item meant that is named before 时限 (三季度的时限), empty where none is, and the words without that.
    Raises Unclear where it has several, and none or more than one of this name."""
    named = _OF_SLOT.match(words)
    own = wanted.own_slots(ids[0], draft) if named and len(ids) == 1 else []
    if named is None or len(own) < 2:
        return "", words
    found = [slot for slot in own if named["slot"].removeprefix("第") in slot]
    if len(found) != 1:
        raise Unclear("which-slot", "；".join(own))
    return found[0], words[named.end() :]


def _dropped(
    words: str, ids: tuple[str, ...], draft: Draft, one: Decision, resolve: Resolve, slot: str
) -> Iterator[Correction]:
    if _DROP.fullmatch(words):
        if not ids:
            raise Unclear("which-row")
        for id in ids:
            row = wanted.row_of(draft, id)
            yield Correction(Field.DROPPED, id, row.text if row else "")


def _of_line(words: str, draft: Draft, one: Decision, resolve: Resolve) -> Iterator[Correction]:
    """What becomes of an unread line."""
    if _IGNORE.fullmatch(words):
        place = one.lines[0].place if one.many == 1 else None
        yield Correction(Field.IGNORED, old=one.words, place=place)
    elif (found := _JOIN.fullmatch(words)) or (found := _ADD.fullmatch(words)):
        if one.many > 1:
            raise Unclear("apart-first")
        if found.re is _JOIN:
            yield joined(one.lines[0], _numbered(found[1], draft))
            return
        new = added(one.lines[0], draft)
        yield new
        if found[1].strip():
            duties, _ = wanted.duties_of(found[1].strip(), wanted.usual_role(draft), draft, resolve)
            yield Correction(Field.MORE_UNITS, new.assignment, new=wanted.shown(duties), duties=duties)
