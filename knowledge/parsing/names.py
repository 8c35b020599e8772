"""Lists of units: where one name ends and the next begins, and what a shortened name is in full.

A document prints `市财政局、地税局` and means 市财政局 and 市地税局; it prints `各县、市、区政府` and means one collective. Where
restoring the 市 would invent an office (人民银行某支行, 某学院, 国网某公司) the name stays as printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge.parsing.joints import mended, unglued
from knowledge.parsing.known import is_known
from knowledge.parsing.unit_form import BARE, TAIL, is_clause, is_collective, is_unit
from knowledge.parsing.words import ANY_END, NO_PREFIX, PARTY_ORGANS

__all__ = [
    "Names",
    "fold",
    "is_clause",
    "is_collective",
    "is_unit",
    "lent_prefix",
    "mended",
    "read_names",
    "restored",
    "split",
    "top_level",
]

OPEN, CLOSE = "（(〔[【《〈<", "）)〕]】》〉>"
_HARD = "、，,；;/／\n|。"
_SOFT = re.compile(r"以及|及其|[及和与或]")
_OTHER_FIRST = re.compile(r"各|其他|其它|相关|有关|所在|属地|乡|镇|街|村|社区|省|市|国")
_WORDS = r"(?!市[场容域郊]|市民(?!政|族|宗|营|间|主|兵|用|航|防|生)|市长(?!江)|市区(?!域)|市政(?!府|协|法|务|数)|[县区]域|区块|州际|省际|旗舰|盟友)"  # 市容管理科, 区域合作科: no prefix
# 三大通信运营商, 四家燃气公司: several bodies, none of which is the place's own.
_PLACED = re.compile(r"(?P<place>(?![各市县区州省旗])[\u3400-\u9fff]{2,3}[市县区州旗])(?P<office>[\u3400-\u9fff]{3,})")
_COUNTED = re.compile(r"[两三四五六七八九十几\d]+(?:大|家|个)(?!队|厅)")
_PREFIX = re.compile(rf"^{_WORDS}(?:团)?(?:(市|县|区|州|省|盟|旗)(?:委(?=\S{{2}})|政府)?)")
_ELIDED_TWICE = re.compile(
    r"市(?:场(?:监|发|局)|政(?:公用|设施|园林|工程|管理|局)|容)"
)  # 市市场监管局 with its own 市 elided
_LOCAL_COMPANY = re.compile(
    r"^(?:供热|热力|供水|自来水|供排水|排水|水务|污水处理|燃气|天然气|公交|公共交通|客运|环卫|环境卫生|城投|交投|文旅|旅投|农投|产投|金控|国投|国资|"
    r"城建|建投|城市投资|交通投资|文化旅游|粮食|粮油|轨道交通|地铁|停车|殡葬|保安|公共交通|城市建设|市政工程|园林绿化)(?:发展|投资|运营|建设|服务|产业|控股)*(?:集团|公司|有限公司|集团公司|有限责任公司)$"
)  # named by their trade alone, such companies are the city's or county's own
_PROVINCIAL = re.compile(
    r"^(?:铁路|机场|高速公路|高速|公路|交通|港口|海港|航空|能源|电力投资|水利|水务|农垦|农业|建工|建设|煤炭|盐业|粮食|投资|担保|旅游|文旅|环保|矿业|金控|国资|国信|联投)"
    r"(?:发展|投资|运营|建设|控股)*(?:集团|集团公司|集团有限公司)$"
)  # 省交通运输厅、铁路集团: the groups that a province owns
_MORE = re.compile(
    r"(?:等)(?:\d+个|[一二三四五六七八九十]+个)?(?:市直|市级|县级|区级|县直|区直|各|相关|有关|职能|主管|责任|成员|其他|政府|行业|配合|涉及)*"
    r"(?:(?:部门|单位|部委|委办局|科室|处室|企业|机构|地区|地方)(?:[和及、]?(?:单位|部门|企业|地区|地方))?)?(?=$|[、，,；;和及与以\s。）)]|(?:[各市县区州][^、]{1,12}$))"
)


@dataclass(frozen=True, slots=True)
class Names:
    """The units of one list: full names in order, whether 等 leaves more of them open, and the prefix now in force.

    `glued` are printed words without any separator that were read as several names, `lent` companies (printed, full)
    of which only their trade tells that they are the city's own.
    """

    units: tuple[str, ...]
    more: bool = False
    prefix: str = ""
    glued: tuple[str, ...] = ()
    lent: tuple[tuple[str, str], ...] = ()


_WIDE = re.compile("[\uff10-\uff5a]")


def fold(text: str) -> str:
    """`text` without white space, full-width letters and digits folded; Chinese punctuation keeps its width."""
    whole = "".join(text.split())
    if not _WIDE.search(whole):
        return whole
    return _WIDE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), whole)


def top_level(text: str, marks: str) -> list[tuple[str, str]]:
    """Pieces of `text` between `marks` outside all brackets, each with the mark that stood before it."""
    pieces, depth, start, before = [], 0, 0, ""
    for at, char in enumerate(text):
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in marks:
            pieces.append((text[start:at], before))
            start, before = at + 1, char
    return [*pieces, (text[start:], before)]


def _soft(piece: str) -> list[str]:
    """Cuts at 和, 与, 及 only where what stands before is already a unit: never inside 人力资源和社会保障局."""
    depths, depth = [], 0
    for char in piece:
        depth += (char in OPEN) - (char in CLOSE)
        depths.append(depth)
    start, out = 0, []
    for m in _SOFT.finditer(piece):
        before, after = piece[start : m.start()], piece[m.end() :]
        if depths[m.start()] or not after or (not before and m.start() == 0):
            start = m.end() if not before and m.start() == 0 and _opens_name(after) else start
            continue
        if m.group() == "或" or ("的" in after and not is_collective(after)) or not _splits(before, after):
            continue
        out.append(before)
        start = m.end()
    return [*out, piece[start:]]


def _opens_name(words: str) -> bool:
    """Whether a name begins behind 和 at the head of a piece, which may as well be its first character (和平社区)."""
    return bool(_PREFIX.match(words) or _OTHER_FIRST.match(words)) or is_known(words, composed=False)


def _splits(before: str, after: str) -> bool:
    if (BARE.match(after) and is_collective(before)) or _closes_party(before, after):  # 各部门和单位
        return False
    if is_collective(before):
        return bool(ANY_END.search(before)) and is_unit(after)
    return is_unit(before, strict=True) and bool(ANY_END.search(after) or (is_collective(after) and is_unit(after)))


def _closes_party(before: str, after: str) -> bool:
    """Whether two names are one collective: 各县（区）党委和政府, 各乡镇党委、政府."""
    return before.endswith(("党委", "党工委")) and after in ("政府", "人民政府", "管委会", "办事处")


def _joined(pieces: list[tuple[str, str]]) -> list[str]:
    """Puts together again what belongs to one collective (各县、市、区政府; 市直有关部门、单位; 市委、市政府督查室)."""
    out: list[str] = []
    for name, mark in pieces:
        last = out[-1] if out else ""
        generic = BARE.match(name) and not re.search(r"^(?:有关|相关|各)|(?:管委会|管理委员会)$", name)
        if (
            (last and mark in "、，,/和" and generic and _open_collective(last))
            or (last and _closes_party(last, name))
            or (last and mark == "、" and name in ("单位", "企业", "企事业单位", "部门") and is_collective(last))
            or (
                last in ("市委", "县委", "区委", "州委")
                and mark == "、"
                and re.match(r"[市县区州]政府\S+[室办组局]", name)
            )
        ):
            out[-1] += mark + name
        else:
            out.append(_of_same_place(last, name))
    return out


_COMMITTEE = re.compile(r"(?P<place>[\u3400-\u9fff]{2,6}(?P<level>[市县区州旗镇乡]))(?:党)?委$")


def _of_same_place(last: str, name: str) -> str:
    """`name` with the place that the committee before it names for both (临青县委、县政府)."""
    m = _COMMITTEE.fullmatch(last)
    return m["place"] + name[1:] if m and re.fullmatch(rf"{m['level']}(?:人民)?政府", name) else name


def _open_collective(name: str) -> bool:
    """Whether `name` is the beginning of 各县、市、区政府: only class words so far, and no closing 政府."""
    classes = re.split(r"[、，,/和]", name[1:])
    return name.startswith("各") and all(map(BARE.match, classes)) and not re.search(rf"(?:{TAIL[3:-2]})$", name)


def split(text: str) -> tuple[list[str], bool]:
    """The names printed in `text`, nothing restored yet, and whether 等 leaves more of them open."""
    pieces: list[tuple[str, str]] = []
    text = mended(text)
    for piece, mark in top_level(_MORE.sub("、", text), _HARD):
        for name in _soft(fold(piece)):
            cleaned = _cleaned(name)
            if cleaned:
                pieces.append((cleaned, mark))
            mark = "和"
    return _with_endings(_joined(pieces)), bool(_MORE.search(text))


_NOTE = re.compile(r"[（(〔][^（(〔]*[）)〕]$")
_ZONE = re.compile(r"(?:高新|经开|开发|新|园|示范|度假|景|保税|产业|集聚|实验)区$")
_SUFFIX = re.compile(
    r"^[\u3400-\u9fff]{2,3}(?P<end>街道办事处|街道办|街道|镇人民政府|镇政府|乡人民政府|乡政府|镇|乡|区人民政府|区政府|县人民政府|县政府|市人民政府|市政府|社区居委会|社区|村委会)$"
)


_CARRIER = r"(?:中国)?(?:移动|联通|电信|铁塔|广电网络)"
_CARRIERS_LAST = re.compile(rf"[市县区州]?{_CARRIER}(?P<end>[\u3400-\u9fff]{{0,8}}公司)$")


_BRANCH = "部门"
_GOVERNMENT = re.compile(r"^[\u3400-\u9fff]{1,4}[县区市旗镇乡](?P<end>(?:人民)?政府)$")
_PLACE = re.compile(r"(?![各市县区州省])[\u3400-\u9fff]{1,4}[县区旗镇乡]")  # 龙潭县、凤山县政府


def _with_endings(names: list[str]) -> list[str]:
    """The ending that the last of a list lends to bare names before it: 滨海、望海街道办事处; 移动、联通某州分公司."""
    out = list(names)
    for at in range(len(out) - 2, -1, -1):
        carrier = _CARRIERS_LAST.match(out[at + 1])
        if carrier and re.fullmatch(rf"[市县区州]?{_CARRIER}", out[at]):
            out[at] += carrier["end"]
            continue
        m = _SUFFIX.match(out[at + 1])
        bare = (
            re.fullmatch(r"[\u3400-\u9fff]{2,3}", out[at])
            and not ANY_END.search(out[at])
            and not _PREFIX.match(out[at])
        )
        if m and bare:
            out[at] += m["end"]
        elif out[at + 1].endswith(_BRANCH) and is_known(out[at + 1]) and is_known(out[at] + _BRANCH, composed=False):
            out[at] += _BRANCH  # 住建、交通、水利部门
        elif (whole := _GOVERNMENT.search(out[at + 1])) and _PLACE.fullmatch(out[at]) and not _ZONE.search(out[at]):
            out[at] += whole["end"]
        elif _ZONE.search(out[at]) and (board := re.search(r"区(管委会|管理委员会)$", out[at + 1])):
            out[at] += board[1]  # 高新区、经开区管委会
    return out


def _cleaned(name: str) -> str:
    name = re.sub(
        r"^(?:(?:分办|并办|共同办理|联合办理)[:：]|(?:分别|共同|联合|统一|分头|主要|具体)?由(?=[市县区州省各]|\S{3})|请(?=[市县区州省各有相])|商(?=[市县区州省各有])|[①-⑳]|\d{1,2}[.．、](?!\d)|[-—·•]+)",
        "",
        name.strip(" \t-—·•"),
    )
    name = re.sub(r"[。．.：:]+$", "", name)
    if name.count("（") + name.count("(") < name.count("）") + name.count(")"):
        name = re.sub(r"[）)]$", "", name)
    return "" if name in ("/", "无", "—", "-", "——", "等") else name


def _is_own_company(name: str, prefix: str) -> bool:
    """Whether a company without a place in its name is the city's or province's own by its trade."""
    return bool(_LOCAL_COMPANY.match(name) or (prefix == "省" and _PROVINCIAL.match(name)))


def restored(name: str, prefix: str, locality: str = "") -> tuple[str, str]:
    """`name` with an elided prefix put back, and the prefix in force afterwards."""
    if is_collective(name) or _COUNTED.match(name):
        return name, prefix
    if prefix and (_ELIDED_TWICE.match(name) or _is_own_company(name, prefix)):
        return (prefix[:-1] if prefix.endswith("委") else prefix) + name, prefix
    own = _own_prefix(name, locality)
    if own is not None:
        return name, own
    stem = locality.rstrip("省市县区州盟旗") if len(locality) > 2 else locality
    core = _NOTE.sub("", name) or name
    if not prefix or (stem and stem in name) or NO_PREFIX.search(core) or not ANY_END.search(core):
        return name, prefix
    if name.endswith("分局") and not is_known(name, composed=False):  # 公安港航分局: named by what only it does
        return name, prefix
    if prefix.endswith("委") and not PARTY_ORGANS.match(name):
        return prefix[:-1] + name, prefix
    return prefix + name, prefix


@lru_cache(maxsize=8192)
def lent_prefix(name: str, locality: str) -> str:
    """The 市 or 县 that a name carries and can lend to others of its assignment; empty where it has none."""
    prefix = "" if is_collective(name) else _own_prefix(name, locality) or ""
    return prefix[:-1] if prefix.endswith("委") and len(prefix) == 2 else prefix


def _own_prefix(name: str, locality: str) -> str | None:
    """The prefix that `name` carries itself and lends to those after it: 市, 市委, or 某县; None when it has none."""
    if (
        locality
        and name.startswith(locality)
        and len(name) > len(locality) + 1
        and not re.search(r"政府$|[学医]院$", name)
    ):
        return locality
    if (placed := _PLACED.match(name)) and is_known(placed["office"], composed=False):  # 临江区水利局
        return placed["place"]
    m = _PREFIX.match(name)
    if not m:
        return None
    level = m.group(1)
    return level + "委" if PARTY_ORGANS.match(name[2:]) and name[1:2] == "委" else level


@lru_cache(maxsize=8192)
def read_names(text: str, prefix: str = "", locality: str = "") -> Names:
    """The units of the list `text`. `prefix` is in force from a list before it, `locality` the document's own place."""
    raw, more = split(text)
    units: list[str] = []
    glued: list[str] = []
    lent: list[tuple[str, str]] = []
    for printed in raw:
        parts = unglued(printed)
        glued += [printed] if len(parts) > 1 else []
        for name in parts:
            full, prefix = restored(name, prefix, locality)
            lent += [(name, full)] if full != name and _is_own_company(name, prefix) else []
            if full not in units:
                units.append(full)
    return Names(tuple(units), more, prefix, tuple(glued), tuple(lent))
