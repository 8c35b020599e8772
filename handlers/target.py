"""Until when: 到9月15日, 至下周五, 一周, 5个工作日, as people write it behind 延期 and 静默."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from knowledge.deadlines.moments import add_months
from knowledge.deadlines.windows import window
from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of
from scheduler.calendar import CalendarUnknown, WorkCalendar

_UNTIL = regex(
    r"(?:延期|延长|延后|推迟|顺延|宽限|静默|免打扰|延|缓)?(?:到|至|截至|截止到?)(?P<day>[^,，。;；!！?？()（）]{1,14})"
)
_FOR = regex(
    r"(?P<n>\d{1,4}|[一二两三四五六七八九十]+|半)个?(?P<half>半)?(?P<unit>工作日|天|日(?!前|之前)|周|星期|礼拜|月)"
)
_YEAR = regex(r"年|\d{4}")
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}


@dataclass(frozen=True, slots=True)
class Target:
    """A day (`day`), or a length of time: `days`, `workdays` or `months`; exactly one is set."""

    day: date | None = None
    days: int | None = None
    workdays: int | None = None
    months: int | None = None

    def after(self, start: date, calendar: WorkCalendar) -> date | None:
        """The day it means, counted from `start` where it is a length; None beyond the published calendar."""
        if self.day is not None:
            return self.day
        if self.workdays is not None:
            try:
                return calendar.add_workdays(start, self.workdays)
            except CalendarUnknown:
                return None
        return add_months(start, self.months) if self.months is not None else start + timedelta(days=self.days or 0)


def target_in(text: str, today: date) -> Target | None:
    """What `text` names behind 到 or 至, else the length of time in it; None where it names neither."""
    text = normalize("NFKC", text)
    for found in _UNTIL.finditer(text):
        span = window(found["day"], today)
        if span is not None and span.end is not None:
            return Target(day=_ahead(span.end, found["day"], today))
    # 到2月30日 is no day, and its figures are no length of time.
    return _length(_UNTIL.sub(" ", text))


def _ahead(day: date, words: str, today: date) -> date:
    """到1月10日 said in December is next year's: nobody asks for a day that is over. A year that is written stays."""
    return add_months(day, 12) if day < today and not _YEAR.search(words) else day


def without_target(text: str) -> str:
    """`text` without what names a day or a length of time."""
    return _FOR.sub(" ", _UNTIL.sub(" ", normalize("NFKC", text)))


def _length(text: str) -> Target | None:
    found = _FOR.search(text)
    if found is None:
        return None
    count = 0 if found["n"] == "半" else int(number_of(found["n"]))
    if count > 366:
        return None
    if found["unit"] == "工作日":
        return Target(workdays=count) if count else None
    if found["unit"] == "月":
        return Target(days=30 * count + 15) if found["n"] == "半" or found["half"] else Target(months=count)
    return Target(days=_DAYS[found["unit"]] * count) if count else None
