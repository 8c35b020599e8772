"""What the reader says about a file beside its text: what it left closed, and why a person should look.

Nothing in a file is ever run, opened or fetched; a file that asks for it is read all the same, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.model import Doubt, Place

_REACHING = re.compile(r"(?i)^\W*(DDEAUTO|DDE|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE)\b")


def macros() -> Doubt:
    """The file holds programs."""
    return Doubt("macros", "文件带有宏（能自动运行的程序），没有运行，只读取了文字，请核对文件来源")


def outside(targets: Iterable[str]) -> list[Doubt]:
    """The file refers to content that lies outside it."""
    found = [target for target in targets if target.strip()]
    message = f"文件引用了{len(found)}处外部内容，没有打开，只读取了文件自身的文字"
    return [Doubt("outside-reference", message, words=found[0].strip()[:60])] if found else []


def reaching_out(codes: Iterable[str]) -> list[Doubt]:
    """Field codes that would fetch something or start another program."""
    return outside(code for code in codes if _REACHING.match(code))


def embedded(place: Place | None = None) -> Doubt:
    """Another file lies inside this one."""
    return Doubt("embedded-part", "文档里嵌有另一个文件，其中的文字没有读取，请打开后复制为正文再导入", place)


WIDE, HIGH = 60, 30
"""Millimetres from which a picture may hold text that matters: a seal, a logo or a red head line is smaller."""


def pictures(count: int) -> list[Doubt]:
    """Pictures large enough to be a scanned page or table stand in the text."""
    message = f"文档里有{count}张较大的图片，图片里的文字没有读取；如果是扫描的正文或表格，请另外导入带文字的版本"
    return [Doubt("pictures-unread", message)] if count else []


def without_result(count: int, place: Place) -> Doubt:
    """Formulas whose results the file does not keep."""
    message = f"工作表里有{count}处公式没有保存计算结果，没有读取，请用 Excel 或 WPS 打开后重新保存再导入"
    return Doubt("formula-without-result", message, place)


def attached(count: int) -> list[Doubt]:
    """Whole files travel inside this one."""
    return [Doubt("embedded-part", f"文件里夹带了{count}个附件，没有打开，需要时请另存后单独导入")] if count > 0 else []


def scripts(count: int) -> list[Doubt]:
    """The file holds scripts of its own."""
    message = "文件带有脚本（能自动运行的程序），没有运行，只读取了文字，请核对文件来源"
    return [Doubt("macros", message)] if count > 0 else []


def unseen(words: str, place: Place) -> Doubt:
    """Words that nobody sees on the page: white, transparent, beside the paper."""
    return Doubt("hidden-text", "本页有看不见的文字（白色、透明或在纸面之外），没有读取", place, words.strip()[:40])


def struck_out(words: Iterable[str]) -> list[Doubt]:
    """Words are struck through: on paper that takes them back, in the file they still stand."""
    said = [word.strip() for word in words if word.strip()]
    message = f"文中有{len(said)}处带删除线的文字，仍按正文读入，请核对是否已经作废"
    return [Doubt("struck-out", message, words=said[0][:40])] if said else []
