"""What a question was taken to be about, in the asker's own words: a phrase that can be read, or nothing.

A refusal that quotes half a sentence (文件里没有写“方案要在”) looks broken, and one that quotes a whole one may carry a
stranger's text into the room. Therefore only a stretch of the question is quoted that stands together, is short, asks
nothing and neither begins nor ends in the middle of a construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.lexicon import shipped
from knowledge.model import Assignment
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.query import Query

# Longer phrases are not repeated, and shorter ones say nothing.
LONGEST, SHORTEST = 20, 2
# What a phrase may be made of: words, numbers, and the marks inside a name.
_CLEAN = regex(r"[\w“”‘’\"'（）()、·—.%+-]+")
_PUNCTUATION = regex(r"[,，;；:：。!！?？~…\s]+")
# A phrase with one of these asks, tells or points, and names no subject.
_ASKS = regex(
    r"谁|哪|什么|啥|怎|咋|几(?![何乎])|多少|吗|么$|呢|为何|如何|([^\W\d])[没不]\1|有没|是不是|能不|可不|我|你|您|他们|她|它|这些|那些|https?|www"
)
_ASKED = regex(
    r"(?:牵头|负责|主责|主办|承办|配合|管|抓|盯|谁|单位|部门|科室?|时候|哪天|几号|落实|公开|公布|发布|完成|我们?[局委办]?|你们?)的?$"
)
_RELATIVE = regex(r"[的了得](?:是)?(?:哪|谁|什么|啥|几|多少)")
_HEAD = regex(
    r"^(?:的|了|是|在|把(?!关|控)|被(?!征)|将(?!来|军)|和(?!平|谐)|跟|与|及(?!时)|就(?!业|近|医|学|诊)|也|还(?!款|建)|又|以及|什么|啥|关于|对于|有关|反正|就是|到底|一下|没有|自己的?|单位自己的?|那个|这个|那条|这条|那项|这项|请问一?下?|麻烦(?:您|你)?|(?:问|查|看)一?下|帮我?|领导(?!小组|干部|班子|包)|想(?!象)|问(?!题|责|诊|卷|政)|说(?!明|法)|看(?!病|护|守|管|台|望|齐|好)|查(?!处|验|封|体)|要(?!点|素|闻)|得(?!分)|该)+"
)
_TAIL = regex(
    r"(?:的|了|是|(?<![存现实正所潜])在|把|被|将|和|跟|与|及|就|也|还|又|(?<![纪摘主需重必提紧次概])要|(?<![取获所心])得|(?<![应])该|(?<![自理])由|(?<![回])归|(?<![直报签达得收])到|有|(?<![供补交自送发])给|"
    r"(?<![方导流面取定朝])向|从|找|(?<![申邀聘敬])请|各|于|(?<![行认作成])为|这|那|个|这个|那个|那条|这条|那项|这项|那块|这块|那件|这件|一下|现在|目前|到底|具体|定的|写的|说的|讲的|要求的?|规定的?|弄到|要弄到|要在|得在|必须|应该|都|全|再|先|最|新|分别|各自|一共|总共|里面?|里头|上面?|中|有关|相关)+$"
)


def understood(query: Query) -> str:
    """The first phrase of the topics that can be quoted, as the asker wrote it; empty where there is none."""
    pieces = [piece for topic in query.topics for piece in _PUNCTUATION.split(topic)]
    phrases = [phrase for piece in pieces if (phrase := readable(piece)) and _whole(phrase, query.text)]
    if not phrases:
        return ""
    chosen = phrases[0] if len(phrases[0]) > SHORTEST else max(phrases, key=len)
    return _as_written(chosen, query.said or query.text)


def unspoken(query: Query, rows: Iterable[Assignment]) -> str:
    """The phrase that was asked with, where it stands in none of `rows`, which were found by other words; else nothing."""
    phrase = understood(query)
    return "" if any(bare(phrase) in bare(one.text) for one in rows) else phrase


def _whole(phrase: str, text: str) -> bool:
    """Whether a phrase stands at the beginning of a clause or behind what asks, and is not cut off in a relative clause."""
    at = text.find(phrase)
    if at < 0:
        return False
    before, behind = text[:at], text[at + len(phrase) :]
    begins = _HEAD.sub("", _PUNCTUATION.split(before)[-1]) == "" or _ASKED.search(before) is not None
    return begins and _RELATIVE.match(behind) is None


def readable(piece: str) -> str:
    """The readable middle of a stretch; empty where nothing of it is."""
    piece = re.sub(r"^(?:那个|这个)?(?:什么|啥)(?=[^\W\d]{2})", "", piece)
    if _ASKS.search(piece) or piece.endswith("了"):
        return ""
    before = None
    while before != piece:
        before, piece = piece, _TAIL.sub("", _HEAD.sub("", piece))
    if piece in shipped().weak or piece in shipped().fillers:
        return ""
    if not SHORTEST <= len(piece) <= LONGEST or not _CLEAN.fullmatch(piece):
        return ""
    piece = piece[1:-1] if piece[0] in '“"' and piece[-1] in '”"' else piece
    return piece if _balanced(piece) else piece.strip("“”\"'‘’()（）")


def _balanced(phrase: str) -> bool:
    return phrase.count("“") == phrase.count("”") and phrase.count("(") == phrase.count(")") and '"' not in phrase


def _as_written(phrase: str, said: str) -> str:
    """`phrase`, which was folded for comparing, in the characters of the question; empty where it does not stand there."""
    if said.isalnum() and plain(said) == said:
        return phrase if phrase in said else ""
    signs = [(plain(sign), sign) for sign in said]
    folded = "".join(sign for sign, _ in signs)
    at = folded.find(phrase)
    if at < 0:
        return ""
    out, place = "", 0
    for plainly, sign in signs:
        if at <= place < at + len(phrase):
            out += sign
        place += len(plainly)
    return out.strip()
