"""How surely names of units are understood: `unit_names.tsv`, our own, of an invented city.

Lone names are resolved at their day; sentences are searched for the units of the city's documents, one of 2026 with the
names below. Prints the share that is right by kind, and how long a sentence takes.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import median

from knowledge.model import Assignment, Document, Duty, Place, Role
from knowledge.register import Register
from knowledge.units import UnitBook, resolve

TABLE = Path(__file__).with_name("unit_names.tsv")
TOWN = "云溪市"
LONE = ("全称", "简称", "地方叫法", "合并", "曾用名", "上级", "无名")
PRINTED = (
    "市发展和改革委员会 市教育体育局 市科学技术局 市工业和信息化局 市公安局 市民政局 市司法局 市财政局 "
    "市人力资源和社会保障局 市自然资源和规划局 市生态环境局 市住房和城乡建设局 市城市管理局 市交通运输局 市水利局 "
    "市农业农村局 市商务局 市文化广电和旅游局 市卫生健康委员会 市退役军人事务局 市应急管理局 市审计局 "
    "市国有资产监督管理委员会 市市场监督管理局 市统计局 市医疗保障局 市林业局 市粮食和物资储备局 市信访局 "
    "市政务服务和数据管理局 市国防动员办公室 市机关事务管理局 市住房公积金管理中心 市供销合作社 市政府办公室 "
    "市委组织部 市委宣传部 市委统战部 市委政法委 市委老干部局 市委金融办 市委党校 市档案馆 "
    "市委网络安全和信息化委员会办公室 市委机构编制委员会办公室 国家税务总局云溪市税务局 市气象局 国网云溪供电公司 "
    "中国人民银行云溪市分行 云溪经济技术开发区管委会 团市委 市总工会 市残疾人联合会 市中级人民法院 市人民检察院 "
    "市消防救援支队 各县（市、区）人民政府"
)


def rows() -> list[tuple[str, str, date | None, str]]:
    """(kind, what is said, day, what it means) of every line."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(kind, said, date.fromisoformat(on) if on else None, meant) for kind, said, on, meant in map(_parts, lines)]


def _parts(line: str) -> list[str]:
    return line.split("\t")


def city() -> Register:
    """A register whose only document prints the names above."""
    document = Document("d", "云溪市2026年重点工作分工方案", "d.txt", "d", issued=date(2026, 3, 1), locality=TOWN)
    duties = tuple(Duty(unit, Role.RESPONSIBLE) for unit in PRINTED.split(" "))
    return Register(1, (document,), (Assignment("d-1", "d", "1", "1", (), "落实。", "", Place(line=1), duties),))


def understood(kind: str, said: str, on: date | None, book: UnitBook) -> str:
    """What `said` was taken for, written as the table writes it."""
    if kind not in LONE:
        return "、".join(unit for mention in book.mentions(said) for unit in mention.units[:1]) or "-"
    found = resolve(said, None, on, TOWN)
    if found.known:
        return found.name
    weak = "、".join(sense.name for sense in found.senses)
    return f"?{weak}" if weak else "-"


def right(got: str, meant: str) -> bool:
    """A lone question mark in the table asks for no sure answer, whatever the weak ones are."""
    return got == meant or (meant == "?" and got[:1] in "?-")


def scores(book: UnitBook) -> tuple[dict[str, list[bool]], list[tuple[str, str, str, str]]]:
    """Right or wrong by kind; and the wrong lines with what they were taken for."""
    told: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for kind, said, on, meant in rows():
        got = understood(kind, said, on, book)
        told[kind].append(right(got, meant))
        if not told[kind][-1]:
            wrong.append((kind, said, meant, got))
    return told, wrong


def main() -> None:
    """Print the shares, the wrong lines and the time of a sentence."""
    book = UnitBook.of(city())
    told, wrong = scores(book)
    for kind, marks in told.items():
        print(f"{kind:<6}{sum(marks):>4} / {len(marks):<4}{sum(marks) / len(marks):>8.1%}")
    every = [mark for marks in told.values() for mark in marks]
    print(f"all   {sum(every):>4} / {len(every):<4}{sum(every) / len(every):>8.1%}")
    for line in wrong:
        print("  wrong:", *line, sep="  ")
    took = []
    for kind, said, _, _ in rows():
        if kind not in LONE:
            start = time.perf_counter()
            book.mentions(said)
            took.append((time.perf_counter() - start) * 1e3)
    print(f"a sentence takes {median(took):.3f} ms in the middle, {max(took):.3f} ms at most (seen before)")


if __name__ == "__main__":
    main()
