"""红黄绿 in a sheet: a fill and the word for it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.papers.book import GREEN, RED, YELLOW, Lamp
from scheduler.condition import Light

LAMPS: Mapping[Light, Lamp] = {
    Light.RED: Lamp("红灯", RED),
    Light.YELLOW: Lamp("黄灯", YELLOW),
    Light.GREEN: Lamp("绿灯", GREEN),
}
