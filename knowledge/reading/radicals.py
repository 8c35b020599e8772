"""Look-alikes that PDF writers put in place of everyday characters: radicals (⼈ for 人, ⻓ for 长), doubles, ligatures
and the bullets of fonts that hold nothing but signs.

Only these are changed: whole NFKC would also turn full-width punctuation into half-width.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_SUPPLEMENT = (
    "⺁厂⺄乙⺇几⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺗心⺛旡⺜日⺝月⺞歺⺟母⺠民⺧牛⺩王⺪疋⺫目⺬示⺮竹⺶羊⺷羊⺼月⺽臼⻁虎⻄西⻅见⻆角⻇角⻉贝⻊足⻋车"
    "⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻱龜⻳龟"
)
"""CJK Radicals Supplement → the ideograph it is drawn like (Unicode: EquivalentUnifiedIdeograph); NFKC knows two of them."""

_SIGNS = "\uf0b7●\uf06c●\uf06e■\uf0a7■\uf075◆\uf076◆\uf0d8➢\uf0fc✓"
"""What Symbol and Wingdings print for the bullets of Word's lists → the same as everyday signs."""

_DECOMPOSED = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB07), range(0x2F800, 0x2FA20))
"""Kangxi radicals, compatibility ideographs and Latin ligatures."""


@cache
def _table() -> dict[int, str]:
    known = _SUPPLEMENT + _SIGNS
    pairs = {ord(known[at]): known[at + 1] for at in range(0, len(known), 2)}
    for codes in _DECOMPOSED:
        pairs.update((code, unicodedata.normalize("NFKC", chr(code))) for code in codes)
    return pairs


@cache
def _known() -> frozenset[str]:
    return frozenset(map(chr, _table()))


def unified(text: str) -> str:
    """`text` with look-alikes replaced by the characters they stand for."""
    return text if _known().isdisjoint(text) else text.translate(_table())
