"""What a serving office writes to its log: one line each, secrets blotted out whatever wrote them."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

from bot.channels.redaction import blotted
from scheduler.policy import SHANGHAI

QUIET = ("uvicorn", "httpx", "httpcore", "websockets", "apscheduler", "asyncio", "telegram", "urllib3", "wechatpy")
"""Libraries whose everyday lines are of no use to whoever looks after the bot."""


class Redacting(logging.Formatter):
    """Blots secrets out of the whole line, traces of exceptions too."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """The moment in Shanghai, as everywhere else."""
        return f"{datetime.fromtimestamp(record.created, SHANGHAI):%Y-%m-%d %H:%M:%S}"

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return blotted(super().format(record))


def log_to_stderr(level: int = logging.INFO) -> logging.Handler:
    """Write the log to standard error, where systemd and people look for it; returns what was added."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    return handler
