"""True positions: which number an assignment has by its place, whatever digit was printed or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from knowledge.model import Doubt
from knowledge.parsing.found import Found

_CODE = re.compile(
    r"\d{1,3}(?:[-—–.．]\d{1,3})+|[A-Za-z]{1,5}(?:[-—–]?20\d\d)?[-—–]?\d{1,5}|第?\D{0,8}\d{1,6}号(?:建议|提案|议案)?"
)

_SOME, _MANY = 6, 40  # numbers not printed: more of them than items, and those count something larger (第003号建议)


def positioned(found: Sequence[Found]) -> tuple[list[tuple[str, Found]], list[Doubt]]:
    """Every assignment with its number, and the document's own doubts about numbers.

    Numbers that run through the whole document stand alone ("13"); numbers that start again in each section carry the
    section's ordinal ("2.3"). Without any number the position counts.
    """
    firsts = [f for f in found if f.part < 2]
    if _counts_on(firsts):
        return _parts([(str(f.value), f) for f in firsts], found), []
    values = [f.value for f in firsts if f.value is not None]
    coded = [f for f in firsts if not f.printed.isdecimal() and _CODE.fullmatch(f.printed)]
    if len(coded) * 2 > len(firsts):  # 1-1, 3.2, HM-301: printed numbers that tell one item from all others
        return _parts(
            list(zip(_with_blanks(firsts, [f.printed for f in firsts if _told(f)]), firsts, strict=True)), found
        ), []
    if len(values) * 2 < len(firsts) and all(f.value is not None or not f.printed for f in firsts):
        return [(str(n), f) for n, f in enumerate(found, 1)], []
    if _restarts(firsts):
        depth = _shared_depth(firsts)
        paths = _with_blanks(
            firsts, _by_run([_path_number(f, at, depth) for at, f in enumerate(firsts, 1) if _told(f)])
        )
        return _parts(list(zip(paths, firsts, strict=True)), found), []
    numbers, doubts = _running(firsts)
    return _parts(numbers, found), doubts


def _counts_on(found: Sequence[Found]) -> bool:
    """Whether each is printed with the number after the one above it: then nothing is to be found out."""
    values = [f.value for f in found]
    start = values[0] if values else None
    return start is not None and values == list(range(start, start + len(values))) and all(map(_is_digits, found))


def _is_digits(found: Found) -> bool:
    return found.printed.isdecimal()


def _told(found: Found) -> bool:
    return found.value is not None or bool(found.printed or found.path)


def _with_blanks(found: Sequence[Found], numbers: Sequence[str]) -> list[str]:
    """`numbers` for the items that have one, and for each other item the number above it with -2, -3 …."""
    left, out = iter(numbers), list[str]()
    last, more = "0", 1
    for one in found:
        if _told(one):
            last, more = next(left), 1
            out.append(last)
        else:
            more += 1
            out.append(f"{last}-{more}")
    return out


def _by_run(numbers: Sequence[str]) -> list[str]:
    """Numbers that run anew in each table or sheet take the ordinal of their run (2.1); others stay as they are."""
    runs: list[list[str]] = [[]]
    for number in numbers:
        if number in runs[-1]:
            runs.append([])
        runs[-1].append(number)
    if len(runs) < 2 or any(len(run) < 2 for run in runs):
        return list(numbers)
    return [f"{at}.{number}" for at, run in enumerate(runs, 1) for number in run]


def _restarts(found: Sequence[Found]) -> bool:
    """Whether the count starts again: a number falls back to the beginning, or several styles carry items.

    A 1 between 10 and 12 only lost its second digit.
    """
    counted = [f for f in found if f.value is not None]
    lost = {id(b) for a, b, c in zip(counted, counted[1:], counted[2:], strict=False) if c.value == (a.value or 0) + 2}
    drops = sum(
        ((b.value == 1 and (a.value or 0) > 1) or b.value == a.value == 1) and id(b) not in lost
        for a, b in pairwise(counted)
    )
    return drops > 0 or (
        len({f.level for f in counted}) > 1 and any(f.path for f in counted) and not _in_order(counted)
    )


def _in_order(found: Sequence[Found]) -> bool:
    values = [f.value or 0 for f in found]
    return all(a < b for a, b in pairwise(values))


def _shared_depth(found: Sequence[Found]) -> int:
    """How many of the sections above need no mention: those through which the upper count runs on (（一）…（二十）)."""
    counted = [f for f in found if f.value is not None]
    top = [f for f in counted if f.level == min(f.level for f in counted)]
    depths = {len(f.path) for f in top}
    return depths.pop() if len(depths) == 1 and _in_order(top) and len({f.path for f in top}) > 1 else 0


def _path_number(found: Found, at: int, depth: int) -> str:
    if found.value is None and _CODE.fullmatch(found.printed):
        return found.printed
    own = [found.value] if found.value is not None else [at] if not found.path else []
    return ".".join(str(n) for n in (*found.path[depth:], *own)) or str(at)


def _running(found: Sequence[Found]) -> tuple[list[tuple[str, Found]], list[Doubt]]:
    out: list[tuple[str, Found]] = []
    missing: list[int] = []
    last, seen = 0, set[int]()
    shared, later, coded = _shares_numbers(found), _values_after(found), _are_codes(found)
    for at, item in enumerate(found):
        if item.value is None and shared and last:
            out.append((f"{last}-{2 + sum(n.startswith(f'{last}-') for n, _ in out)}", item))
            continue
        if item.value is None and _CODE.fullmatch(item.printed):
            out.append((item.printed, item))
            continue
        number, doubt = _number(item, last, later[at], seen)
        doubt = [] if doubt and (_among_uncounted(found, at) or (coded and number == item.value)) else doubt
        if number is None:
            more = 2 + sum(n.startswith(f"{last}-") for n, _ in out)
            out.append((f"{last}-{more}", _doubted(item, doubt)))
            continue
        if number > last + 1 and last:
            missing += range(last + 1, min(number, last + 1 + _MANY + len(found)))  # so many nobody is told of anyhow
        last = max(number, last)
        seen.add(number)
        out.append((str(number), _doubted(item, doubt)))
    missing = [n for n in missing if n not in seen]
    return out, [_missing(missing)] if missing and len(missing) < min(_MANY, max(_SOME, len(found))) else []


def _are_codes(found: Sequence[Found]) -> bool:
    """Whether the numbers are those of something larger (提案第023号, 第041号), of which any may stand before another."""
    values = sorted(one.value for one in found if one.value is not None)
    return len(values) > 1 and len(set(values)) == len(values) and values[len(values) // 2] > 2 * len(found)


def _among_uncounted(found: Sequence[Found], at: int) -> bool:
    """Whether an item is one of several paragraphs in a row that nobody counted: none of them has lost its number."""
    beside = [found[i] for i in (at - 1, at + 1) if 0 <= i < len(found)]
    return not found[at].printed and any(not one.printed and one.value is None for one in beside)


def _values_after(found: Sequence[Found]) -> list[int | None]:
    """For each item the next number that is printed below it."""
    out: list[int | None] = []
    after = None
    for item in reversed(found):
        out.append(after)
        after = item.value if item.value is not None else after
    return out[::-1]


def _doubted(item: Found, doubts: Sequence[Doubt]) -> Found:
    return item._replace(doubts=(*item.doubts, *doubts)) if doubts else item


def _shares_numbers(found: Sequence[Found]) -> bool:
    """Whether blank numbers mean the number above: some stands between two numbers that leave no room for another."""
    return any(
        a.value is not None and b.value is None and not b.printed and c.value == a.value + 1
        for a, b, c in zip(found, found[1:], found[2:], strict=False)
    )


def _number(item: Found, last: int, after: int | None, seen: set[int]) -> tuple[int | None, list[Doubt]]:
    """The true number of `item` after `last` and before `after`, with a doubt where it is not the printed one."""
    value, room = item.value, after is None or after > last + 1
    if value is None:
        number = last + 1 if room else None
        words = item.printed or "（无）"
        return number, [
            Doubt(
                "number-missing",
                f"此项原文编号为“{words}”，按位置记为第{number or last}项。",
                item.place,
                words,
                str(number or last),
            )
        ]
    if value in seen:
        number = last + 1 if room and (value == last or after == last + 2) else value
        said = f"按位置记为第{number}项" if number != value else "与前面的编号重复"
        return number, [
            Doubt("number-doubled", f"编号“{item.printed}”重复出现，{said}。", item.place, item.printed, str(number))
        ]
    if value < last:
        return value, [
            Doubt("number-order", f"编号“{item.printed}”排在第{last}项之后，顺序不对。", item.place, item.printed)
        ]
    return value, []


def _missing(numbers: Sequence[int]) -> Doubt:
    words = "、".join(map(str, numbers))
    return Doubt("numbers-not-printed", f"原文没有第{words}项，编号不连续，请核对是否漏印。", None, words)


def _parts(numbers: Iterable[tuple[str, Found]], found: Sequence[Found]) -> list[tuple[str, Found]]:
    """Puts the second and later assignments of one paragraph behind the first (3, 3-2)."""
    if all([f.part < 2 for f in found]):
        return list(numbers)
    placed = {id(f): (n, g) for f, (n, g) in zip([f for f in found if f.part < 2], numbers, strict=True)}
    out: list[tuple[str, Found]] = []
    for item in found:
        if item.part < 2:
            out.append(placed[id(item)])
        else:
            first = next((n for n, f in reversed(out) if f.part < 2), "0")
            out.append((f"{first}-{item.part}", item))
    return out
