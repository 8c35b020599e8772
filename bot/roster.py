"""The office's roster on disk: `lexicon/*.toml` of its home, written whole, so that it is the old or the new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.lexicon import LexiconError, lexicon_of, overlay_table, read_tables
from knowledge.roster import written
from knowledge.roster_rows import checked, sheet_of
from knowledge.roster_table import COLLECTIVE, PLACE, TABLE, Name, RosterError, names_of, roster_of
from knowledge.roster_text import roster_text
from knowledge.store_files import make_folder, write_whole

LEARNED = "名册-核对所得.toml"
"""The file of the names that people confirmed one by one."""
_LOOSE = re.compile(r"[^\w（）()-]+")


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What an import made of a roster's file: `path`, and how many units and names it holds and what is new or gone."""

    path: Path
    units: int
    names: int
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def import_roster(folder: Path, file: Path, who: str, now: datetime) -> RosterChange:
    """Take the spreadsheet or table `file` into `folder`; a file of the same name replaces what it gave before.

    Needs the right to write into the home. Raises RosterError and ReadingError (the file), LexiconError (the tables that
    are there already), StoreError (the disk); then nothing has changed.
    """
    names, place, unused = _read(file)
    target = folder / f"名册-{_LOOSE.sub('', file.stem)[:40] or '导入'}.toml"
    before = _held(target)
    head = f"单位名册：由{who}在{now:%Y-%m-%d %H:%M}从“{file.name}”导入。再次导入同名文件会整体替换本文件。"
    _put(folder, target, roster_text(names, place, head))
    units = tuple(dict.fromkeys(name.unit for name in names))
    known = {written(unit) for unit in units}
    return RosterChange(
        target,
        len(units),
        len({(written(name.unit), written(name.words)) for name in names if name.sort != COLLECTIVE}),
        tuple(unit for unit in units if written(unit) not in before),
        tuple(title for key, title in before.items() if key not in known),
        unused,
    )


def add_name(folder: Path, name: Name, who: str, now: datetime) -> bool:
    """Keep one name that a person confirmed, its source with who and when. False when the office's roster has it already.

    Needs the right to write into the home. Raises RosterError, LexiconError and StoreError; then nothing has changed.
    """
    lines = lexicon_of(folder).roster.named(name.words)
    if any(line.unit == written(name.unit) and line.sort == name.sort for line in lines):
        return False
    target = folder / LEARNED
    table = overlay_table(target).get(TABLE, {}) if target.is_file() else {}
    source = f"{name.source}；{who}，{now:%Y-%m-%d %H:%M}" if name.source else f"{who}，{now:%Y-%m-%d %H:%M}"
    known = names_of(table if isinstance(table, dict) else {}, LEARNED)
    names = checked([*known, Name(name.unit, name.words, name.sort, name.since, name.until, source)])
    _put(folder, target, roster_text(names, head="逐条确认过的单位名称，由程序写入；可以改，也可以删去。"))
    return True


def _read(file: Path) -> tuple[list[Name], str, tuple[str, ...]]:
    if file.suffix.lower() == ".toml":
        table = overlay_table(file).get(TABLE)
        if not isinstance(table, dict) or not table:
            raise RosterError(f"“{file.name}”里没有 [{TABLE}.单位名称] 这样的表，请对照 docs/词库.md 改正后重试")
        place = table.get(PLACE, "")
        try:
            return checked(names_of(table, file.name)), place if isinstance(place, str) else "", ()
        except RosterError as error:
            raise RosterError(f"“{file.name}”里{error}，请改正后重试") from error
    from knowledge.reading import read

    sheet = sheet_of(read(file.read_bytes(), file.name).blocks, file.name)
    return list(sheet.names), sheet.place, sheet.unused


def _held(target: Path) -> dict[str, str]:
    """The units of a roster's file as it is: key → name. A file that somebody broke holds none and is replaced."""
    try:
        table = overlay_table(target).get(TABLE, {}) if target.is_file() else {}
        names = names_of(table if isinstance(table, dict) else {}, target.name)
    except (LexiconError, RosterError):
        return {}
    return {written(name.unit): name.unit for name in names}


def _put(folder: Path, target: Path, text: str) -> None:
    """Write the file, once what stands in it is known to be read again as it was meant."""
    roster_of(read_tables(text, target.name).get(TABLE, {}), target.name)  # type: ignore[arg-type]
    make_folder(folder)
    write_whole(target, text.encode())


def sources(folder: Path) -> dict[str, int]:
    """The files of the folder that hold a roster → how many units. Raises LexiconError."""
    found = {path.name: len(_held(path)) for path in sorted(folder.glob("*.toml"))} if folder.is_dir() else {}
    return {name: units for name, units in found.items() if units}
