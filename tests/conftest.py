"""Settings of the whole suite."""

from __future__ import annotations

import os

from hypothesis import settings

# Pages for the terminal are as wide everywhere, whatever terminal the suite is started in.
os.environ["COLUMNS"] = "100"

# The daily suite must say the same thing twice, and quickly; `make test-thorough` takes its time, and
# `HYPOTHESIS_PROFILE=exploring make test-thorough` looks for what nobody has seen yet.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=30)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("exploring", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
