"""How the reader says no: one Chinese sentence that names the file, the reason and the next step."""

from __future__ import annotations

from pathlib import PurePath

from knowledge.model import ReadingError


def shown(name: str) -> str:
    """The file name as people know it: no folders (but those in an archive), no line breaks, at most 60 characters."""
    steps = PurePath(name).parts
    archive = next((at for at, step in enumerate(steps[:-1]) if step.lower().endswith(".zip")), len(steps) - 1)
    plain = " ".join("/".join(steps[max(archive, 0) :]).split()) or "未命名文件"
    return plain if len(plain) <= 60 else plain[:40] + "…" + plain[-15:]


def refusal(name: str, why: str, then: str) -> ReadingError:
    """A ReadingError such as 无法读取“甲.docx”：文件是空的。请确认…后重新导入。"""
    return ReadingError(f"无法读取“{shown(name)}”：{why}；{then}。")
