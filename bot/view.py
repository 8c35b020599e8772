"""What an office knows at the moment of asking: everything that can be looked at, and nothing that can be changed."""

from __future__ import annotations

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
    """The office in `home`; needs no right to write. Raises StoreError and ConfigError."""
    from bot.clock import SystemClock
    from bot.home import Home

    config = load_config(home)
    place = Home(home)
    store = place.store("查看")
    try:
        ledger, now = store.ledger(), SystemClock().now()
        known = bound(store.load(), config.conversations, groups_of(ledger))
        register = shelved(worded(demanding(known, config), place.lexicon), place.index)
        return View(
            register, ledger, office_calendar(home), policy_of(config, register, ledger), now, config.office.contact
        )
    finally:
        store.close()
