"""Documents of an invented city as the reader would give them, for stories about editions."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from knowledge.model import Draft, Passage, Place
from tests.knowledge.comparison.plans import plan

PLAN = "澄江湾市人民政府办公室关于印发2026年政务公开任务分工方案的通知"
LINES = (
    "公开部门预算和决算 | 市财政局 | 9月底前",
    "清理长期不更新的政务新媒体账号 | 市大数据局 | 每季度",
    "公布城乡低保标准和资金支出 | 市民政局 | 每月10日前",
    "公开义务教育招生范围和报名办法 | 市教育局 | 5月底前",
    "开展自建房安全检查，对危险房屋停用 | 市住房城乡建设局 | 6月底前",
)


def paper(
    title: str = PLAN,
    lines: tuple[str, ...] = LINES,
    *said: str,
    source: str = "",
    number: str | None = "澄政办发〔2026〕5号",
    issued: date | None = date(2026, 3, 2),
    year: int = 2026,
    locality: str | None = "澄江湾市",
) -> Draft:
    """A document with these lines as its assignments 1, 2, 3 … and these sentences in its letter."""
    numbered = tuple(f"{at} | {line}" for at, line in enumerate(lines, 1))
    identity = "\n".join((title, number or "", locality or ""))
    draft = plan(year, *numbered, name=hashlib.sha256(identity.encode()).hexdigest()[:8])
    document = replace(
        draft.document,
        title=title,
        source=source or f"{title[-12:]}.docx",
        digest=hashlib.sha256(repr((title, lines, said, source)).encode()).hexdigest(),
        number=number,
        issued=issued,
        locality=locality,
        passages=tuple(Passage(text, Place(line=at)) for at, text in enumerate(said, 1)),
    )
    return replace(draft, document=document)
