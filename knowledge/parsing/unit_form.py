"""How the name of a unit is built: its ending, the words of a collective, and what only says what is to be done."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.parsing.words import ANY_END, STRONG_END

_GENERIC = (
    r"(?:县级市|县市区|市县区|县市|县区|区县|市区|旗县区|旗县|苏木乡镇|乡镇街道|乡镇|镇街|街镇|街道|苏木|开发区|功能区|园区|新区|景区|林场|农场|社区|村居|"
    r"部门|单位|企业|企事业单位|事业单位|科室|处室|股室|站所|机构|委办局|直属单位|派出机构|驻地单位|[市县区州盟旗镇乡村街])"
)
TAIL = r"(?:人民政府|政府|管委会|管理委员会|办事处|党委|党工委)?"
BARE = re.compile(rf"^(?:有关|相关|各有关|其他)?{_GENERIC}{TAIL}(?:[（(].*[）)])?{TAIL}$")
_COLLECTIVE = re.compile(
    r"^(?:各|全[市县区州省体]|所有|有关|相关|其他|其它|涉及|\d+个|[一二三四五六七八九十]+个|部分)"
    r"|^(?:市|县|区|州|省|盟|旗|国家|中央|中省|国务院|驻\w{1,3})?(?:[市县区州省盟]?(?:直|级|属|政府|委|委市政府|辖))?(?:和\w)?(?:各|有关|相关|其他)"
    r"|(?:各部门|有关部门|相关部门|各单位|有关单位|相关单位|责任单位|牵头单位|承办单位|主办单位|成员单位|法人单位|建设单位|主管部门|行政机关|属地|起草部门|各成员)"
    r"|^(?:[市县区州省]直|[市县区]级)(?:部门|单位|机关(?!党?工))"
)
_VERBAL = re.compile(
    r"(?:负责|牵头|会同|配合|协助)(?!单位|部门|科室|处室|地区|方|人)|(?<![供响适效反])应(?!急|用|对|收)|(?<![机主重纪概])要(?!素|客)|须|将(?!军|台)|请|完成|委托|(?<![党会团群层])组织(?=[乡镇村专实开各力对])|开展|推进|主持|召开|建立|加强|做好|提高|提升|确保|完善|实现|加快|不少于"
    r"|^(?:同一|同类|每[个家次户])|^(?:经(?=[市县区州省镇乡]委|研究|审议|讨论)|原则|同意|听取|审议|批准|关于|鉴于)"
    r"|^(?:新建|改建|扩建|迁建|续建|开工|竣工|建设(?!局|厅|委|单位|银行|处|科|管理|主管|投资|集团|工程|部)|设立|成立|组建|打造|实施|培育|优化|改造|编制|制定|修订|举办|召开|落实|公开|公布|发布|推动|启动)"
)


@lru_cache(maxsize=8192)
def is_collective(name: str) -> bool:
    """Whether `name` stands for a class of units (各县区, 市政府各部门, 有关单位) and not for one office."""
    return bool(_COLLECTIVE.search(name)) or bool(BARE.match(name))


def is_clause(name: str) -> bool:
    """Whether `name` says what is to be done and so names nobody."""
    return bool(_VERBAL.search(name))


OTHER_PART = re.compile(
    r"(?:[全内外局底顶]|(?<!老)干)部$|社会$|\d[处所站部]$|[查惩好益坏用到何深远]处$|(?:数字|法治|服务型|廉洁|阳光|智慧)政府$"
    r"|^[\u3400-\u9fff]{0,4}(?:[实试推施执进举履奉]行|[先自另]行|运行|流行|飞行|可行)$"
)  # 年轻干部, 立即查处, 数字政府, 实行: no office
_QUOTED = re.compile(
    r"^([\u3400-\u9fff]{0,4}[市县区州省旗镇乡])[“\"]([^“”\"]{1,8})[”\"]"
)  # 县“双减”办: named after what it is for


@lru_cache(maxsize=8192)
def is_unit(name: str, strict: bool = False) -> bool:
    """Whether `name` is built like the name of a unit; `strict` wants an ending that is hardly anything else."""
    core = re.sub(r"[（(〔\[][^（(〔\[）)〕\]]*[）)〕\]]$", "", name) or name
    core = _QUOTED.sub(r"\1\2", core)
    if not 2 <= len(core) <= 40 or re.search(r"[。：:“”！？]", core):
        return False
    if is_collective(core):
        return len(core) <= 30 and bool(
            STRONG_END.search(core)
            or (core[0] == "各" and len(core) <= 5 and ANY_END.search(core))
            or re.search(r"[县市区州盟旗镇乡街村）)]$|站所$|机构$|主体$", core)
        )
    if len(core) > 24 or _VERBAL.search(core) or OTHER_PART.search(core):
        return False
    return bool((STRONG_END if strict else ANY_END).search(core))
