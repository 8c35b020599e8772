"""A process in which a person reviews two documents and files them, until it is killed.

python reviewer.py HOME SCALE MOMENT: as in writer.py. It says on standard output what it has confirmed to the person:
a line `answered` for each answer that the next question followed, `filed` for each document.
"""

import sys
from pathlib import Path

from bot.clock import VirtualClock
from bot.home import Home
from bot.intake import import_content
from bot.sitting import Desk
from scheduler.calendar import WorkCalendar
from tests.contracts.drafts import NOON
from tests.disasters.writer import Dying, say

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "parsing"
FILES = [GOLDEN / "section-lead.txt", GOLDEN / "flattened-pages.txt"]
ANSWERS = {"第7项": "每季度后10日内", "第10项": "2", "第11项": "公开土地流转信息", "第12项": "删去", "第14项": "跳过"}


class Person:
    """Answers what is on the screen, always the same to the same question."""

    def __init__(self) -> None:
        self.screen = ""
        self.typed = False

    def says(self, words: str) -> None:
        """The screen changes: an answer that was typed before is confirmed by it."""
        if self.typed and "【核对" in words:
            say("answered")
        self.typed, self.screen = False, words

    def answers(self) -> str:
        """What this person types now."""
        asked = self.screen.split("】", 1)[-1].split("（", 1)[0].split("\n", 1)[0]
        self.typed = "【核对 " in self.screen
        return "" if "接着来？" in self.screen or "入册吗？" in self.screen else ANSWERS.get(asked, "1")


def review_all(home: Home) -> None:
    home.create()
    with home.store("qiantou import", NOON) as store:
        for path in FILES:
            person = Person()
            seat = Desk(store, VirtualClock(NOON), WorkCalendar(), "李明", person.answers, person.says)
            import_content(store, home, path.name, path.read_bytes(), now=NOON, who="李明", confirm=seat.confirm)
            say("filed")


if __name__ == "__main__":
    place, scale, moment = Home(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    dying = Dying(scale, moment)
    sys.setprofile(dying)
    review_all(place)
    sys.setprofile(None)
    say(f"calls {dying.calls}")
