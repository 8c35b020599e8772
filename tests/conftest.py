"""Settings of the whole suite."""

from __future__ import annotations

import gc
import os
import sys
from importlib.util import find_spec

from hypothesis import settings

# httpcore asks for sniffio at every request; where it is not installed, each asks every folder of the path in vain. Say so at once.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

# Pages for the terminal are as wide everywhere, whatever terminal the suite is started in.
os.environ["COLUMNS"] = "100"

# The daily suite must say the same thing twice, and quickly; `make test-thorough` takes its time (.ci/run runs it too), and
# `HYPOTHESIS_PROFILE=exploring make test-thorough` looks for what nobody has seen yet.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=15)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("exploring", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: the collector need not look at it again, and looks as seldom as in
    the program. What is left open is still told, at the latest when the last test is done."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)
