"""是民政牵头还是医保牵头, 算发改的还是财政的: which of two units it is. Whose it is may be neither's, so that it is asked who it is."""

from __future__ import annotations

from knowledge.normal import HAN
from knowledge.patterns import regex
from knowledge.register import Register
from knowledge.units import UnitBook

_BE = regex(r"(?:到底|究竟|应该|具体|,|，|\s)*(?:(?<!还)是|算|归|(?<!理)由|属于?|(?<!应)该|让|找)(?:是|由|归)?")
# 哪家牵头少，A还是B: asked already.
_ASKED = regex(r"谁|哪")
_BEGIN = regex(r"^|(?<=[,，\s])|(?<=这块|这事|那条|那项|这个|这项|这条|那块)")
_DOING = r"(?:来|去|在)?(?:牵头|牵|挑头|领头|打头|带头|主办|主责|承办|负责|配合|协办|落实|管|抓|扛|揽|挑|弄|办|做|搞|干|盯|出面|公开|公布|发布)(?:起来|一下|着)?"
_CHOICE = regex(
    rf"(?P<one>{HAN}{{2,12}}?)(?P<doing>{_DOING})?(?:的)?(?:事儿?|活儿?)?[,，]?(?:还是|或者?是)(?:是|算|归|由|属于?|该|让|找)?"
    rf"(?P<other>{HAN}{{2,12}}?)(?P<also>{_DOING})?(?:的)?(?:事儿?|活儿?)?(?:呢|啊|呀|来着|吗|嘛)?\W*$"
)
_UNIT = regex(r".{1,10}(?:局|委|办|部|厅|院|中心|公司|处|科|会|大队|支队|镇|乡|街道|社|所|站|集团|政府|委员会)$")


def whose_of_two(text: str, register: Register) -> str:
    """`text` (written as `plain` writes it) that asks whose of two units something is, asking who does it; any other text as it is."""
    if "还是" not in text and "或" not in text:
        return text
    for begin in (*_BE.finditer(text), *_BEGIN.finditer(text)):
        choice = _CHOICE.match(text, begin.end())
        if (
            choice is not None
            and _ASKED.search(text, 0, begin.start()) is None
            and _of_units(choice["one"], choice["other"], register)
        ):
            return f"{text[: begin.start()]}谁{choice['doing'] or choice['also'] or '牵头'}"
    return text


def _of_units(one: str, other: str, register: Register) -> bool:
    """Whether both are called as units are, and one of them is a unit of the documents or has a unit's name."""
    forms = UnitBook.of(register).spelt
    printed = [any(words in form for form in forms) for words in (one, other)]
    named = [_UNIT.match(words) is not None for words in (one, other)]
    short = [len(words) <= 4 for words in (one, other)]
    return all(map(any, zip(printed, named, short, strict=True))) and (any(printed) or all(named))
