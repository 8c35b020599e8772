"""在哪个网站公布, 建在哪几个镇: whether a requirement itself names the place that is asked for."""

from __future__ import annotations

from knowledge.normal import HAN
from knowledge.patterns import regex

# Where something is made public, and where it is read.
_MEDIUM_ASKED = regex(
    r"(?:哪(?:个|些|几个|家|一个)?(?:网站|网页|平台|系统|渠道|媒体|公众号|专栏|栏目|客户端))|(?:公布|公开|公示|发布|挂|登|发|晒)(?:在|到|往|去)哪|(?:在|到|往|去|从)哪(?:儿|里|个地方)?(?:公布|公开|公示|发布|挂|登|发|晒|查|看)"
)
_MEDIUM = regex(
    r"[^\W\d]{2,14}?(?:网站|网页|平台|系统|公众号|微博|微信|客户端|专栏|专区|电子屏|公示栏|公报)|信用中国|电视台|报纸|新媒体|政务公开栏"
)
# What is asked for by a town, a county or a road, and what names such a one.
_SPOTS = tuple(
    (
        regex(rf"哪(?:一|几|些|[两三四五六]|\d)*(?:个|些|条|座)?(?:{asked})"),
        regex(rf"(?P<name>{HAN}{{1,4}}?)(?:{named})(?!镇|村|民|级|道|区|面|段|长|灯|网|径|流|务|企)"),
    )
    for asked, named in (
        ("乡镇|镇街|街镇|街道|镇|乡|村|社区", "镇|乡|街道|社区|村"),
        ("区县|县区|县市|县|区(?!间)|片区|园区", "县|区"),
        ("路段|路|街|大道", "路|街|大道"),
        ("桥|河", "桥|河"),
    )
)
# What stands before such a word and names no place by it.
_GENERAL = regex(
    r"(?:乡|城|集|小|中心|建制|行政|自然|示范|贫困|试点|农|空心|城中|薄弱|重点|各|每|个|全|新型|老旧|本|该|等|所有|条|座|道|公|马|铁|断头|背|危"
    r"|步行|商业|美食|特色|思|线|网|出|通|套|门|多|强|产业|工业|科技|的|市|片|园|社|山|库|地|辖|新|老|校|景|矿|灾|牧|林|湖|建|在|和|与|及|至|到|对|县|区|镇|村)$"
)


def names_place(question: str, text: str) -> bool:
    """Whether `text` names a place of the kind that `question` asks for: a website, a platform; a town, a village, a road."""
    if _MEDIUM_ASKED.search(question):
        return _MEDIUM.search(text) is not None
    named = next((spot for asked, spot in _SPOTS if asked.search(question)), None)
    return named is not None and any(_GENERAL.search(found["name"]) is None for found in named.finditer(text))
