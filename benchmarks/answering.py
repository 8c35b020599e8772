"""How long a whole answer takes in a large office: understanding, search and wording, one after the other in one process."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import cycle
from statistics import median, quantiles
from time import process_time_ns

from benchmarks.corpus import distractors
from benchmarks.questions import asked, office_register
from bot.__main__ import OBJECTS
from handlers import handle
from knowledge import deadlines
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Duty, Message, Place, Role
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI

SIZE, ROUNDS = 1_000, 3
NOW = datetime(2024, 5, 6, 9, tzinfo=SHANGHAI)
_UNITS = (
    *("市财政局", "市教育局", "市水利局", "市民政局", "市公安局", "市司法局", "市商务局", "市审计局", "市统计局", "市林业局"),
    *("市住房和城乡建设局", "市农业农村局", "市交通运输局", "市卫生健康委", "市生态环境局", "市市场监督管理局"),
)  # fmt: skip
_SLOTS = ("6月底前", "2024年9月30日前", "每季度末", "年底前", "", "每月5日前")
# What is asked of units, days, numbers and the whole, beside the questions about topics.
STRUCTURED = (
    *("财政局牵头的有哪些", "教育局手头几件事", "水利局有哪些任务", "民政局配合什么", "公安局一共牵头几项", "司法局要干啥"),
    *("6月底前到期的有哪些", "下个月要完成的列一下", "审计局9月底前要交哪几项", "第13项是什么", "第200项谁牵头", "最后一项讲的啥"),
    *("一共多少项", "没写完成时限的有哪些", "有没有逾期的", "林业局哪些没完成", "本周汇总", "有哪些文件", "怎么用", "谢谢"),
)  # fmt: skip


def _generated(size: int) -> Iterator[Assignment]:
    units = cycle(_UNITS)
    for number, (row, slot) in enumerate(zip(distractors(size), cycle(_SLOTS), strict=False), 1):
        text = row.fields["text"]
        duties = (Duty(next(units), Role.LEAD), Duty(next(units), Role.COOPERATING))
        slots = (deadlines.read(slot, date(2024, 1, 8), 2024),) if slot else ()
        section = (f"第{(number - 1) // 50 + 1}部分",)
        yield Assignment(
            f"large-{number}", "large", str(number), str(number), section, text, text, Place(line=number), duties, slots
        )


def large_register(size: int) -> Register:
    """The office of the questions, with one more document so that it holds `size` assignments."""
    office = office_register()
    more = tuple(_generated(max(0, size - len(office.assignments))))
    document = Document(
        "large", "云岭市2024年重点工作任务分工方案", "large.xlsx", "large", locality="云岭市", year=2024
    )
    return replace(
        office, documents=(*office.documents, document), assignments=(*office.assignments, *more), bindings={}
    )


def questions() -> list[str]:
    """All sets about topics, then what is asked of units, days and numbers."""
    about = [one.q for name in ("topics", "paraphrases", "unanswerable") for one in asked(name)]
    return [*about, *STRUCTURED]


def milliseconds(register: Register, lines: Sequence[str]) -> list[float]:
    """What each answer takes in ms of CPU, the least of a few rounds; what is made once is made before. All are asked before one is
    asked again, so that little of it is remembered."""
    ledger, calendar = Ledger(), WorkCalendar()

    def once(line: str) -> float:
        began = process_time_ns()
        handle(Message(line), register, ledger, NOW, calendar)
        return (process_time_ns() - began) / 1e6

    for line in lines[:: max(1, len(lines) // 40)]:
        once(line)
    rounds = [[once(line) for line in lines] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def unit_of_speed() -> float:
    """How many µs of CPU this machine needs at this moment to add a thousand numbers: shared machines are slow at times."""
    return min(_adding() for _ in range(20)) / 1e3


def _adding() -> int:
    began = process_time_ns()
    for _ in range(100):
        sum(range(1_000))
    return (process_time_ns() - began) // 100


def main(size: int = SIZE) -> None:
    """Print the table. Garbage is collected as seldom as in the process that serves."""
    gc.set_threshold(OBJECTS)
    register, lines = large_register(size), questions()
    took = milliseconds(register, lines)
    shares = quantiles(took, n=100)
    print(f"\n整句回答（理解、检索、措辞），{size}项任务，{len(lines)}个问题：")
    print(f"  中位 {median(took):.2f} ms   p90 {shares[89]:.2f} ms   p99 {shares[98]:.2f} ms   最慢 {max(took):.2f} ms")
    print(f"  （同一时刻本机把一千个数相加用 {unit_of_speed():.1f} µs：机器忙的时候两个数一起变大，比较时请一起看）")
    for spent, line in sorted(zip(took, lines, strict=True), reverse=True)[:5]:
        print(f"    {spent:.2f} ms  {line}")


if __name__ == "__main__":
    main()
