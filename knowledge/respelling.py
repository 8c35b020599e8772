"""Asking words typed by their sound (谁千头, shei qiantou) written as they are meant.

Only words that ask are mended here; what a question is about stays as typed, the search engine hears it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from knowledge.normal import has_han
from knowledge.phonetic import cuts, flatten, readings

# Words that no other common word sounds like: mended wherever they are heard (责任单位 from 则任单位).
DISTINCT = [
    "牵头",
    "谁牵头",
    "牵头单位",
    "责任单位",
    "配合单位",
    "负责单位",
    "什么时候",
    "啥时候",
    "什么时间",
    "逾期",
    "月底",
    "年底",
    "配合",
    "负责",
    "哪些单位",
    "哪个单位",
    "哪个部门",
    "哪些部门",
    "完成时限",
    "截止时间",
    "截止日期",
    "完成时间",
    "具体内容",
    "具体要求",
    "一共多少",
    "总共多少",
    "多少项",
    "本周汇总",
    "怎么样了",
]
# Words mended only where pinyin was typed: written in characters they are often right as they stand.
TYPED = [
    "谁",
    "哪些",
    "哪个",
    "哪家",
    "哪几家",
    "哪几项",
    "有哪些",
    "单位",
    "部门",
    "负责",
    "完成",
    "截止",
    "到期",
    "期限",
    "时限",
    "几号",
    "几号前",
    "几月",
    "何时",
    "多久",
    "要干啥",
    "干啥",
    "要干什么",
    "干什么",
    "做什么",
    "任务",
    "内容",
    "是什么",
    "是啥",
    "几项",
    "多少",
    "一共",
    "总共",
    "怎么用",
    "你能干什么",
    "你能干啥",
    "帮助",
    "本周",
    "这周",
    "汇总",
    "周报",
    "发一下",
    "总结",
    "逾期",
    "完成了吗",
    "完成没",
    "做完没",
    "进度",
    "进展",
    "怎么样",
    "已完成",
    "收到",
    "谢谢",
    "你好",
    "下个月",
    "这个月",
    "本月",
    "今年",
    "底前",
    "月底前",
    "年底前",
    "要",
    "归",
    "管",
    "是",
    "的",
    "前",
    "是哪家",
    "是谁",
    "哪几个",
    "牵头是",
    "第几项",
    "文件",
    "哪些文件",
    "配合",
    "参与",
    "会同",
    "落实",
    "早上好",
    "再见",
]
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-z']+(?: +[a-z']+)*")
# Characters that nobody types for the sound of another: mended words never begin or end in them.
_PARTICLES = frozenset("的地得了是不有在和与")
# Web and mail addresses are never pinyin.
_ADDRESS = re.compile(r"((?:https?://|www\.)[\x21-\x7e]+|[\w.]+@[\w.]+)")
# Words that sound like one of ours and are right as they stand.
_RIGHT = re.compile(r"预期(?=目标|效果|收益|管理|引导|性)|引导预期|市场预期|社会预期|合理预期")


@cache
def _sounds(words: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Flattened syllables → word, the longer words first where two sound the same."""
    table: dict[tuple[str, ...], str] = {}
    for word in words:
        for sound in product(*map(readings, word)):
            table.setdefault(sound, word)
    return table


def respelled(text: str) -> str:
    """`text` (written as `plain` writes it) with its asking words in the usual characters."""
    mended = _CHINESE.sub(lambda found: _mended(found[0]), text)
    if not any("a" <= letter <= "z" for letter in mended):
        return mended
    typed = "".join(part if _ADDRESS.match(part) else _LETTERS.sub(_typed_run, part) for part in _ADDRESS.split(mended))
    return re.sub(" {2,}", " ", typed).strip()


def _typed_run(found: re.Match[str]) -> str:
    return _typed(found[0])


def _mended(part: str) -> str:
    table = _sounds(tuple(DISTINCT))
    longest = max(map(len, DISTINCT))
    kept = {at for found in _RIGHT.finditer(part) for at in range(found.start(), found.end())}
    out, at = "", 0
    while at < len(part):
        word = None if at in kept else _heard(part, at, longest, table)
        out += word or part[at]
        at += len(word) if word else 1
    return out


def _heard(part: str, at: int, longest: int, table: dict[tuple[str, ...], str]) -> str | None:
    """The longest word of ours that is heard at `at`; at least half of its characters must be right as typed."""
    for length in range(min(longest, len(part) - at), 1, -1):
        written = part[at : at + length]
        if not _PARTICLES.isdisjoint((written[0], written[-1])):
            continue
        for sound in product(*(readings(character)[:2] for character in written)):
            word = table.get(sound)
            if word and sum(one == other for one, other in zip(word, written, strict=True)) * 2 >= length:
                return word
    return None


def _typed(part: str) -> str:
    """A run of typed pinyin with its asking words in characters; anything else stays as it was."""
    words = part.split()
    if not all(_pinyin(word) for word in words):
        pieces = [_typed(word) if _pinyin(word) and len(words) > 1 else word for word in words]
        return " ".join(pieces)
    return "".join(_written(words))


def _pinyin(word: str) -> bool:
    return not has_han(word) and bool(cuts(word.replace("'", "")))


def _written(words: Iterable[str]) -> Iterator[str]:
    sounds, edges = [], {0}
    for word in words:
        sounds += [*cuts(word.replace("'", ""))[0]]
        edges.add(len(sounds))
    table = _sounds(tuple(TYPED + DISTINCT))
    longest = max(map(len, table))
    flat = [flatten(sound) for sound in sounds]
    at = 0
    while at < len(flat):
        length = next(
            (
                length
                for length in range(min(longest, len(flat) - at), 0, -1)
                if tuple(flat[at : at + length]) in table and (length > 1 or {at, at + 1} <= edges)
            ),
            0,
        )
        if length:
            yield table[tuple(flat[at : at + length])]
        else:
            yield (" " if at in edges else "") + sounds[at] + (" " if at + 1 in edges else "")
        at += max(1, length)
