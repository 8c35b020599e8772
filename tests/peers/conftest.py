"""Independent parties: collected only where they are asked for, since the daily suite has none of them installed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.peers.scripts import Script

Run = Callable[..., Awaitable[Script]]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Nothing here is looked at without `-m peers`."""
    return None if config.option.markexpr == "peers" else True


@pytest.fixture
async def node() -> AsyncIterator[Run]:
    """Starts a Node script of this folder with its arguments; it is ended with the test."""
    async with AsyncExitStack() as scripts:

        async def run(name: str, *arguments: str) -> Script:
            return await scripts.enter_async_context(Script(name, *arguments))

        yield run
