"""Bytes → text, by strict trial only: a wrong guess would turn every unit name into other characters."""

from __future__ import annotations

import re

from knowledge.model import Doubt, ReadingError
from knowledge.reading.limits import MAX_TEXT
from knowledge.reading.refusal import refusal

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAVE_AS = "请用记事本或 WPS 打开，核对文字无误后另存为 UTF-8 编码的文本文件再导入"


def decoded(data: bytes, name: str) -> str:
    """The text of a file: by its mark, else strict UTF-8, else strict GB18030.

    Raises ReadingError when none fits, or when what comes out is no text.
    """
    if len(data) > MAX_TEXT:
        raise refusal(name, f"文字超过 {MAX_TEXT // 2**20} MB", "请只留任务分工的正文和表格后再导入")
    text = _by_mark(data, name) if any(data.startswith(bom) for bom, _ in _BOMS) else _by_trial(data, name)
    if "\x00" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise refusal(name, "里面是二进制内容，不是文字", "请导入 .docx、.xlsx、.html 或 .txt 文件")
    return _CONTROL.sub("", text)


def decoded_page(data: bytes, name: str) -> tuple[str, tuple[Doubt, ...]]:
    """The text of a web page. Pages cut words in the middle of a character: a few damaged ones are borne and reported."""
    try:
        return decoded(data, name), ()
    except ReadingError:
        if len(data) > MAX_TEXT:
            raise
        for codec in ("utf-8", "gb18030"):
            text = data.decode(codec, "replace")
            lost = text.count("\ufffd")
            if lost * 500 < len(text) and "\x00" not in text and is_chinese(text):
                words = re.search(".{0,15}\ufffd.{0,15}", text)
                message = f"网页中有 {lost} 处文字已损坏，请对照原文核对"
                return _CONTROL.sub("", text), (Doubt("damaged-characters", message, words=words[0] if words else ""),)
        raise


def _by_mark(data: bytes, name: str) -> str:
    bom, codec = next(pair for pair in _BOMS if data.startswith(pair[0]))
    try:
        return data[len(bom) :].decode(codec)
    except UnicodeDecodeError as error:
        raise refusal(name, f"文件声明为 {codec[:6].upper().rstrip('-')}，但内容已损坏", _SAVE_AS) from error


def _by_trial(data: bytes, name: str) -> str:
    for codec in ("utf-8", "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" or is_chinese(text):
            return text
    raise refusal(name, "文字编码无法识别或内容已损坏", _SAVE_AS)


def is_chinese(text: str) -> bool:
    """Whether GB18030 gave real Chinese: most of its Chinese characters are everyday ones (GB 2312 level 1).

    Damaged UTF-8 and other encodings can pass as GB18030, but come out as rare characters.
    """
    written = [character for character in text[:50_000] if "\u3400" <= character <= "\u9fff"]
    everyday = sum(1 for character in written if _is_everyday(character))
    return everyday >= len(written) * (0.5 if len(written) >= 50 else 0.25)


def _is_everyday(character: str) -> bool:
    encoded = character.encode("gb18030")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7 and encoded[1] >= 0xA1
