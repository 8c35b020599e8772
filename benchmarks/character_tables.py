"""Write knowledge/data/pinyin.txt and knowledge/data/traditional.txt from pypinyin and opencc.

The two libraries are thorough and slow to import (280 and 17 ms); a question asked on the command line must not
wait for them. So the few thousand characters people type are kept as two small texts, and this writes them anew:

    .venv/bin/python benchmarks/character_tables.py
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import opencc
from pypinyin import phrases_dict, pinyin_dict
from pypinyin.contrib.tone_convert import to_normal

HERE = Path(__file__).resolve().parent.parent / "knowledge" / "data"
# Characters of names and places that GB 2312 does not hold.
ALSO = "镕喆堃祎淼珺钰昉琨玥甯璟睿晟昊偲犇赟旻淏濛鑫垚骉赑堉榀橦溇瀍沄沭洧泖啰瞭镕夥衹〇囍"
# A reading that fewer than one phrase in fifty uses is a trap rather than a help.
SHARE = 0.02


def spoken() -> dict[str, Counter[str]]:
    """How often each toneless reading of a character is used in pypinyin's phrases."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases_dict.phrases_dict.items():
        for character, (sound, *_) in zip(phrase, sounds, strict=False):
            counts[character][to_normal(sound)] += 1
    return counts


def simplified() -> list[str]:
    """The characters of GB 2312 and a few of names."""
    rows = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return sorted({character for character in [*rows, *ALSO] if character})


def readings(character: str, counts: Counter[str]) -> list[str]:
    """The toneless readings worth knowing, the usual one first."""
    every = list(dict.fromkeys(to_normal(sound) for sound in pinyin_dict.pinyin_dict[ord(character)].split(",")))
    total = sum(counts[sound] for sound in every)
    return [sound for n, sound in enumerate(every) if n == 0 or (total and counts[sound] >= max(2, SHARE * total))]


def write_pinyin() -> int:
    """One line a syllable: the syllable, a blank, its characters."""
    counts = spoken()
    lines: dict[str, list[str]] = defaultdict(list)
    for character in simplified():
        if ord(character) in pinyin_dict.pinyin_dict:
            for sound in readings(character, counts[character]):
                lines[sound].append(character)
    text = "".join(f"{sound} {''.join(characters)}\n" for sound, characters in sorted(lines.items()) if sound.isascii())
    (HERE / "pinyin.txt").write_text(text, encoding="utf-8")
    return len(lines)


def write_traditional() -> int:
    """Every character that opencc writes otherwise in simplified Chinese."""
    convert = opencc.OpenCC("t2s").convert
    characters = [c for c in map(chr, range(0x4E00, 0xA000)) if convert(c) != c]
    (HERE / "traditional.txt").write_text("".join(characters) + "\n", encoding="utf-8")
    return len(characters)


if __name__ == "__main__":
    print(write_pinyin(), "syllables;", write_traditional(), "traditional characters")
