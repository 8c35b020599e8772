"""A question without the words that only shape it, and whether anything is left that a document could be about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.lexicon import Lexicon
from knowledge.normal import HAN
from knowledge.patterns import regex
from knowledge.question.cues import PATTERNS, pattern
from knowledge.question.printed import without_lacks
from knowledge.search.topic import PARTICLES, Kind, Token, tokens_of

# 谁晒, 谁贴榜, 谁给大家交底: what every office does with what it has done.
_TELL = (
    r"(?:给|跟|向|对|往)?(?:大家|大伙儿?|街坊|百姓|老百姓|群众|社会|外头|外面|外)?(?:贴榜|张榜|亮牌子?|晒(?:出来|一晒)?|登(?:出来|报|上去)?|挂(?:出来|出去|网|上网|上去)?|贴(?:出来|出去|墙上)?"
    r"|亮(?:出来)?|公布|公示|公开|发布|通报|交个?底|说(?:一声|清楚|明白)?|讲(?:清楚|明白)?|报个?数|列(?:出来|单子|名单|清单)|上网|打招呼|提个?醒|弄清楚|说了?算)"
)
# 哪家扛, 谁在盯着: who is asked for, with the verb that only says that he does it.
_WHO_DOES = regex(
    rf"(?:{PATTERNS['who']})(?:来|在|去|给|要|得|该|应该?|负责|最后|主要)*(?:承办|主办|会办|分办|合办|牵头|负责|配合|协办|兜底|主推|推进|推动|组织|统筹|实施|落实|跟进|对接|把关|协调|经办|督办|参与|参加|执行|打理|操心|出面|[抓管办做弄搞干盯挑扛领带包接出编建推定搭报写审担拟订改发揽主牵]|{_TELL})[着到的了]*(?=[的了呢啊呀吧嘛]*(?:$|\W))"
    rf"|(?:{PATTERNS['who']})(?:来|在|去)?(?:牵头|负责|主责|主办|承办|主管|分管|主抓|协办|配合)(?:着|的)?"
    r"|(?:涉及(?:到)?了?|^\W*(?:都)?(?:有|是)?)(?:哪|几)[些几]?个?(?:乡镇|镇街|街镇|街道|县市区|县区|区县|县|区|镇|乡)(?=$|\W)"
    # 谁给换, 谁领着治, 谁给管管, 谁说了算
    rf"|(?:{PATTERNS['who']})(?:来|在|去|要|得)?(?:说了算|作主|做主|(?:给|领着|带着|帮着)(?:{HAN}|({HAN})一?\1))(?=[的了呢啊呀吧嘛]*(?:$|\W))"
)
# 定在几月, 安排到哪天: the verb belongs to the day that is asked for.
_SET_FOR = regex(rf"(?:定|放|安排|排|卡|约|限|推)(?:在|到|的|于|了)?(?={PATTERNS['when']})")
# How many of what, and how often: 几座, 一个月办几场.
_HOW_MANY = regex(
    r"(?:要|得|应该?|该|须|计划|打算|准备|预计|至少|最少|最多)(?:[修建铺收种栽买配换改拆聘招请发放演印压降提涨增减留存办搞做开装弄有设打占])?(?:到|了|成|够|出|好|完)?(?=多少|(?<![第好这那前])几(?![乎何])|多[大长高宽远深重])|"
    r"(?:压减?|压?降|提高?|涨|达|升|控制|增长|下降|保持|稳定|规划|安排|布局|明确|设置|留)(?:到|至|在|了)(?=多少|(?<![第好这那前])几(?![乎何])|多[大长高宽远深重])|"
    r"多大(?:年纪|岁数|年龄)(?:以[上下]|及以[上下])?(?:才(?:有|能|可以|给|算)?|的|能|可以)?(?=$|\W)|(?:是)?第几[届次期批轮](?=$|\W|了|的)|"
    r"多[大长高宽远深重]的?(?:规模|面积|体量|容量|距离|里程)?(?=$|\W)|"
    r"(?:一个?|每个?)(?:月|周|星期|季度?|年|天|次)(?:要|得|至少|最少|大概|办|搞|做|开|发)*(?=多少|几)|(?:要|得|应|该|计划|打算|准备|一共|总共|至少|最少|大概)*(?:办|搞|做|建|开|装|弄|有)?"
    r"(?:多少|(?<![第好这那前])几)(?:个|座|所|台|辆|套|张|条|处|户|家|场|次|名|位|人|公里|平方米?|平米|平|亩|吨|斤|块|批|期|件|项|种|类|列|趟|班|节|幢|栋|株|棵|万|亿|岁|倍|级|[^\W\d](?=$|\W))?"
)
# Words that only shape a question and would otherwise be taken for its subject.
_SHAPE = regex(
    r"各(?:自)?(?:到|在)(?=$|\s)|(?:^|(?<=[\s的]))(?:单位|部门)?(?:请|麻烦|劳驾)?(?:你|您)?帮(?:我|忙|着)?(?:查|看|问|找|核)(?:一?下|一查|一看|看)?(?:吧|呗)?(?=$|\W)|(?:^|(?<=\W))(?:其中|(?:这|那)里头|里面|里头)(?=\W|牵头|配合|负责|$)|只(?:有|写了?|列了?|涉及)了?(?:一|1)(?:个|家)(?:责任|牵头)?(?:单位|部门)的?|(?:^|(?<=\s))的(?:任务|事项|工作|项目)(?=$|\W|有|是)|^(?:重点|主要|全部|所有|年度)(?:工作)?(?:任务|事项)(?=$|\s)|^(?:这|那)?(?:张|份|个)?(?:责任|任务|问题|分工|整改|项目|重点|督办)*(?:清单|台账|分解表|分工表|任务表)(?:里面?|中|上)?(?=$|\s)|(?<=\s)(?:项目|任务|事项)(?=$|\s)|加起来|合起来|合在一起|^关于(?=\w+的(?:建议|提案|议案))|的(?:建议|提案|议案)(?=\W|$)|^涉及(?:到)?|涉及(?:到)?(?:了)?(?=\W|$)|(?<=\w)(?:归|属于?)(?=\W|$)|(?:牵头|主责|主办|承办|会办|分办|配合|协办|负责|参与|参加|属地落实)(?:的|单位|部门)?(?=\W|$|呢\W*$)|(?:这|那)(?:个)?摊子|(?:这|那)[两三四五六七八九](?:项|条|件)(?=$|\W|分别|都|各|是|的|什么|啥|几|谁|哪|何)|(?:上|前|下)(?:一|面)?(?:那|的)?[条项]|(?:请|麻烦)?再(?:给我)?(?:讲|说|念|报|发)(?:一)?(?:遍|次)|刚(?:才|刚)?(?:那|的|[说问讲看查]的)+[条项个件]|刚才(?:那|的|说的)*[条项个]?|属于|出自|来自哪|哪[个份]文件|第几[项条]|不对吧?|错了吧?|它们?|他们|分别|各自|单独|独自|只是|只(?=配合|牵头|有)|除了|以外|之外|还剩|剩下|剩余|没到期|未到期|到期|多少[项条个件]|几[项条个件]|"
    r"(?:是不是|是否|是)一家(?:单位)?(?:来|在)?(?:牵头|负责|主责|管)?的?(?:吗|么|嘛|不)?(?=$|\W)|(?:^|(?<=\W))(?:跟|和|与|同)(?=[^\W]{1,12}(?:有关|相关|沾边|沾点边|挂钩))|(?:有关系?|相关|沾点?边|挂钩)的?(?=$|\W|有|是|都|任务|事项|哪)|^(?:里|中)(?:面|头)?(?=\W)|哪些是(?=\w)|"
    r"(?:是不是|是否|都?是)?(?:由|归)?同一(?:个|家)(?:单位|部门|局)?(?:来|在)?(?:牵头|负责|主责|主办|承办|落实|管|办)?的?(?:吗|么|嘛|不)?(?=$|\W)|(?:牵头|责任|配合)?(?:单位|部门)(?:是不是|是否)?(?:一样|相同|一致)的?(?:吗|么|嘛|不)?(?=$|\W)|"
    r"(?:是|算|属于|当|担任)?个?(?:什么|啥)(?:角色|身份)|一共|总共|列(?:了|出|入)(?:了)?|(?:都|还)?要交(?:账|差|卷)?(?=$|\W|的)|(?:都|还)?要交|给了?(?=$|\W)|有没有|是不是|对不对|(?:有|写了|带)?(?:硬|明确|具体|固定)性?的?(?:完成|截止|到期|办结)?(?:时限|期限|时间|日期)(?:要求)?|"
    r"(?:日子|期限|截止|时限|时间|日期|都|已经?)*过(?:没过|了(?:没|吗|吧))(?=$|\W)|"
    r"(?:^|(?<=\s))(?:搞|弄|做|办|开|报|查|来|评|检|更新|公布|公开|发布|开展|组织|召开)一(?:次|回|遍|趟)(?=$|\W)|"
    r"(?:没有?|未)(?:写明?|注明|标明|规定|明确)|(?:没有?|未|无)(?:有)?(?:会办|协办|配合|主办|牵头)(?:单位|部门)?的?|由?(?:一|1)(?:个|家)(?:单位|部门)(?:单独|独自)?(?=$|\W|主办|牵头|承办)|"
    r"(?:这|那)(?:一?[条项件块])(?:工作|任务)?|(?:这|那)(?:种|类|些|个|方面)儿?的?(?:信息|事情|事儿?|工作|内容|东西|情况)?(?=$|\W|是|的|有|要|应)|"
    r"多少|几[级个]|的?(?:是|有)?哪(?:一|几|些)?(?:项|条|件|个)(?=$|\W)|(?:是|有)?哪(?:[些几]|[一二三四五六七八九十\d]+)?个?(?=方面|$|\W)"
)
# 哪些任务涉及老人: what leads to the subject.
_WHICH_SPEAK = regex(
    r"^哪[几些](?:项|条|件|个)?(?:任务|事项|工作|要求)?(?:里|中|是|都)?(?:跟|和|与|同|关于|涉及(?:到)?了?|提到|写到|写了|讲到|说到|要求)(?=\w{2})"
)
# Cues that are cut out of the subject wherever they stand.
_ASKING = ("when", "limit", "who", "which_ones", "lead", "count")
# A piece between cuts that is made of these alone is no subject.
_IDLE = regex(
    r"(?:、|现在|目前|如今|眼下|当前|提案|议案|答复|要不要|用不用|另外|要上|要|得|该|应|是|各|的|件|了|来|去|在|由|归|把|请|再|还|也|都|就|这|那|个|块|条|项|事|活|儿|"
    r"负责|配合|会同|参与|一起|协助|牵头|管|弄|搞|抓|做|办|干|盯|开|发|报|完成|办结|完工|竣工|搞定|结束|收尾|为止|到|执行|实施|开始|启动|整改|改|完|好|公布|公开|发布|落实|督查|督促|承担|"
    r"[建修改查写编装拆种办做弄搞报](?:好|完|成|掉|出来)|[两二三四五六七八九十几]个|"
    r"单位|部门|有|和|与|一下|说|前|之前|以前|底|内|吗|呢|吧|啊|对|没错|年|月|日|号|天|时间|时候|长|久)*"
)
# Beside a unit these are no subject either.
_CHORES = regex(
    r"(?:只|主要)?(?:牵头|负责|主办|会办|分办|配合|落实|承担|参与|(?<![监主城水气油热接托保分代共铁])管(?![网道理控线护委制辖廊材井家]))(?:的|了)?|"
    r"的?(?:工作任务|任务清单|任务列表|任务|举措|措施|事项|工作|活儿?|差事|(?<!实)事(?:情|儿)?|清单|职责|分工)"
    r"(?=有|是|都|呢|啊|吗|哪|什么|啥|清|发|给|列|,|$|\W)"
    r"|的?(?:这|那)?(?:[两三四五六七八九几]|(?<!第)\d{1,2})(?:项|件|条)(?:任务|事项|工作)?(?=$|\W|分别|都|各|是|到底)"
)
# From so many strong characters on it is a subject by itself; a single one only inside a word.
_STRONG, _WORD = 2, 2


def shaped(text: str, of_unit: bool) -> str:
    """`text` without the words that only shape a question; beside a unit, 任务 and 活 are no subject either."""
    text = without_lacks(_SET_FOR.sub(" ", _WHO_DOES.sub(" ", text)))
    text = _WHICH_SPEAK.sub(" ", text) if text.startswith("哪") else text
    for name in _ASKING:
        text = pattern(name).sub(" ", text)
    text = _SHAPE.sub(" ", _HOW_MANY.sub(" ", text))
    text = _CHORES.sub(" ", text) if of_unit else text
    pieces = re.split(r"[\s,，。;；!！?？]+", text)
    return " ".join(piece for piece in pieces if not _IDLE.fullmatch(piece))


def is_topic(text: str, lexicon: Lexicon) -> bool:
    """Whether anything is left in `text` that a document could be about; the lexicon's fillers are not."""
    return _strong(tokens_of(text, lexicon))


def left_beside(text: str, lexicon: Lexicon) -> bool:
    """`is_topic` beside a unit or a window, which are a subject already: empty characters alone are none (的有, 都)."""
    tokens = tokens_of(text, lexicon)
    solid = {token.run for token in tokens if not (token.weak or token.loose or token.text in PARTICLES)}
    return _strong(tuple(token for token in tokens if token.run in solid))


def _strong(tokens: Sequence[Token]) -> bool:
    strong = [token for token in tokens if not token.weak]
    if any(token.kind is not Kind.CHARACTER for token in strong) or len(strong) >= _STRONG:
        return True
    return any(sum(token.run == one.run for token in tokens) >= _WORD for one in strong)
