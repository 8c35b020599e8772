"""Search against rapidfuzz over the same rows, in the same run: who finds the right row, and how long it takes.

    .venv/bin/python -m benchmarks.search [rows]

Rows are invented: every row is a field of government work, an action and an object. Questions are drawn from the rows
and spoiled the way people spoil them. Only ratios are worth comparing between machines; nothing here is a test.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

from rapidfuzz import fuzz, process

from knowledge.lexicon import shipped
from knowledge.normal import DATA, plain
from knowledge.phonetic import readings
from knowledge.search.index import Index, Row

PLACES = ["东城", "西城", "南关", "北湖", "云溪", "松陵", "平塘", "青石", "柳河", "桃源", "长岭", "白沙"]
FIELDS = [
    "扶贫资金",
    "黑臭水体",
    "义务教育招生",
    "政府采购",
    "住房公积金",
    "食品安全抽检",
    "传染病防控",
    "公交线路优化",
    "养老服务",
    "危房改造",
    "就业供求",
    "征地补偿",
    "矿业权出让",
    "国有产权交易",
    "预算绩效",
    "审计整改",
    "政务新媒体",
    "政府公报",
    "办事指南",
    "河长制",
    "职业技能培训",
    "农业补贴",
    "旅游投诉",
    "文物保护",
    "应急演练",
    "隐患排查",
    "社会救助",
    "医疗价格",
    "校园安全",
    "知识产权",
]
ACTIONS = ["定期公布", "及时发布", "主动公开", "汇总报送", "督促落实", "梳理编制"]
OBJECTS = ["政策措施", "实施方案", "进展情况", "检查结果", "名录清单", "典型案例", "年度报告", "责任人名单"]
QUESTIONS = 200
Spoil = Callable[[random.Random, str], str]


def rows(size: int) -> list[str]:
    """`size` different sentences."""
    every = [
        f"{action}{place}{field}{thing}"
        for place in PLACES
        for field in FIELDS
        for action in ACTIONS
        for thing in OBJECTS
    ]
    return random.Random(7).sample(every, min(size, len(every)))


def as_it_is(_: random.Random, topic: str) -> str:
    return topic


def one_homophone(rng: random.Random, topic: str) -> str:
    """One character becomes another of the same sound."""
    at = rng.randrange(len(topic))
    alike = [other for other in _common() if other != topic[at] and set(readings(other)) & set(readings(topic[at]))]
    return topic[:at] + (rng.choice(alike) if alike else topic[at]) + topic[at + 1 :]


def as_pinyin(_: random.Random, topic: str) -> str:
    """Every character as the syllable someone would type."""
    spelled = {one: sound for sound, characters in _syllables() for one in characters}
    return " ".join(spelled.get(one, one) for one in topic)


def _syllables() -> list[tuple[str, str]]:
    lines = (DATA / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    return [(sound, characters) for sound, _, characters in (line.partition(" ") for line in lines)]


def in_everyday_words(rng: random.Random, topic: str) -> str:
    """The official phrase becomes one that people say, where the lexicon knows one."""
    said = [(official, spoken) for spoken, all_ in shipped().phrases.items() for official in all_ if official in topic]
    if not said:
        return topic
    official, spoken = rng.choice(said)
    return topic.replace(official, spoken)


def _common() -> str:
    return "".join(sorted({one for words in (*FIELDS, *OBJECTS, *ACTIONS) for one in words})) + "新欣信工供宝报保正整证"


def questions(texts: Sequence[str], spoil: Spoil) -> list[tuple[str, set[int]]]:
    """A place and a field asked for, and the rows that hold both."""
    rng = random.Random(11)
    asked = []
    for _ in range(QUESTIONS):
        place, field = rng.choice(PLACES), rng.choice(FIELDS)
        right = {at for at, text in enumerate(texts) if place + field in text}
        if right:
            asked.append(
                (f"{spoil(rng, place + field)}{'谁牵头' if spoil is not as_pinyin else ' shei qiantou'}", right)
            )
    return asked


def measured(find: Callable[[str], int], asked: Sequence[tuple[str, set[int]]]) -> tuple[float, float]:
    """The share of right first answers and the median milliseconds of processor time."""
    times, right = [], 0
    for question, rows_ in asked:
        begun = time.process_time()
        found = find(question)
        times.append((time.process_time() - begun) * 1000)
        right += found in rows_
    return right / len(asked), median(times)


def main(size: int) -> None:
    """Print one line an engine and kind of question."""
    texts = rows(size)
    begun = time.process_time()
    index = Index(Row(str(at), {"text": text}) for at, text in enumerate(texts))
    print(f"{len(texts)} rows, index built in {(time.process_time() - begun) * 1000:.0f} ms")
    choices = [plain(text) for text in texts]

    def ours(question: str) -> int:
        hits = index.rank(question, limit=1)
        return int(hits[0].key) if hits else -1

    def theirs(scorer: Callable[..., float]) -> Callable[[str], int]:
        return lambda question: process.extractOne(plain(question), choices, scorer=scorer)[2]

    engines = {"search": ours, "WRatio": theirs(fuzz.WRatio), "partial_ratio": theirs(fuzz.partial_ratio)}
    for spoil in (as_it_is, one_homophone, as_pinyin, in_everyday_words):
        asked = questions(texts, spoil)
        figures = {name: measured(find, asked) for name, find in engines.items()}
        base = figures["search"][1]
        for name, (right, middle) in figures.items():
            print(f"{spoil.__name__:>17} {name:>17}: top-1 {right:.3f}, {middle:7.3f} ms, {middle / base:6.1f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
