"""重画 docs/汇总样例.svg：样例文件入册，补几条进展，看2026年7月17日这一周。用法：.venv/bin/python docs/生成汇总图.py"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.home import Home
from bot.intake import import_files
from bot.papers.summary_picture import drawn
from knowledge.ledger import Entry, EntryKind
from knowledge.store import MemoryStore
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import standing
from scheduler.summary import Summary, summary

DOCS = Path(__file__).resolve().parent
PICTURE = DOCS / "汇总样例.svg"
FILED = datetime(2026, 3, 16, 9, tzinfo=SHANGHAI)
NOW = datetime(2026, 7, 17, 16, tzinfo=SHANGHAI)


def sample() -> Summary:
    """The summary of the samples' week: of the dates that were due by then, two in three were reported done."""
    with TemporaryDirectory() as folder:
        store, home = MemoryStore(), Home(Path(folder))
        home.create()
        files = sorted(path for path in (DOCS / "样例").iterdir() if path.is_file() and not path.name.startswith("."))
        import_files(store, home, files, now=FILED, who="样例")
    register, calendar = store.load(), WorkCalendar()
    for n, one in enumerate(register.assignments):
        for row in standing(one, store.ledger(), calendar, NOW.date()).dates:
            if row.due <= NOW.date() and n % 3:
                at = datetime.combine(row.due, NOW.timetz()) - timedelta(days=n % 2)
                told = {"status": "done", "url": "https://www.yunxi.gov.cn/gk", "period": row.period}
                store.append(Entry(EntryKind.REPORTED, min(at, NOW), who="张晓", assignment=one.id, details=told))
    return summary(register, store.ledger(), NOW, calendar)


def picture() -> str:
    """The picture as it stands in the documentation."""
    return drawn(sample(), "云溪市政务公开办公室")


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    print(f"已画好 {PICTURE}")
