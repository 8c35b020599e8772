"""Every kind of doubt that parsing raises is explained to people in docs/读法.md, and none that it does not raise."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_on_reading_tells_every_kind_of_doubt() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "knowledge" / "parsing").glob("*.py"))
    raised = set(re.findall(r'Doubt\(\s*"([a-z-]+)"', sources))
    page = (ROOT / "docs" / "读法.md").read_text(encoding="utf-8").partition("## 存疑")[2]
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+|convention|deadline|range)`", page)) == raised
