"""Small drafts of invented documents, for whoever needs something to file."""

from datetime import date, datetime, timedelta, timezone

from knowledge.ledger import Entry, EntryKind
from knowledge.model import (
    Assignment,
    Cadence,
    Deadline,
    DeadlineKind,
    Document,
    Doubt,
    Draft,
    Duty,
    Every,
    Passage,
    Place,
    Role,
)

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=CHINA)


def assignment(document: str, number: int, text: str = "") -> Assignment:
    return Assignment(
        id=f"{document}#{number}",
        document=document,
        number=str(number),
        printed_number=str(number),
        section=("一、重点领域",),
        text=text or f"推进第{number}类信息公开",
        original=text or f"推进第{number}类信息公开。",
        place=Place(line=number + 3),
        duties=(Duty("云溪市财政局", Role.LEAD, "牵头单位"), Duty("各县（区）", Role.COOPERATING, collective=True)),
        deadlines=(
            Deadline("6月底前", DeadlineKind.BY, due=date(2026, 6, 30), issued=date(2026, 3, 1), year=2026),
            Deadline("每月", DeadlineKind.RECURRING, cadence=Cadence(Every.MONTH), inner=True),
            Deadline(
                "每季度、年底前", DeadlineKind.MULTI, parts=(Deadline("年底前", DeadlineKind.BY, date(2026, 12, 31)),)
            ),
        ),
        doubts=(Doubt("lead-inherited", "牵头单位取自合并单元格。", Place(table=1, row=2, column=3)),),
    )


def draft(title: str = "云溪市政务公开分工方案", count: int = 3, digest: str = "", reference: bool = False) -> Draft:
    document = Document(
        id=title,
        title=title,
        source=f"{title}.txt",
        digest=digest or f"digest of {title} {count}",
        issuer="云溪市人民政府办公室",
        issued=date(2026, 3, 1),
        passages=(Passage("做好公开工作。", Place(line=2), ("一、重点领域",)),),
    )
    numbers = () if reference else range(1, count + 1)
    return Draft(document, tuple(assignment(title, number) for number in numbers))


def entry(kind: EntryKind = EntryKind.ACKNOWLEDGED, minutes: int = 0, **fields: object) -> Entry:
    return Entry(kind, NOON + timedelta(minutes=minutes), **fields)  # type: ignore[arg-type]
