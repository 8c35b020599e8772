"""Deadlines without a day: before, after or together with an event, and work that goes on."""

from __future__ import annotations

import re

from knowledge.patterns import regex

_SAME_TIME = regex(
    r"(?:与|和|同|随|跟)(?P<what>[^,。;]{1,20}?)(?:同步|同时|一并|一道|一同|同期)|(?P<what2>[^,。;]{1,16}?)(?:的)?(?:同时|当[天日]|同步)(?!期)"
)
_BEFORE = regex(
    r"(?:赶?在|于|至|到)?(?P<what>[^,。;]{1,18}?)(?:(?:之|以)前|前)(?!期|提|后|列|沿|往|端|瞻|景|任|台|置|来|去)"
)
_NOT_BEFORE = regex(r"(?:目|当|日|此|先|提|空|(?<![招新学考])生|年|眼|跟|向|超|从|间|预|史|支|事|\d)$")
_AFTER = regex(
    r"(?:在|于|待|自|俟)?(?P<what>[^,。;]{1,18}?)(?:(?:之|以)后|后)(?!期|续|台|勤|备|果|者|顾|进|方|盾|发展)"
)
_NOT_AFTER = regex(r"(?:今|此|先|然|落|最|善|背|幕|事中事|前|事前事中事|事|售|\d)$")
_UNTIL = regex(r"(?:至|到|直至|直到)(?P<what>[^,。;]{1,16}?)(?:结束|为止|完毕|完成)(?:为止)?")
_AT = regex(
    r"^(?:在|于)?(?P<what>[^,。;\d][^,。;]{1,13}?)(?<![适及按随同临实即定平届限准序])(?:之)?(?:时|期间|过程中)(?:$|[,。;]|公|发|同|报|完|进)"
)
# What comes every year and on no fixed day. Before it something is due; what happens in it is no deadline.
SEASON = regex(
    r"(?P<what>(?<!防)主?汛期?|入汛|雨季|台风季|(?:冬季)?(?:采暖|供暖|供热)(?:季|期)?|入冬|春耕|春运|暑运|三夏|三秋|秋收|"
    r"(?:森林|草原)?防火(?:季|期)|(?:春季|秋季|新)?(?:学期)?开学|寒假|暑假|中考|高考|(?:全国|省|市|县)?两会|换届|[春夏秋冬]季(?=到来|来临))"
    r"(?:到来|来临|召开|开始|开幕)?(?:之|以)?前(?![期夕后]|[检排]查(?:发现|出))(?=[,。;、]|$|[^,。;]{0,14}?(?:完成|建成|落实|到位|上线|投入|实现|公布|公开|公示|开展|组织|做好|排查|清理|整治|检查|修复|发放|通|消除|备|解决|完工|竣工|投用|启用|配齐|到岗|拆除|整改|加固|"
    r"进行|达到|形成|实现|建立|组建|补充|更换|更新|疏浚|疏通|调试|检修|演练|签订|报送))"
)
_SEASON_ALONE = regex(
    r"^(?:每年|整个)?(?P<what>主?汛期|雨季|台风季|枯水期|丰水期|(?:采暖|供暖|供热|(?:森林|草原)?防火)[季期]|迎峰度[夏冬]|春运|暑运)(?:期间|内)?$"
)  # 汛期: while it lasts
_OF_A_YEAR = regex(r"^20\d\d年(?=[^\W\x00-\xff])(?!底|末|初|终|前|后|内)")  # 2026年汛前 is an event of that year
_A_DATE = regex(r"\d{1,4}[年月日号.]|已|去年|年底|月底")
_ONGOING = regex(
    r"全年|长期|(?<!可)持续|常态|经常|长效|及时|适时|实时|即时|立即|定期|不定期|随时|按时|按期|时间节点|按(?:照)?(?:进度|节点|(?:工作|既定|年度|实施|推进)?(?:计划|方案)|要求|规定|时限|程序|时序)|贯穿|日常|"
    r"滚动|坚持|永久|始终|不间断|尽快|尽早|马上|第1时间|即刻|第一时间|立行立改|立行|边查边改|逐步|分步|分阶段|有序(?:推进|开展|实施)|动态|时序进度|深入推进|不断|稳步推进|一以贯之|久久为功|长年|常年|终年|持之以恒|抓紧|(?<![上去前])年度工作(?!总结|报告|要点|计划|方案|安排)|阶段性|"
    r"近期|按[^,。;]{0,8}(?:要求|部署|安排|进度|时限|时间|节点|规定)|(?:根据|上级)[^,。;]{0,8}(?:部署|安排|要求)|^当[日天](?!起)|^(?:自|从)?(?:即日|印发之日|发文之日)起$|常抓不懈|不懈|即.即.|立查立改|驰而不息|随到随|即到即|即收即|有则|全过程|全程$|全天候|每时|当场|现场办结|即办|即行|同步推进"
)


def event_of(raw: str, masked: str) -> tuple[str, str] | None:
    """The event a phrase hangs on and its relation (before, after, on); None where it names none."""
    together = _SAME_TIME.search(raw)
    if together and "同步推进" not in raw[:6]:
        return _label(together["what"] or together["what2"]), "on"
    until = _UNTIL.search(raw)
    if until:
        return _label(until.group("what")) + "结束", "before"
    for pattern, never, rel in ((_BEFORE, _NOT_BEFORE, "before"), (_AFTER, _NOT_AFTER, "after")):
        found = pattern.search(raw)
        if found and not never.search(found["what"]) and not _A_DATE.search(_OF_A_YEAR.sub("", found["what"], 1)):
            return _label(found["what"]), rel
    return _hanging(raw)


def _hanging(raw: str) -> tuple[str, str] | None:
    when = re.search(r"(?:依据?|视)(?P<what>[^,。;]{1,16}?(?:行程|情况|安排|进展|天气))", raw) or _AT.search(raw)
    when = when or _SEASON_ALONE.search(raw)
    return (_label(when["what"]), "on") if when else None


def _label(what: str) -> str:
    return (
        re.sub(r"^(?:在|于|待|自|凡|对|与|请|各[^\W\x00-\xff]{0,4}?要|应|须|要|确保|力争|务必|赶)+", "", what) or what
    )


def is_ongoing(masked: str) -> bool:
    """Whether a phrase says that the work goes on, at once or when fit, without a day."""
    return bool(_ONGOING.search(masked))
