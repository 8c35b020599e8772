"""Units with which a clause begins, found by where their name ends and not by what they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.model import Doubt, Duty, Role
from knowledge.parsing.found import Found
from knowledge.parsing.known import is_known
from knowledge.parsing.names import is_clause, is_collective, is_unit, read_names, top_level
from knowledge.parsing.slot import Slot
from knowledge.parsing.words import MORE_VERBS, VERBS
from knowledge.patterns import regex

# What may stand between two ends of one name: 市委办|公室, 县公安局|交警大队.
_GOES_ON = regex(
    r"公[室厅]|监委|派[驻出][\u3400-\u9fff]{0,4}(?:机构|组)|(?:[\u3400-\u9fff]{0,4})(?:办公室|办公厅|督查室|分局|支队|大队|中队|中心|管委会|管理委员会|管理处|服务处|分公司|支行|分行|管理站|领导小组)"
)
# Behind a name, these say that it is only spoken of: 甲局的, 甲局关于…的汇报, 甲局提出的方案.
_SPOKEN_OF = regex(
    r"$|[的和与及、，,：:；;。（(“《]|等(?!候)|关于|系统|领导|干部|职工|负责人|主要负责|负责同志|联系|电话|汇报|报告|介绍|作|已|曾|是|共(?!同)|为(?!主)|提[出交报]的?|认为|表示|反映|所属|下属|直属|门口|路|院内"
    r"|[\u3400-\u9fff]{1,6}的(?=[\u3400-\u9fff])(?<!要的)"
)
# What is done to it, where nothing follows: 县养老服务中心改造, it is the work and does none.
_DONE_TO = regex(
    r"(?:(?:升级|提升|新建|改建|扩建|迁建|续建|整体|主体|维修|装修|标准化|提质|综合)*(?:改造|建设|迁建|扩建|新建|升级|提升|搬迁|修缮|装修|验收|评审|挂牌|选址)(?:工程|项目|工作)?)+(?=$|[，,。；;：:（(])"
)
_CHECKS = regex(r"(?:验收|评审)(?:工作)?")
_BUREAUX = ("局", "委", "办", "政府")  # 县水利局验收: it is nothing that is checked itself
_HELPING = regex(
    r"(?:积极|主动|密切|及时|全力)?(?:配合|协助|支持|参与|指导|(?:加强|做好)(?:业务|技术)?指导|协同|给予|予以|提供|做好[^，,。；;]{0,14}(?:保障|服务|支持|维护|配合|宣传|工作)|保障)"
)
_COLLECTIVE_END = regex(
    r"(?:各|有关|相关|属地|沿[\u3400-\u9fff]|所在)[^，,。；;：:（）、]{0,12}?(?:部门|单位|企业|街道|社区|[县市区镇乡街]|村(?!民))+(?:（[^（）]{1,6}）)?"
    r"(?:党委[、和](?:人民)?政府|(?:人民)?(?:政府|管委会|办事处|党委)|(?![配协会和与及并])[\u3400-\u9fff]{1,6}?(?:部门|局))?"
)
_ALL_OF = regex(
    r"各|属地|沿[\u3400-\u9fff]|所在|有关|相关|全[市县区州省]\S*(?:部门|单位|机关|企业)$|[市县区州省]直|[市县区州省]级|所有"
)
_ACT = regex(
    rf"{VERBS}|{MORE_VERBS}|负责|[配补]齐|配[备强]|承接|履行|参与|协同|严格|[抓做]实|管理|监管|[保确]保|保证|代理|受理|监测|服务(?!中心)|联系|对接|管护"
)
# A town by its own name, which no city, market or collective has (not 乡镇, 集镇, 重点镇).
TOWN = regex(
    r"(?:城[关郊东西南北]|(?![城集乡村各全特建名重市县区小老新古该本两每属沿所])[\u3400-\u9fff]{2,3}?)(?:(?<![城乡集建])镇|(?<!城)乡(?!镇))(?![区村域级长内里境街容企财政民土情音贤愁党上中下等])"
)
# A county or district by its own name (临江县), no kind of place (城区, 开发区, 全县).
COUNTY = regex(
    r"(?![全我本各该两市县区城])[\u3400-\u9fff]{2,3}(?:(?<![城园社景矿校市辖地片新郊小库灾牧林山湖流能范验发税厂街盲禁误雷涝旱])区|(?<![各全市])县)"
)
_COMPANY = regex(r"(?:集团)?(?:有限)?(?:责任)?公司|集团")
# A name that stands in running text is one when it begins with its place or when its field is known.
_PLACED = regex(
    r"[市县区州省盟旗镇乡各](?![场民容])|[\u3400-\u9fff]{2,5}(?:[市县区州省盟旗镇乡]|街道)|国家|中国|人民银行|国网"
)
_INSIDE_A_SENTENCE = regex(
    r"^(?:非|未|凡|对|向|为(?!民)|就|按|经|以|与|及|根据|结合|围绕|依托|通过|针对|督促|督导|指导|组织(?!部)|协调|引导|鼓励|支持|要求|动员|推动|发动)|(?<!自)由|[见从把将被]|以上|上述|在|于(?=[市县区州])"
)
_LEAST = 3


def units_at_head(words: str) -> str:
    """The units with which `words` begin, whatever is done with them (县住建局、县财政局核定…); empty without one."""
    if is_inside(words):
        return ""
    if (whole := _COLLECTIVE_END.match(words)) and not words.startswith("、", whole.end()):
        return whole.group() if _plainly_one(whole.group()) else ""
    *firsts, last = [name for name, _ in top_level(re.split(r"[，,。；;：:]", words)[0], "、")]
    while firsts and not _end_of(last):  # 县住建局修缮门窗、屋顶: the list goes on inside the act
        *firsts, last = firsts
    units = "、".join((*firsts, last[: _end_of(last)])) if _end_of(last) else ""
    return units if units and all(map(_plainly_one, read_names(units).units)) else ""


# Behind 请 and no name: how or by when something is to be done.
_HOW = regex(
    r"大家|各位|同志|尽快|抓紧|及时|立即|认真|切实|严格|妥善|统一|按|依|务必|提前|安排|通知|协调|组织|于|在|将|对|把|做|报|如|结合|参照|根据|高度|进一步|加强|高质|务|再|各自|自行|前往|提供"
)
_WEAK_OFFICE = regex(r"[\u3400-\u9fff]{2,6}?(?:[科处股室办部组队站所]|团委|工会|妇联)")


def units_before(words: str) -> str:
    """The units behind 请 with which `words` begin, known or not (执法大队整理…, 财务科、人事科核对…); empty without one."""
    if _HOW.match(words) or is_inside(words):
        return ""
    *firsts, last = [name for name, _ in top_level(re.split(r"[，,。；;：:]", words)[0], "、")]
    weak = _WEAK_OFFICE.match(last)
    end = min((at for at in (_end_of(last), _extended(last, weak.end()) if weak else 0) if at), default=0)
    names = [*firsts, last[:end]]
    good = end and all(is_unit(name) and not is_clause(name) and not is_collective(name) for name in names)
    return "、".join(names) if good else ""


def is_inside(words: str) -> bool:
    """Whether `words` begin as the inside of a sentence does, and not with whoever acts in it (对, 组织, 以上)."""
    return _INSIDE_A_SENTENCE.match(words) is not None


def _plainly_one(name: str) -> bool:
    if TOWN.fullmatch(name) and not _ACT.match(name):
        return True
    if not is_unit(name, strict=not is_collective(name)) or is_clause(name) or _INSIDE_A_SENTENCE.search(name):
        return False
    if is_collective(name):
        return bool(_ALL_OF.match(name))
    act = _ACT.match(name)  # 承担县安委会办公室日常工作: an act and what it is done to
    return not (act and act.end() > 1) and (bool(_PLACED.match(name)) or is_known(name, composed=False))


def _end_of(words: str) -> int:
    """Where the name ends with which `words` begin, 0 without one."""
    if m := _COLLECTIVE_END.match(words) or TOWN.match(words):
        return m.end()
    end = next((at for at in range(_LEAST, len(words) + 1) if is_unit(words[:at], strict=True)), 0)
    end = max((m.end() for m in [_COMPANY.match(words, end)] if end and m), default=end)
    return _extended(words, end)


def _extended(words: str, end: int) -> int:
    """Where a name ends that may go on behind `end` (市委办|公室, 县公安局|交警大队)."""
    while end and (more := _GOES_ON.match(words, end)) and is_unit(words[: more.end()], strict=True):
        end = more.end()
    return end


def acting(clause: str) -> str:
    """The units that are the subject of `clause`; empty where it only speaks of them."""
    units = units_at_head(clause)
    return units if units and not (_SPOKEN_OF.match(clause, len(units)) or is_done_to(clause, len(units))) else ""


def is_done_to(clause: str, at: int) -> bool:
    """Whether the words behind a name that ends at `at` only say what is done to it (县养老服务中心改造，…)."""
    m = _DONE_TO.match(clause, at)
    return m is not None and not (_CHECKS.fullmatch(m.group()) and clause[:at].endswith(_BUREAUX))


def helps(clause: str, at: int) -> str:
    """The words behind a name that ends at `at` by which a unit only takes part (做好…保障, 提供…); empty without them."""
    m = _HELPING.match(clause, at)
    return m.group() if m else ""


def is_new(name: str, known: Collection[str]) -> bool:
    """Whether `name` is a plain name of a unit that is not, in a shorter or longer form, among `known`."""
    return _plainly_one(name) and not any(name in one or one in name for one in known)


_SHARED = r"(?<=、)(?=[市县区州省镇乡][^、，,。；;]{1,14}(?:负责|牵头))"  # 甲局负责道路、乙局负责工地


def with_actors(found: Found, locality: str = "", alone: bool = False) -> Found:
    """`found`, whose duties its own sentences state, with the units that act in a clause further on; each is a doubt.

    `alone`: also where no sentence states any duty (对新增问题，甲局接报后现场核查).
    """
    if not (found.slot.duties or alone):
        return found
    known = {duty.unit for duty in found.slot.duties}
    more: list[Duty] = []
    doubts: list[Doubt] = []
    prefix = read_names(found.slot.duties[0].unit).prefix if found.slot.duties else ""
    for m in re.finditer(
        rf"(?:^|(?<=[，,；;。])|{_SHARED})(?:[（(][一二三四五六七八九十\d]{{1,2}}[）)]|由|请|责成|责令|委托|并|同时|其中|及时)*(?=(?P<clause>[^，,；;。]{{6,}}))",
        found.text,
    ):
        clause = re.split(_SHARED, m["clause"])[0].rstrip("、")
        units = "" if found.cover else acting(clause)
        units = "" if is_collective(units) and not found.slot.duties else units
        names = [name for name in read_names(units, prefix, locality).units if is_new(name, known)] if units else []
        aid = helps(clause, len(units))
        for name in names:
            role = Role.COOPERATING if aid else Role.RESPONSIBLE
            known.add(name)
            more.append(Duty(name, role, aid, False, is_collective(name)))
            said = f"“{clause[:30]}”另有单位“{name}”，按{'配合' if aid else '责任'}单位登记，请核对。"
            doubts.append(Doubt("duty-in-text", said, found.place, clause, name))
    for m in re.finditer(r"会同|商请", found.text):
        units = units_at_head(found.text[m.end() :])
        names = [name for name in read_names(units, prefix, locality).units if is_new(name, known)] if units else []
        known.update(names)
        more += [Duty(name, Role.COOPERATING, m.group(), False, is_collective(name)) for name in names]
    slot: Slot = replace(found.slot, duties=(*found.slot.duties, *more))
    return found._replace(slot=slot, doubts=(*found.doubts, *doubts)) if more else found


_OPENS = regex(r"(?:由|请)?(?P<who>[^，,。；;]{3,40}?)(?:共同|联合)?(?:牵头|负责|主办|承办|会同)")


def act_first(items: Sequence[str]) -> bool:
    """Whether most of some items say in their first words who leads or answers (9.由甲局牵头，会同乙局…), as minutes do that give
    others their units on lines of their own."""
    opened = [m["who"] for m in map(_OPENS.match, items) if m]
    acting = [who for who in opened if all(is_unit(name) for name in re.split(r"[、和与及]", who))]
    return bool(acting) and 2 * len(acting) >= len(items)
