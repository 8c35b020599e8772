"""What is said about two documents side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handlers.wording import lines, names, shortened, subject, title
from knowledge.comparison import ChangeKind, Comparison, Pair
from knowledge.editions import Relation
from knowledge.model import Assignment, Document, Role

_ASKED = 60
"""Characters of an assignment that a question shows."""
_DETAILS = (
    "牵头变更", "单位增减", "收紧", "推后", "新增时限", "取消时限", "时限改写", "文字改动", "拆分", "合并",
)  # fmt: skip


def labels(old: Document, new: Document) -> tuple[str, str]:
    """What both are called at the head of a column: 2025年 and 2026年, else 修订前 and 修订后."""
    if old.year and new.year and old.year != new.year:
        return f"{old.year}年", f"{new.year}年"
    return "修订前", "修订后"


def summary(comparison: Comparison) -> str:
    """新增12项、延续30项、收紧5项、删去3项、单位更名2个, with what the changes are behind those that changed."""
    counts = comparison.counts
    if not comparison.pairs:
        return "两份文件都没有任务，没有可以比对的。"
    told = [_counted(counts, word) for word in ("新增", "删去", "延续")]
    told.append(_changed(counts))
    told += [_counted(counts, "可能是同一项", "（待核）"), _counted(counts, "单位更名", unit="个")]
    if set(counts) <= {"延续"}:
        return f"全部{counts['延续']}项都没有变化。"
    moved = f"另有{counts['移动']}项变了序号或位置。" if counts.get("移动") else ""
    return "、".join(filter(None, told)) + "。" + moved


def _changed(counts: Mapping[str, int]) -> str:
    details = "、".join(_counted(counts, word) for word in _DETAILS if word in counts)
    return _counted(counts, "改动", f"（{details}）" if details else "")


def _counted(counts: Mapping[str, int], word: str, behind: str = "", unit: str = "项") -> str:
    return f"{word}{counts[word]}{unit}{behind}" if word in counts else ""


def renamed(comparison: Comparison) -> str:
    """单位更名：市大数据局更名为市数据局；…; empty where no unit was."""
    told = "；".join(one.words for one in comparison.renamed)
    return f"单位更名：{told}。" if told else ""


def of_collectives(names: Iterable[str], count: int) -> str:
    """Says that what is written for many units at once is not among what concerns one of them."""
    told = "、".join(names)
    return f"另有{count}项写给{told}，其中与该单位有关的请另行核对。" if count else ""


# --- before a document is filed in the place of another -------------------------------------------------------------
MORE = "（逐项对照可用 qiantou compare 查看。）"
_WHAT = {
    Relation.EDITION: "这是册中《{title}》（{source}）的新版",
    Relation.REPLACEMENT: "册中的《{title}》（{source}）由这份文件替代",
    Relation.YEAR: "册中的《{title}》（{source}）由这份文件替代",
    Relation.EARLIER: "册中的《{title}》（{source}）比这份新，这份只作为旧版入册备查",
}
_MAYBE = {
    Relation.EDITION: "册中的《{title}》（{source}）标题与它相同",
    Relation.YEAR: "册中的《{title}》（{source}）是前一年的同名文件",
}


def replaces(old: Document, relation: Relation, words: str, sure: bool) -> str:
    """What a filed document is to the one that comes in, and why."""
    what = _WHAT[relation] if sure else _MAYBE.get(relation, _WHAT[relation])
    return what.format(title=old.title, source=old.source) + (f"：{words}。" if sure and words else "。")


def shall_replace(old: Document) -> str:
    """The question whether it takes its place."""
    return f"由这份文件替代《{old.title}》（{old.source}）吗？替代后旧文件不再提醒，仍可查询。"


def is_same(old: Assignment, new: Assignment) -> str:
    """The question whether two that are hardly alike are one."""
    return (
        f"原第{old.number}项“{shortened(old.text, _ASKED)}”\n"
        f"现第{new.number}项“{shortened(new.text, _ASKED)}”\n"
        "是同一项任务吗？是的话，已报的进展接着算；不是的话，原任务撤销，现任务按新增登记。"
    )


# --- in chat --------------------------------------------------------------------------------------------------------
NOTHING_TO_COMPARE = "册中没有可以对照的前一份文件，请先导入去年的或修订前的文件。"


def told(comparison: Comparison, shown: Sequence[Pair], what: str, count: int, units: Sequence[str]) -> str:
    """The differences in a few lines; `what` is what was asked for (empty: everything), `count` how many there are."""
    whose = f"{names(units)}：" if units else ""
    first = f"{title(comparison.new)}与{_before(comparison)}相比，{whose}{summary(comparison)}"
    if not what:
        return lines(first, renamed(comparison), DETAILS)
    if not count:
        return lines(first, f"没有{what}的任务。")
    rows = (f"· {_row(pair, what)}" for pair in shown)
    return lines(first, f"{what}的有：", *rows, DETAILS if count > len(shown) else "")


DETAILS = "逐项对照可请管理员用 qiantou compare 查看。"


def _before(comparison: Comparison) -> str:
    if comparison.old.year != comparison.new.year and comparison.old.year:
        return f"{comparison.old.year}年"
    return "修订前"


def _row(pair: Pair, what: str) -> str:
    one = pair.new[0] if pair.new else pair.old[0]
    if what == "收紧":
        return subject(one) + "——" + "；".join(c.words for c in pair.changes if c.kind is ChangeKind.TIGHTENED)
    leads = one.units(Role.LEAD) or one.units(Role.RESPONSIBLE)
    return subject(one) + (f"（{names(leads)}）" if leads else "")
