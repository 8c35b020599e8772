"""Who issued what and when: title, issuer, issue date, document number, locality, the documents it is based on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.parsing.correspondence import about, greets
from knowledge.parsing.furniture import day, is_furniture, page_date
from knowledge.parsing.habits import is_bare_owner, owner_lines
from knowledge.parsing.issuing import issued_otherwise
from knowledge.parsing.lines import Line
from knowledge.parsing.outline import numbered
from knowledge.parsing.years import settled_year

_KINDS = (
    "分工方案|实施方案|工作方案|行动方案|任务分解表|任务分工表|分工表|责任分解表|分解表|任务清单|责任清单|工作清单|重点任务|工作要点|工作计划|行动计划|工作安排|任务分解|"
    "任务分工|责任分工|责任分解|分解|方案|要点|计划|安排|清单|台账|意见|办法|措施|规划|通知|通报|细则|规定|条例|制度|总结|报告|汇报|材料|纪要|公告|情况|交办单|任务单|责任单|分解单|任务书|责任书|责任状|通知单|督办单|督办函|督办件|提示函|提示单|提醒函|转办单|转办函|告知书|目标书|承诺书|项目库|推进表|调度表|进度表|对照表|汇总表|作战图|指标体系|目录|一览表|一览|明细表|分工|任务|表|讲话|函|实事|问答|解读|规则|要求"
)
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:的通知|的意见|的函)?(?:[（(〔][^）)〕]{{1,20}}[）)〕])?$")
_DATED_TITLE = re.compile(
    r"[\u3400-\u9fff]{2,12}[市县区州旗局委](?:20\d\d年|“?十[一二三四五六]五).{2,40}(?:事项|举措|目标|行动|项目|工程|工作|职责)$"
)
_TITLE_START = re.compile(
    r"(?:[\u3400-\u9fff]{2,12}[市县区州旗盟局委办院]|关于|20\d\d年)[\u3400-\u9fff\d“”《》、（）—–~～-]{2,44}$"
)
_ISSUES = re.compile(r"关于(?:转发|下发|印发|发布|公布|做好|开展)")
_WHAT = re.compile(r"(?:印发|下发|转发|发布|公布)\s*[《〈“]?(?P<what>.+?)[》〉”]?\s*(?:的通知|的函|的公告)[》]?$")
_ATTACHED = re.compile(r"附\s*件\s*\d*\s*[:：]\s*(?:1\s*[.．、])?\s*《?(?P<what>\S{6,60}?)》?(?:[（(]略[）)])?$")
_NUMBER = re.compile(
    r"(?P<who>[\u3400-\u9fff]{2,12}?)\s*[〔\[［【(（]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］】)）]?\s*(?:第)?(?P<n>\d{1,4})\s*号?"
)
_OWN_NUMBER = re.compile(
    rf"^\s*[（(]?(?:文号[:：]?)?{_NUMBER.pattern[:-1]}?(?:\s*签发人.*|[，,\s]*(?:19|20)\d\d\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日(?:印发)?)?[）)]?$"
)
_DATE = re.compile(r"^[（(]?\s*((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:印发)?[)）]?$")
_ADOPTED = re.compile(
    r"^[（(]\s*((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日[^，。；）)]{0,40}(?:审定|通过|印发|发布|公布|修订)\s*[)）]$"
)
_LONGEST_DATE, _FRONT = 64, 8
_BARE_YEAR = re.compile(r"[（(]?(?P<year>20\d\d)年(?:度|\d{1,2}月(?:份)?)?[）)]?$")
_BARE_NUMBER = re.compile(
    r"[（(]?[〔\[［（(]?\s*(?P<year>(?:19|20)\d\d)\s*(?:[〕\]］）)]|年)\s*(?:第)?\d{1,4}\s*[号期次][）)]?$|[（(]?第\d{1,4}[号期次][）)]?$"
)
_ISSUED_BY = re.compile(
    r"[（(]?(?P<who>[\u3400-\u9fff]{2,30}(?:办公室|办公厅|人民政府|委员会|局|委|办|领导小组|指挥部|中心|公司|学院|医院|管委会|部|处))\s*[，,]?(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:印发)?[）)]?$"
)
_LOST = re.compile(r"^((?:19|20)\d\d)(\d{2,4})日$")
_CN_DATE = re.compile(
    r"^[（(]?([一二三四五六七八九〇○零ОOo0]{4})年([元一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日[)）]?$"
)
_ISSUER = re.compile(
    r"^(?:中共)?[\u3400-\u9fff]{2,30}(?:办公室|办公厅|人民政府|委员会|局|厅|委|领导小组|指挥部|中心|公司|学院|大学|医院|管委会|部|处)$"
)
_PLACE = re.compile(
    r"(?:[\u3400-\u9fff]{2,4}省|[\u3400-\u9fff]{2,8}自治区)?(?P<place>[\u3400-\u9fff]{2,9}?(?:自治州|自治县|自治旗|地区|市|县|区|州|盟|旗))"
)
_NOT_A_PLACE = re.compile(
    r"全市|全县|全区|本市|我市|本区|各|年|社区|城区|地区$|辖区|开发区|园区|景区|新区$|市区|城市|直辖市|试点|关于|印发|进一步|推进|建设|超市|上市|股市|县市|旗县|区县"
)
_ADDRESSEES = re.compile(r"^(?:各|市|县|区|州|有关|机关|驻|局|委|厅|党|全|公司|厂|校|街道|本).{2,200}[:：]$")


@dataclass(frozen=True, slots=True)
class Header:
    """What the head and the signature of a document say. `used` are the indices of its lines.

    `year_guess` says where the year comes from when neither head nor signature give it: the dates of the text, else the
    names of sheet and file, else the web page.
    `plan` is the line below the plan's own title, 0 where no such title stands by itself. `letter` is the run of lines (addressee and signature excluded) of the covering letter, empty without one.
    """

    title: str = ""
    issuer: str | None = None
    issued: date | None = None
    page_date: date | None = None
    year: int | None = None
    year_guess: str = ""
    number: str | None = None
    locality: str | None = None
    based_on: tuple[str, ...] = ()
    addressees: str = ""
    used: frozenset[int] = frozenset()
    letter: range = range(0)
    plan: int = 0


def read_header(lines: Sequence[Line], furniture: frozenset[int], source: str = "") -> Header:
    """The header of a document; `furniture` are the lines that belong to the web page, `source` is the name of the file."""
    prose = [line for line in lines if line.index not in furniture]
    used: set[int] = set()
    dates = [
        (line.index, found) for line in prose if len(line.text) <= _LONGEST_DATE and (found := _issue_date(line.text))
    ]
    front = [line for line in prose[:40] if not line.boxes]
    notice = _notice(front, used)
    owners = owner_lines(lines)  # 党建办：, with its own work below, is spoken of and not to
    written_to = (one for one in front if _ADDRESSEES.match(one.text) and one.index not in owners)
    addressee = next((line for line in written_to if not numbered(line.text).level), None)
    title, body = _title(prose, notice, used)
    title = title or about(lines)
    signed = _signature(dates, body, addressee, lines)
    if signed is not None:
        used.add(signed[0])
    used |= {line.index for line in front[:_FRONT] if _BARE_NUMBER.match(line.text)}
    dated = next((line for line in front[:_FRONT] if _ISSUED_BY.match(line.text)), None)
    number = next((line for line in front[:14] if _OWN_NUMBER.match(line.text)), None)
    if number is not None:
        used.add(number.index)
    unowned = [line for line in prose if line.index not in owners]
    issuer = _issuer(lines, signed[0] if signed else None, notice, unowned, used)
    if dated is not None and dated.index != (number and number.index):
        used.add(dated.index)
        m = _ISSUED_BY.match(dated.text)
        issuer = issuer or (m["who"] if m else None)
    if addressee is not None:
        used.add(addressee.index)
    letter = _letter(addressee, signed[0] if signed else None, body)
    own = cited(number.text)[0] if number and cited(number.text) else _number_in(notice)
    issued = signed[1] if signed else issued_otherwise(lines, prose, number, used)
    page = next(filter(None, (page_date(line.text) for line in lines if line.index in furniture)), None)
    alone = _years_alone(front)
    used |= {index for index, _ in alone}
    year = _year(title, own, notice, issued) or (int(alone[0][1]) if alone else None)
    names = (source, *dict.fromkeys([line.block.place.sheet or "" for line in lines]))
    year, guess = settled_year(year, issued, page, [line for line in prose if line.index not in used], names, title)
    return Header(
        title=title, issuer=issuer, issued=issued, page_date=page, year=year, year_guess=guess, number=own, locality=_locality(issuer, title, notice, lines),
        addressees=addressee.text.rstrip("：:") if addressee and not greets(addressee.text) else "", used=frozenset(used), letter=letter,
        plan=body,
    )  # fmt: skip


def _letter(addressee: Line | None, signed: int | None, body: int) -> range:
    """The lines from those it is written to down to the signature; a plan below them that closes with the signature is none."""
    if addressee is None:
        return range(0)
    start = addressee.index + 1
    ends = signed is not None and signed >= start and not start <= body <= signed
    return range(start, max(signed if signed is not None and ends else body, start))


def cited(text: str) -> list[str]:
    """The document numbers in `text`, a lost bracket or 号 put back (青政办〔2018146号 is 青政办〔2018〕146号)."""
    return list(dict.fromkeys(f"{_without_lead(m['who'])}〔{m['year']}〕{m['n']}号" for m in _NUMBER.finditer(text)))


def _without_lead(who: str) -> str:
    return re.sub(r"^.*(?:通知|意见|根据|按照|文件|和|及|精神)", "", who)


def _issue_date(text: str) -> date | None:
    if m := _DATE.match(text) or _ADOPTED.match(text):
        return day(*m.groups())
    if m := _LOST.match(text.replace(" ", "")):  # 2022314日: 年 and 月 lost
        read = {found for cut in (1, 2) if (found := day(m[1], m[2][:cut], m[2][cut:] or "0"))}
        return read.pop() if len(read) == 1 else None
    if m := _CN_DATE.match(text.replace(" ", "")):
        year = "".join(str("零一二三四五六七八九".find(c) if c in "零一二三四五六七八九" else 0) for c in m[1])
        month = numbered(m[2].replace("元", "一") + "、x").value
        return day(year, str(month), str(numbered(m[3] + "、x").value))
    return None


def _notice(front: Sequence[Line], used: set[int]) -> str:
    """The title of the covering notice (…关于印发…的通知), which may stand on two lines and twice."""
    found = ""
    for at, line in enumerate(front[:25]):
        text = re.sub(r"^《|》$", "", line.text)
        if len(text) > 120 or not _ISSUES.search(text) or text.endswith(("：", ":", "。")):
            continue
        before = front[at - 1] if at else None
        after = front[at + 1] if at + 1 < len(front) else None
        if not re.search(r"的?(?:通知|函|意见|公告)》?$", text) and after and re.search(r"(?:通知|函)$", after.text):
            text += after.text
            used.add(after.index)
        if text.startswith("关于") and before and _ISSUER.match(before.text):
            text = before.text + text
            used.add(before.index)
        if re.search(r"(?:通知|函|意见|公告)》?$", text):
            used.add(line.index)
            found = found or re.sub(r"^.*号《?|》$", "", text)
    return found


def _title(prose: Sequence[Line], notice: str, used: set[int]) -> tuple[str, int]:
    """The title of the plan itself and the index of the first line after it (0 when no own title line stands)."""
    lines = [line for line in prose if not line.boxes]
    m = _WHAT.search(notice) or next((m for line in lines[:40] if (m := _ATTACHED.match(line.text))), None)
    if m:
        found = _own_line(lines, m["what"], used)
        if found:
            return found
        if notice and _WHAT.search(notice):
            return re.sub(r"\s", "", m["what"]).strip("《》"), 0
    own = _title_line(lines[:14], used) if not notice else None
    broken = _broken_title(lines[:6]) if own is None or own.block.heading != 1 else None
    if not notice and broken and (own is None or broken[1].index == own.index):
        used.update(line.index for line in broken)
        return re.sub(r"\s", "", broken[0].text + broken[1].text).strip("《》"), broken[1].index + 1
    if own is None and not notice:
        own = _first_line(lines, used)
    if own is None:
        return re.sub(r"\s", "", notice), 0
    used.add(own.index)
    return own.text.replace(" ", "").strip("《》"), own.index + 1


def _own_line(lines: Sequence[Line], what: str, used: set[int]) -> tuple[str, int] | None:
    """The line (or two lines) in which the plan's title stands by itself, with most of the document below it."""
    wanted, fits = _key(what), list[tuple[str, tuple[int, ...], int]]()
    for at, line in enumerate(lines):
        key = _key(line.text)
        pair = key + _key(lines[at + 1].text) if at + 1 < len(lines) else ""
        if line.index in used:
            continue
        if key == wanted or (
            len(key) > 6 and key.endswith(wanted) and len(key) < 60 and ":" not in key and "：" not in key
        ):
            fits.append((line.text, (line.index,), at))
        elif len(key) >= 8 and wanted.endswith(key):
            fits.append((what, (line.index,), at))
        elif pair == wanted:
            fits.append((line.text + lines[at + 1].text, (line.index, lines[at + 1].index), at))
    if not fits:
        return None
    text, indices, _ = next((f for f in reversed(fits) if lines[-1].index - f[1][-1] >= lines[-1].index * 0.3), fits[0])
    used.update(indices)
    return re.sub(r"\s", "", text).strip("《》"), indices[-1] + 1


def _title_line(front: Sequence[Line], used: set[int]) -> Line | None:
    marked = next((line for line in front if line.block.heading == 1 and len(line.text) <= 80), None)
    if marked is not None and not numbered(marked.text).level and not is_bare_owner(marked.text):
        return marked
    fits = [line for line in front if _looks_like_title(line.text) and line.index not in used]
    for line in fits:
        others = [o for o in front if o.index > line.index and _key(o.text) == _key(line.text)]
        used.update(o.index for o in others)
    return fits[0] if fits else None


_NO_TITLE = re.compile(
    r"[。；，,！？：:!?;|]|\.{2}|[前底]$|^(?:附件|目录|正文|首页|来源|发布|签发|主送|抄送|密级|共\d)|^[（(].*[）)]$|^\d(?!\d{3}年)"
)
_ABOUT = re.compile(r"[市县区州旗盟省镇乡局委校院司]|20\d\d年|工程|行动|工作|建设|任务|年度|项目|会议")


def _first_line(front: Sequence[Line], used: set[int]) -> Line | None:
    """The first line of a document where none is built like a title: whatever it is called, it stands above all else."""
    for line in front[:3]:
        if line.index in used or _OWN_NUMBER.match(line.text) or _issue_date(line.text):
            continue
        text = line.text
        fits = 6 <= len(text) <= 50 and not _NO_TITLE.search(text) and not numbered(text).level and _ABOUT.search(text)
        return line if fits and not _ISSUER.match(text) and not is_furniture(text) else None
    return None


def _broken_title(front: Sequence[Line]) -> tuple[Line, Line] | None:
    """The two lines of a title that is broken in the middle: the first opens like one, only both together end like one."""
    for first, second in pairwise(front):
        if numbered(second.text).level or _issue_date(first.text):
            continue
        opens = _TITLE_START.match(first.text) and not _TITLE_END.search(first.text) and not _ISSUER.match(first.text)
        if opens and first.block.heading == second.block.heading and _looks_like_title(first.text + second.text):
            return first, second
    return None


def _looks_like_title(text: str) -> bool:
    if text in ("通知", "紧急通知", "重要通知", "函"):
        return True
    if not 4 <= len(text) <= 70 or re.search(r"[。；，,！？：:]", text) or numbered(text).level or is_furniture(text):
        return False
    return bool(_TITLE_END.search(text) or _DATED_TITLE.match(text))


def _key(text: str) -> str:
    return re.sub(r"[\s《》〈〉“”\"'（）()]", "", text)


def _signature(
    dates: Sequence[tuple[int, date]], body: int, addressee: Line | None, lines: Sequence[Line]
) -> tuple[int, date] | None:
    """The date under the signature: the last one before the plan's own title, else the last one of the document."""
    before = [d for d in dates if d[0] < body and (addressee is None or d[0] > addressee.index)]
    after = [d for d in dates if d[0] >= body]
    if before:
        return before[-1]
    if after and (after[-1][0] > len(lines) * 0.5 or not body):
        return after[-1]
    return dates[0] if dates else None


def _issuer(
    lines: Sequence[Line], signed: int | None, notice: str, prose: Sequence[Line], used: set[int]
) -> str | None:
    if signed:
        above = lines[signed - 1]
        if _ISSUER.match(above.text.replace(" ", "")) and not above.boxes:
            used.add(above.index)
            return above.text.replace(" ", "")
    if notice and (m := re.match(r"(.{3,40}?)关于", notice)):
        return re.sub(r"\s", "", m[1]).strip("《")
    plain = (line for line in prose[:8] if not line.block.heading)  # a heading that names a unit has its work below it
    front = next((line for line in plain if _ISSUER.match(line.text.replace(" ", "")) and len(line.text) > 5), None)
    if front is not None and not front.boxes:
        used.add(front.index)
        return front.text.replace(" ", "")
    return None


def _years_alone(front: Sequence[Line]) -> list[tuple[int, str]]:
    """The lines at the head that are no more than a year, or a number with one (〔2024〕17号), and their years."""
    found = ((line.index, _BARE_YEAR.match(line.text) or _BARE_NUMBER.match(line.text)) for line in front[:_FRONT])
    return [(index, m["year"]) for index, m in found if m and m["year"]]


def _number_in(notice: str) -> str | None:
    found = cited(notice)
    return found[0] if found else None


def _year(title: str, number: str | None, notice: str, issued: date | None) -> int | None:
    for text in (title, notice, number or ""):
        text = re.sub(r"\d{4}年?\s*[—–~～至-]+\s*\d{4}\s*年?", "", text)
        if m := re.search(r"((?:19|20)\d\d)(?=\s*年|〕|年度)", text):
            return int(m[1])
    spans = re.search(r"((?:19|20)\d\d)年?\s*[—–~～至-]+\s*\d{4}\s*年?", title)
    return issued.year if issued else int(spans[1]) if spans else None


def _locality(issuer: str | None, title: str, notice: str, lines: Sequence[Line]) -> str | None:
    """The city or county: from the issuer, the title, else the place that the text names most often."""
    for text in (issuer or "", title, notice):
        if found := _place_in(re.sub(r"^中共|\d{4}年(?:度)?", "", text)):
            return found
    cells = [cell for line in lines for cell in line.text.split("\t") if "市" in cell or "县" in cell]
    counted = Counter[str]()
    for cell, times in Counter(cells).items():  # a table says the same few in all of its rows
        for place in _places(cell):
            counted[place] += times
    best = [place for place, times in counted.most_common(1) if times > 1]
    return best[0] if best else None


def _place_in(text: str) -> str | None:
    if m := re.match(r"(?P<place>[\u3400-\u9fff]{2,6}?[市县区州旗])(?=人民政府|委办|委员会)", text):
        return None if re.search(r"^[市县区州]|[局委办]", m["place"]) else m["place"]
    m = _PLACE.match(text) or re.match(r"(?P<place>[\u3400-\u9fff]{2,3}省)", text)
    return (
        m["place"]
        if m and not _NOT_A_PLACE.search(m["place"]) and not re.search(r"^[市县区州]|[局委办]", m["place"])
        else None
    )


def _places(text: str) -> list[str]:
    named = re.findall(
        r"(?<![\u3400-\u9fff])([\u3400-\u9fff]{2,3}(?<!副)[市县])(?=[\u3400-\u9fff])(?!长(?!江)|场(?!馆)|领导)", text
    )
    return [place for place in named if not _NOT_A_PLACE.search(place)]
