"""What surrounds a document on a web page: navigation, counters, share text, closing remarks of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_FURNITURE = re.compile(
    r"^(?:(?:您)?(?:的)?(?:当前|现在|所在)的?位置\s*[:：]?|首页\s*[>＞»›/]|.{0,10}[>＞»›].{0,30}[>＞»›].*$)"
    r"|^(?:扫描二维码|扫一扫|微信扫|手机扫|分享到|打印本页|关闭窗口|返回顶部|上一[篇条]|下一[篇条]|.{0,6}ICP备|版权所有|网站标识码|政府网站标识码).{0,40}$"
    r"|^(?:【?字体|字号|打印|关闭|分享到?|收藏|责任编辑|责编|编辑|审核人?|来源|信息来源|文章来源|发布机构|浏览次数|浏览量?|阅读次数|阅读人次|阅读量|点击数?|访问量?|打印本页|关闭窗口"
    r"|上一篇|下一篇|相关(?:文章|链接|阅读|附件|信息)|附件下载|下载|返回顶部|版权所有|网站标识码|备案号|.{0,6}ICP备|正在阅读|【?(?:大|中|小)】|视力保护色|政府网站标识码|索\s*引\s*号|发文机关|主题分类|"
    r"发文字号|文\s*号|有效性|体裁分类|组配分类|公开(?:方式|目录|日期)|生成日期|成文日期|主题词|信息分类|效力状态|废止日期|名\s*称|【?打印】?|公文时效)(?:\s*[:：】\]]|\s|$).{0,80}$"
    r"|^(?:发布|发表|更新|公布|录入)(?:日期|时间)\s*[:：].*$|^(?:日期|时间)\s*[:：]\s*20\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?(?![\d日前底至内—-]).*$"
    r"|^\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
    r"|^\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:(?:浏览|来源|阅读|点击|字体|作者|发布|访问|编辑|\||【).*)$"
    r"|^第?\s*[-—]?\s*\d{1,3}\s*[-—]?\s*页?$|^[-—–]\s*\d{1,3}\s*[-—–]$|^\W+$"
    r"|^[甲乙丙]方(?:代表|负责人|法定代表人)?\s*[（(](?:盖章|签字|签章|签名|公章).*$|^(?:[一二三四五六七八九十]+、)?本(?:责任|协议|目标责任|承诺)书一式.{0,40}$"
    r"|^附\s*件\s*[\d一二三四五]*\s*[:：]?$"
    r"|^(?:主办|承办|版权所有)(?:单位)?\s*[:：].{2,40}(?:备案号|ICP备|网站地图|网站标识码|联系我们)"
    r"|^(?:顺颂|顺祝|此致|敬礼|商祺|[春夏秋冬时]祺|祝(?:您|大家|各位)?[\u3400-\u9fff]{0,2}(?:工作|生活|万事|一切|身体)[\u3400-\u9fff]{1,4}|(?:非常|多)?(?:感谢|谢谢)|发自(?:我的)?\S{2,12}|以上[，,]?谢谢)[!！。~～]*$"
    r"|ICP备案号\s*[:：]|网站标识码\s*[:：]|^[（(]?(?:此件|本文|此文)(?:主动|依申请|不予)?公开(?:发布)?[)）]?$|^政务微信$|^政务微博$"
)
_PAGE_DATE = re.compile(
    r"(?:(?:发布|发表|更新|公布|录入|上传)(?:日期|时间)?\s*[:：]|^)\s*(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?"
)


_PAGE_MARK = re.compile(
    r"[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)


def is_page_mark(text: str) -> bool:
    """Whether a line is the number of a page and nothing else."""
    return _PAGE_MARK.fullmatch(text.strip()) is not None


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the document, by patterns every site shares."""
    return bool(_FURNITURE.search(text))


_TAIL = re.compile(
    r"^(?:相关(?:链接|阅读|文章|信息|新闻|稿件|报道)|上一[篇条]|下一[篇条]|【?打印(?:本页)?】?\s*【?关闭)"
)
_DUTY = re.compile(r"牵头|责任单位|责任部门|负责|配合|时限")


def tail_of(texts: Sequence[str]) -> int:
    """Where the page's own closing begins (相关链接 and the titles below it); the number of lines where there is none.

    What stands there is no part of the document's plan: it is left to the unread lines.
    """
    for at, text in enumerate(texts):
        if at * 2 > len(texts) and _TAIL.match(text) and not any(_DUTY.search(later) for later in texts[at:]):
            return at
    return len(texts)


_ATTACHED = re.compile(r"附\s*件\s*\d*\s*[:：]\s*\S")


def attachments(texts: Sequence[str]) -> set[int]:
    """The indices of lines that only list what is attached (附件：1.甲表 2.乙表)."""
    found: set[int] = set()
    inside = False
    for at, text in enumerate(texts):
        starts = _ATTACHED.match(text)
        more = inside and len(text) <= 60 and re.match(r"\d{1,2}\s*[.．、]", text) and not re.search(r"[。；;，]", text)
        inside = bool((starts and len(text) <= 80) or more)
        if inside:
            found.add(at)
    return found


def page_date(text: str) -> date | None:
    """The day a page says it was put up, from a furniture line."""
    m = _PAGE_DATE.search(text)
    return day(*m.groups()) if m else None


def day(year: str, month: str, of_month: str) -> date | None:
    """A valid date or None."""
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None
