"""汇总图: a summary as one picture: its figures, a bar for each unit, a calendar of what is coming. Drawn by hand as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path

from bot.handing import Letterhead, MissingExtra
from bot.papers.paper import fit
from handlers.wording_summary import dates_words, headline, next_words, now_words
from scheduler.days import DAY, monday
from scheduler.summary import COMING_WEEKS, Summary, Tally, ids

FAMILY = "Noto Sans CJK SC"
_WIDE, _EDGE, _GAP = 1080, 48, 40
_ROW, _BAR = 30, 18
_NAME, _LONG_NAME = 190, 340
"""Pixels for names: in two columns, and at most in one."""
_ONE_COLUMN = 36
"""Units up to which they stand in one column."""
_MOST = 160
"""Units that one picture shows."""
_CELL = 78
_FULL = 4
"""Dates of a day from which its colour can be the full one."""
_INK, _PALE, _RULE = "#23303d", "#6b7a89", "#d9e0e7"
_RED, _YELLOW, _GREEN, _DONE = "#c8453b", "#e9a820", "#4f9a66", "#3f6fa8"
_PARTS = (("红灯", _RED), ("黄灯", _YELLOW), ("绿灯", _GREEN), ("办结", _DONE))
WEEKDAYS = "一二三四五六日"
ZOOM = 1.5


def svg(value: object, head: Letterhead) -> bytes:
    """The picture as an .svg."""
    assert isinstance(value, Summary), "a picture of a summary shows one"
    return drawn(value, head.office).encode()


def png(value: object, head: Letterhead) -> bytes:
    """The same as a .png, with the Chinese face of the extra [pictures]. Raises MissingExtra."""
    return rendered(svg(value, head).decode())


def rendered(picture: str) -> bytes:
    """An .svg of ours as a .png. Raises MissingExtra where the extra [pictures] is not installed."""
    try:
        import noto_cjk_sans_otc
        import resvg_py
    except ImportError:
        raise MissingExtra(
            "画 .png 图片要先装画图组件和中文字体，请运行 pip install 'qiantou[pictures]' 后再试；.svg 图片不用装也能画。"
        ) from None
    font = next(Path(str(noto_cjk_sans_otc.__file__)).parent.glob("*.ttc"))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=picture, skip_system_fonts=True, font_files=[str(font)], font_family=FAMILY, zoom=ZOOM
        )
    )


def drawn(value: Summary, office: str = "") -> str:
    """The picture as SVG text, 1080 wide and as high as it needs to be."""
    parts: list[str] = []
    top = _EDGE
    for block in (_title(value, office), _tiles(value), _bars(value), _calendar(value), _foot(value)):
        high, marks = block
        parts.append(f'<g transform="translate(0,{top})">{"".join(marks)}</g>')
        top += high
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{top}" viewBox="0 0 {_WIDE} {top}" '
        f'font-family="{FAMILY}, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, SimHei, sans-serif" fill="{_INK}">'
        f'<rect width="{_WIDE}" height="{top}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


Block = tuple[int, Sequence[str]]
"""How high a part of the picture is, and its marks from its own top on."""


def _text(x: float, y: float, words: str, size: float = 16, fill: str = _INK, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}">{escape(fit(words))}</text>'


def _box(x: float, y: float, wide: float, high: float, fill: str, round_: float = 0, edge: str = "none") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:g}" rx="{round_:g}" fill="{fill}" stroke="{edge}"/>'


def cut(words: str, room: float, size: float) -> str:
    """`words` in at most `room` pixels, the middle left out where they are too long: names differ at both ends."""
    if long(words, size) <= room:
        return words
    widths = [long(char, size) for char in words]
    front, back, left = 0, 0, room - size
    while True:
        at = len(words) - 1 - back if front > back else front
        left -= widths[at]
        if left < 0:
            return f"{words[:front]}…{words[len(words) - back :] if back else ''}"
        front, back = (front, back + 1) if front > back else (front + 1, back)


def long(words: str, size: float) -> float:
    """About how many pixels `words` take."""
    return sum(size if ord(char) > 0xFF else size * 0.56 for char in words)


# --- title and figures --------------------------------------------------------------------------------------------
def _title(value: Summary, office: str) -> Block:
    name = cut(f"{office}{headline(value)}", _WIDE - 2 * _EDGE, 34)
    day = value.today
    return 96, [
        _text(_EDGE, 30, name, 34),
        _text(_EDGE, 64, f"{dates_words(value)}　截至{day.year}年{day.month}月{day.day}日", 17, _PALE),
    ]


def _tiles(value: Summary) -> Block:
    now, then = now_words(value), next_words(value)
    shown = (
        ("任务总数", len(value.total), _INK),
        (f"{now}办结", len(ids(value.done)), _DONE),
        ("逾期", len(ids(value.overdue)), _RED),
        (f"{now}内还将到期", len(ids(value.due_rest)), _YELLOW),
        (f"{then}到期", len(ids(value.due_next)), _GREEN),
    )
    wide = (_WIDE - 2 * _EDGE - 4 * 16) / 5
    marks = []
    for at, (words, count, colour) in enumerate(shown):
        x = _EDGE + at * (wide + 16)
        marks.append(_box(x, 0, wide, 96, "#f4f7fa", 8))
        marks.append(_text(x + wide / 2, 50, str(count), 36, colour, "middle"))
        marks.append(_text(x + wide / 2, 80, words, 16, _PALE, "middle"))
    return 96 + _GAP, marks


# --- units --------------------------------------------------------------------------------------------------------
def shares(tally: Tally) -> tuple[int, int, int, int]:
    """How many of a unit's assignments are red, yellow, green and done; each counted once, done only where it is neither red
    nor yellow."""
    done = set(tally.done) & set(tally.green)
    return len(tally.red), len(tally.yellow), len(tally.green) - len(done), len(done)


def _bars(value: Summary) -> Block:
    marks = [_text(_EDGE, 20, "各单位任务", 21), *_legend()]
    units = value.units[:_MOST]
    if not units:
        return 20 + 44 + _GAP, [*marks, _text(_EDGE, 58, "这段时间没有要统计的任务。", 17, _PALE)]
    columns = 1 if len(units) <= _ONE_COLUMN else 2
    rows = -(-len(units) // columns)
    wide = (_WIDE - 2 * _EDGE - (columns - 1) * 36) / columns
    name = _NAME if columns > 1 else min(_LONG_NAME, max(long(tally.name, 15) for tally in units) + 13)
    scale = (wide - name - 56) / max(len(tally.total) for tally in units)
    for at, tally in enumerate(units):
        x = _EDGE + at // rows * (wide + 36)
        marks.extend(_bar(tally, x, 44 + at % rows * _ROW, name, scale))
    high = 44 + rows * _ROW
    if len(value.units) > len(units):
        marks.append(
            _text(_EDGE, high + 18, f"另有{len(value.units) - len(units)}家单位没有画出，见汇总表格。", 15, _PALE)
        )
        high += 28
    return high + _GAP, marks


def _legend() -> Iterator[str]:
    x = _WIDE - _EDGE - len(_PARTS) * 84 + 30
    for words, colour in _PARTS:
        yield _box(x, 6, 16, 16, colour, 3)
        yield _text(x + 22, 20, words, 16, _PALE)
        x += 84


def _bar(tally: Tally, x: float, y: float, name: float, scale: float) -> Iterator[str]:
    yield _text(x + name - 12, y + 15, cut(tally.name, name - 12, 15), 15, _INK, "end")
    start = x + name
    for count, (_, colour) in zip(shares(tally), _PARTS, strict=True):
        if count:
            yield _box(start, y, count * scale, _BAR, colour)
            if count * scale > 9 * len(str(count)) + 4:
                yield _text(start + count * scale / 2, y + 14, str(count), 13, "#ffffff", "middle")
            start += count * scale
    yield _text(start + 8, y + 14, f"{len(tally.total)}项", 14, _PALE)


# --- calendar -----------------------------------------------------------------------------------------------------
def _calendar(value: Summary) -> Block:
    counts: dict[date, int] = {}
    for line in value.coming:
        if line.due:
            counts[line.due] = counts.get(line.due, 0) + 1
    wide, first = (_WIDE - 2 * _EDGE) / 7, monday(value.today)
    marks = [_text(_EDGE, 20, f"今后{COMING_WEEKS}周到期（节点数）", 21)]
    marks += [_text(_EDGE + (n + 0.5) * wide, 54, f"周{name}", 15, _PALE, "middle") for n, name in enumerate(WEEKDAYS)]
    most = max(counts.values(), default=1)
    for n in range(COMING_WEEKS * 7):
        day = first + DAY * n
        marks.extend(_day(day, counts.get(day, 0), most, value.today, _EDGE + n % 7 * wide, 66 + n // 7 * _CELL, wide))
    return 66 + COMING_WEEKS * _CELL + _GAP, marks


def _day(day: date, count: int, most: int, today: date, x: float, y: float, wide: float) -> Iterator[str]:
    yield _box(x + 3, y + 3, wide - 6, _CELL - 6, "#ffffff" if day.weekday() < 5 else "#f4f7fa", 6, _RULE)
    if count:
        yield f'<g opacity="{0.2 + 0.8 * count / max(most, _FULL):.2f}">{_box(x + 3, y + 3, wide - 6, _CELL - 6, _YELLOW, 6)}</g>'
        yield _text(x + wide / 2, y + 56, f"{count}", 26, _INK, "middle")
    words = f"{day.month}月{day.day}日" if day.day == 1 or day == monday(today) else f"{day.day}"
    if day == today:
        yield _box(x + 3, y + 3, wide - 6, _CELL - 6, "none", 6, _RED)
        words = f"{words} 今天"
    yield _text(x + 12, y + 24, words, 14, _INK if count else _PALE if day >= today else "#b5c0cb")


def _foot(value: Summary) -> Block:
    rule = (
        "红灯：有到期未办结的；黄灯：本周或下周到期；绿灯：其余未办结的；办结：这段时间办结或已全部办结，且没有红灯黄灯的。"
        "各单位按自己的一份计。"
    )
    day = value.today
    source = f"来源：本机构台账，截至{day.year}年{day.month}月{day.day}日；{len(value.titles)}份文件，{len(value.total)}项任务。"
    return 60 + _EDGE // 2, [
        f'<line x1="{_EDGE}" x2="{_WIDE - _EDGE}" y1="0" y2="0" stroke="{_RULE}"/>',
        _text(_EDGE, 24, rule, 13, _PALE),
        _text(_EDGE, 46, source, 13, _PALE),
    ]
