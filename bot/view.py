"""What an office knows at the moment of asking: everything that can be looked at, and nothing that can be changed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import load_config
from bot.settled import bound, demanding, office_calendar, policy_of, shelved, worded
from knowledge.groups import groups_of
from knowledge.ledger import Ledger
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.policy import Policy


@dataclass(frozen=True, slots=True)
class View:
    """Register (with the bindings of the settings), ledger, working days and rules of one office, and the moment."""

    register: Register
    ledger: Ledger
    calendar: WorkCalendar
    policy: Policy
    now: datetime
    contact: str = ""


def view_of(home: Path) -> View:
    """The office in `home`; needs no right to write. What was found damaged is told beside the answer. Raises StoreError and ConfigError."""
    from bot.home import Home

    store = Home(home).store("查看")
    try:
        view = view_over(store.load(), store.ledger(), home)
    finally:
        store.close()
    for warning in store.warnings:
        print(warning, file=sys.stderr)
    return view


def view_over(register: Register, ledger: Ledger, home: Path) -> View:
    """The office in `home`, whose register and ledger are read already. Raises ConfigError."""
    from bot.clock import SystemClock
    from bot.home import Home

    config, place, now = load_config(home), Home(home), SystemClock().now()
    known = bound(register, config.conversations, groups_of(ledger))
    seen = shelved(worded(demanding(known, config), place.lexicon), place.index)
    return View(seen, ledger, office_calendar(home), policy_of(config, seen, ledger), now, config.office.contact)
