"""How often a property is tried."""

from __future__ import annotations

from hypothesis import settings


def examples(most: int) -> int:
    """`most` examples, and every day no more than other properties have; `make test-thorough` tries all of them."""
    daily = settings.get_current_profile_name() == "steady"
    return min(most, settings().max_examples) if daily else most
