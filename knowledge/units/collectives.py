"""集合单位: 市政府各部门, 各县(区)人民政府 — names that stand for many units, and which units they cover."""

from __future__ import annotations

import re

from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.units.unit_names import UnitName

_COLLECTIVE = regex(
    r"^各|各(?:有关|相关|级|责任|业务|行业)?(?:部门|单位|县|区|市|州|旗|乡|镇|街道|行委|科室|处室|机关|委办局|成员单位|牵头单位)"
    r"|(?:有关|相关|所属|直属|行业主管|业务主管|成员)(?:部门|单位|企业|机构)|(?:等|其他|其它)(?:部门|单位)"
    r"|(?:市|县|区|省|州)(?:直|级|属)(?:各|有关|相关)?(?:部门|单位|机关(?!党?工)|企业|国有企业)|企事业单位|人民团体|行业协会"
    r"|部门(?:和|及|、)单位|主管部门|^\d+个|^(?:县市区|市县区|旗县区|区县|县区|县市|市县|旗县|乡镇|镇街)(?:人民)?政府"
    r"|^(?:属地|辖区)|驻[市县区州]单位|^(?:牵头|主责|主办|承办|责任|配合|协办|落实|参与)(?:单位|部门|科室)$"
)
# One office all the same: 市属企业服务中心, 市行业协会管理局, 各界人士联合会.
_SINGLE = ("局", "服务中心", "联合会")
# What kinds of unit a collective's words name.
_DEPARTMENTS = regex(r"部门|单位|机关|委办局|成员|牵头")
_LOCAL = regex(r"(?:各|有关|相关).{0,6}?[县区旗州镇乡]|各市|街道|行委|^[市县区旗乡镇]{2,3}(?:人民)?政府|^属地")
_FIRMS = regex(r"企业|企事业|事业单位|学校|医院|医疗机构|协会")
# 市政府各部门, 县直各单位: the level whose departments are meant; and the levels a 各县区 can mean.
_LEVEL = regex(r"[省市州县区旗](?=直|级|属|政府|人民政府|委)")
# 市政府各部门, 市委各部门; 市委、市政府各部门 are all. Compiled when first asked: sets of Chinese take their time.
_OF_GOVERNMENT = r"^[^委]*政府(?:各|有关|相关|直属|组成)*(?:部门|单位|机构)"
_OF_PARTY = r"^[省市县区州旗]委(?!.*政府)(?:各|有关|相关|直属)*(?:部门|单位|机构)"
_LOWER = "县区旗镇乡"
# Endings of the units of each kind.
_FIRM = ("公司", "集团", "学院", "大学", "学校", "医院", "中学", "小学", "协会", "商会", "行")
_LOCAL_UNIT = regex(r"(?:[县区旗镇乡]|[县区旗镇乡市州](?:人民)?政府|街道(?:办事处|办)?|行委|管委会|管理委员会)$")


def is_collective(words: str) -> bool:
    """Whether a printed name stands for many units."""
    name = plain(words).replace(" ", "")
    single = name.endswith(_SINGLE) and ("各" not in name or name.startswith("各界"))
    return not single and _COLLECTIVE.search(name) is not None


def covers(collective: str, unit: UnitName, beside: frozenset[str] = frozenset()) -> bool:
    """Whether the collective may mean `unit` too: departments of its level, localities and theirs, or firms and schools.

    `beside`: fields of bodies that are no government's (组织, 妇联, 法院): 市政府各部门 does not mean them, nor 市委各部门 others.
    """
    words = plain(collective).replace(" ", "")
    if unit.fields and re.search(_OF_PARTY, words) is not None and not unit.fields <= beside:
        return False
    if unit.fields and unit.fields <= beside and re.search(_OF_GOVERNMENT, words) is not None:
        return False
    if unit.words.endswith(_FIRM):
        return _FIRMS.search(words) is not None
    if _LOCAL_UNIT.search(unit.words):
        return _LOCAL.search(words) is not None or words in unit.words
    if not _DEPARTMENTS.search(words) or (_FIRMS.search(words) and "部门" not in words):
        named = unit.level in words or words.startswith("属地")  # 各乡镇 means no office of the county
        return bool(unit.level and unit.level in _LOWER and named and _LOCAL.search(words))
    level = _LEVEL.search(words)
    return not (level and unit.level) or level[0] == unit.level
