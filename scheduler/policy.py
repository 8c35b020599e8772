"""What an office wants said, when and where: the rules that reminders and summaries follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone of every moment in the product, whatever the machine's own zone is."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one office.

    `default_conversation` hears of documents that no conversation is bound to. `before` and `after` are the stages
    of a deadline in working days; `weekly` goes on once a week behind them, `chased_for` weeks long: what is overdue
    for longer stays in the summary. Nothing is posted before `post_at` or from `quiet_from` on. `summary` and `prompts` switch the weekly summary (on Friday or the week's last working
    day, at `summary_at`) and the quarterly prompt for work without a date. `back_off` is how long to wait after each
    temporary failure; when it is used up, the delivery has failed.
    """

    default_conversation: str = "工作群"
    before: tuple[int, ...] = (7, 3, 1, 0)
    after: tuple[int, ...] = (1, 3)
    weekly: bool = True
    chased_for: int = 52
    post_at: time = time(9, 0)
    quiet_from: time = time(20, 0)
    summary: bool = True
    summary_at: time = time(16, 0)
    prompts: bool = True
    back_off: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
    )

    def may_post(self, now: datetime) -> bool:
        """Whether the time of day allows the bot to speak by itself."""
        return self.post_at <= now.astimezone(SHANGHAI).time() < self.quiet_from

    @property
    def moments(self) -> tuple[time, ...]:
        """The times of day at which something new can become owed; between them nothing does."""
        return tuple(sorted({self.post_at, self.summary_at if self.summary else self.post_at}))
