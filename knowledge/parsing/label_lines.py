"""Lines and parts of lines that only state units, persons or a deadline, and lines that speak to all readers."""

from __future__ import annotations

import re

from knowledge.parsing.brackets import outer_brackets, read_inside
from knowledge.parsing.conventions import Conventions
from knowledge.parsing.duties import gives_work, label_start, labels_in
from knowledge.parsing.names import is_unit, read_names

# Who was at a meeting: persons, each behind an office.
_ROSTER = re.compile(r"(?:出席|列席|参会|参加|主持|缺席|请假|记录)(?:人员?|领导|同志)?[：:](?P<names>.+)")


def is_roster(text: str) -> bool:
    """Whether a line tells who was at a meeting (参加：市水利局某某, 记录：某某)."""
    m = _ROSTER.match(text)
    return m is not None and not all_units(m["names"], strict=False)


def is_label_line(text: str) -> bool:
    """Whether a line only states units, persons or a deadline (责任单位：…), or is a bracket that does."""
    if is_roster(text):
        return False
    inside = inside_of(text)
    m = label_start(inside)
    if m and (m["role"] or m["when"] or m["start"] or m["person"] or m["bare"]):
        return True
    if m and m["odd"]:  # 指导单位：市林业局 — an unknown role, but a role
        value = labels_in(inside)[0][1]
        return all_units(value) or gives_work(m["odd"], value)
    return inside != text and read_inside(inside, Conventions(), "", False) is not None


def all_units(words: str, strict: bool = True) -> bool:
    """Whether `words` are nothing but names of units."""
    names = read_names(words).units
    return bool(names) and all(is_unit(name, strict=strict) for name in names)


def _first(value: str) -> str:
    return re.split(r"[，,；;。]", value)[0]


def inside_of(text: str) -> str:
    """The inside of a line that is one bracket from end to end, else the line."""
    pairs = outer_brackets(text.rstrip("。；; "))
    if len(pairs) == 1 and pairs[0] == (0, len(text.rstrip("。；; "))) and not text.startswith("【"):
        return text.rstrip("。；; ")[1:-1]
    return text


def inline_labels(text: str) -> int:
    """Where labels begin that follow the requirement on the same line, outside brackets; 0 when none do."""
    closed = {at for start, end in outer_brackets(text) for at in range(start, end)}
    for m, value in labels_in(text):
        if (
            (
                m["role"]
                or m["when"]
                or m["start"]
                or m["person"]
                or (m["bare"] and all_units(value, strict=text[m.start() - 1] not in "。；;"))
            )
            and m.start()
            and (
                m.start() not in closed or m.group().rstrip("：: ")[-1] in "】]"
            )  # 【责任单位】甲局: the label alone is in it
            and (
                text[m.start()] in " \t【[〈＜"
                or text[m.start() - 1] in "。；;！ \t）)"
                or (m["role"] and text[m.start() - 1] in "，," and all_units(_first(value), strict=False))
            )
        ):
            return m.start()
    return 0


def addressed(text: str) -> bool:
    """Whether a paragraph speaks to all readers of the document (各地、各部门要…), as closing words do."""
    return bool(
        re.match(
            r"(?:会议(?:强调|要求|指出|认为|希望|号召)[，,：:]?(?:各|要|全|坚持|务必)|(?:以上|上述)(?:各项|所有)?(?:事项|任务|工作|内容|项目|措施)(?=[^。；]{0,12}[由请各])|(?:出席|列席|参会|参加|主持|分送|抄送|主送|发送|印送|记录|缺席|请假)[^，。]{0,4}[：:]|[发送报][：:])|(?:各(?:地|级|县|区|市|部门|单位|有关|相关|责任|成员|承办|主责|主办|协办|配合|参建|乡|镇|街|旗|州|科室|处室|股室|站所|牵头)|(?:主办|承办|责任|牵头|会办|协办|配合|参与|督办)(?:单位|部门)(?![：:])|请各)[^。，,]{0,30}[，,]?(?:要|应(?!急)|须|请|于|每|对|按|根据|结合)",
            text,
        )
    )


_REPORT = re.compile(
    r"请(?:你们|各自|务必)?于?[^，,。；;]{2,16}前[，,]?(?:将|把|书面|统一|报|反馈|提交)[^。；;]{0,40}[。；;]?$"
)


def asks_report(text: str) -> bool:
    """Whether a paragraph only asks whoever reads it to report by a day (请于5月20日前将整治情况报县政府办公室。)."""
    return _REPORT.match(text) is not None
