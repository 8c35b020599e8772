"""How a line begins or ends: whether a paragraph of an office document can start here, or must have ended there."""

from __future__ import annotations

import re

_CN = "一二三四五六七八九十百"
_BEGINS = re.compile(
    rf"第\s*[{_CN}\d]{{1,4}}\s*[章节条编部]"
    rf"|[{_CN}]{{1,4}}\s*[、.．]"
    rf"|[（(〔]\s*[{_CN}\d]{{1,4}}\s*[)）〕]"
    r"|\d{1,3}\s*(?:[.．](?!\d)|、|[)）]|[.．](?=\s*20\d\d\s*年))"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,3}\s*(?=[\u3400-\u9fff“《])(?![个年月日亿万千百元吨公平家项倍米人户亩度])"
    r"|[.．]\s*(?=[\u3400-\u9fff“《])"
    r"|[①-⑳●◆■★▲□◇○•➢]"
    rf"|(?:重点)?(?:任务|工作|事项|项目|实事|问题|行动|工程|措施)[{_CN}\d]{{1,3}}\s*[:：、.．]"
    r"|附\s*件|附\s*[:：]|注\s*[:：]|抄\s*送|主\s*送"
)
"""Numbers, bullets and words that open a paragraph. 12.5亿元 and 1.5万人 are amounts that a line break cut off."""

_LABEL = re.compile(
    r"[【\[]?[^，。；、,;：:（(〔【]{0,10}(?:单位|單位|部门|部門|时限|時限|时间|期限|进度|节点|领导|责任人|负责人|联系人|电话|目标|要求|措施|内容|任务"
    r"|牵头|牽頭|配合|责任|責任|协办|主办|承办|落实|备注|说明|科室|处室|主体|标准|地址|日期|名称)[】\]]?[：:]"
)
_DAY = re.compile(r"(?:20\d\d|[二〇○零一二三四五六七八九]{4})年\S{1,3}月\S{1,3}日")
_DOCUMENT_NUMBER = re.compile(r"\S{2,14}[〔\[（(【]20\d\d[〕\])）】]第?\d{1,4}号")
_ADDRESSEES = re.compile(r"各.*[：:]")

_UNIT_END = (
    r"(?:局|委|办|室|府|会|院|中心|公司|队|所|站|行|社|部|厅|处|科|团|联|大学|学校|区|县|市|镇|乡|街道|单位|部门)"
)
_SENTENCE_END = re.compile(r"[。！？!?][”’』》）)]*$")
_DUTY_BRACKET = re.compile(
    r"(?:负责|負責|牵头|牽頭|配合|落实|落實|单位|單位|部门|职责|職責|参与|承办|时限|完成)[^（(〔【]*[)）〕】]$"
)
_NAMES_BRACKET = re.compile(rf"[（(〔【][^（(〔【]*{_UNIT_END}[)）〕】]$")
_TITLE_END = re.compile(
    r"(?:关于.*|[^，。；,;：:]{8,60})(?:通知|意见|方案|函|决定|通报|批复|要点|办法|公告|分工|清单|安排|计划|措施|表)$"
)
_TRAIL = re.compile(r"[>＞»]")
_LISTED = re.compile(rf"(?:{_UNIT_END}|前|底|\d日|年内|长期|推进)$")
_LIST_GOES_ON = re.compile(
    rf"[、，,；;和及与等（(]|按|牵头|负责|配合|分别|落实|共同|[\u3400-\u9fff]{{0,8}}{_UNIT_END}(?:[、，,。；;）)（(\s]|$)"
)
_WHOLE_NAME = re.compile(r"(?:局|委|办|厅|院|中心|公司|队|室|政府|单位|部门)$")
_NEXT_NAME = re.compile(r"(?:[市县区省州]|各(?:[县区市镇乡]|有关))[\u3400-\u9fff]{2,}")
_OPEN, _CLOSE = "（(〔【《“", "）)〕】》”"
_REACH = 160
_TORN = re.compile(r"[，、,（(“《]$")
_REST = re.compile(r"[，。、；：！？）)”》〕】%％]")
_DATE_TORN = re.compile(r"[\d年月第至—-]\|(?:\d|[年月日]|[上中下]旬|底)")
_BRACKETED_DUTY = re.compile(
    rf"[（(〔【][^）)〕】]{{0,40}}(?:牵头|牽頭|负责|負責|单位|單位|配合|落实|落實|职责|職責|{_UNIT_END}[、，）)〕】])"
)


def begins(line: str) -> bool:
    """Whether a number, label, date, document number or addressee stands where `line` begins."""
    if _BEGINS.match(line) or begins_label(line):
        return True
    whole = re.sub(r"\s+", "", line)
    return is_day(line) or any(form.fullmatch(whole) for form in (_DOCUMENT_NUMBER, _ADDRESSEES))


def is_day(line: str) -> bool:
    """Whether `line` is a date and nothing else, as it stands under a signature."""
    return _DAY.fullmatch(re.sub(r"\s+", "", line)) is not None


def numbered(line: str) -> bool:
    """Whether a number or bullet opens `line`."""
    return _BEGINS.match(line) is not None


_COUNTS = (re.compile(r"(\d{1,3})\s*[.．、](?!\d)"), re.compile(r"[（(]\s*(\d{1,3})\s*[)）]"))


def counts_on(first: str, line: str) -> bool:
    """Whether `line` opens with the number that follows upon the one at the head of `first` (1.… , 2.…)."""
    pairs = ((form.match(first), form.match(line)) for form in _COUNTS)
    return any(a is not None and b is not None and int(b[1]) == int(a[1]) + 1 for a, b in pairs)


_SECTION = re.compile(rf"[{_CN}]{{1,3}}、(?![{_CN}])|[（(][{_CN}]{{1,3}}[)）]\s*[\u3400-\u9fff“《]")


def opens_section(line: str) -> bool:
    """Whether the numeral of a section opens `line`: hardly ever does a sentence break before one."""
    return _SECTION.match(line) is not None


def begins_label(line: str) -> bool:
    """Whether `line` opens with a label (牵头单位：, 完 成 时 限：)."""
    return _LABEL.match(re.sub(r"\s+", "", line[:30])) is not None


def ended(text: str) -> bool:
    """Whether `text` is complete: its sentence, its bracketed duty, its title or its addressee line is closed."""
    text = text.rstrip()
    if in_bracket(text):
        return False
    near = text[-_REACH:]
    closed = (_SENTENCE_END, _DUTY_BRACKET, _NAMES_BRACKET)
    if text.endswith(("：", ":")) or any(form.search(near) for form in closed) or _TRAIL.search(text):
        return True
    if is_day(text) or _DOCUMENT_NUMBER.fullmatch(re.sub(r"\s+", "", text)):
        return True
    return not numbered(text) and _TITLE_END.fullmatch(text) is not None


def closes_duty(text: str) -> bool:
    """Whether `text` ends in a bracket that names duties, behind which a paragraph is over."""
    near = text.rstrip()[-_REACH:]
    return _DUTY_BRACKET.search(near) is not None or _NAMES_BRACKET.search(near) is not None


def is_listed(text: str, rest: str) -> bool:
    """Whether a label line is complete with the unit or date it ends in: `rest` does not go on in a list."""
    return begins_label(text) and _LISTED.search(text) is not None and _LIST_GOES_ON.match(rest) is None


def is_rest(line: str) -> bool:
    """Whether `line` begins with a mark that only closes something before it."""
    return _REST.match(line) is not None


def in_bracket(text: str) -> bool:
    """Whether a bracket or quotation mark opened near the end of `text` is still open."""
    depth = 0
    for char in text[-_REACH:]:
        depth += 1 if char in _OPEN else -1 if char in _CLOSE and depth else 0
    return depth > 0


def is_torn(text: str, rest: str) -> bool:
    """Whether `text` plainly goes on in `rest`: an open bracket, a comma, a date or a mark cut off."""
    end, start = text.rstrip()[-1:], rest.lstrip()[:2]
    return (
        in_bracket(text)
        or _TORN.search(end) is not None
        or _REST.match(start) is not None
        or _DATE_TORN.match(f"{end}|{start}") is not None
    )


def is_bracketed_duty(line: str) -> bool:
    """Whether `line` opens with a bracket that names duties, which never begins a paragraph of its own."""
    return _BRACKETED_DUTY.match(line) is not None


def is_next_name(text: str, rest: str) -> bool:
    """Whether `text` is complete with the name of a unit and `rest` begins with another one (市财政局 | 市科技局).

    In a narrow cell names written one below the other fill its width as a broken line would.
    """
    return _WHOLE_NAME.search(text) is not None and _NEXT_NAME.match(rest) is not None


_COUNT = re.compile(r"[（(]?(?P<n>\d{1,2})(?P<stop>[.．、)）])")


def is_next_count(text: str, rest: str) -> bool:
    """Whether `rest` counts on from `text` (1.6月底前 | 2.7月底前): short entries of a list may fill a narrow cell, too."""
    last, following = _COUNT.match(text), _COUNT.match(rest)
    if last is None or following is None or last["stop"] != following["stop"]:
        return False
    return int(following["n"]) == int(last["n"]) + 1
