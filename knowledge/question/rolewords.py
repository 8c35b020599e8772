"""属地落实, 承办, 参加单位: the documents' own words for the roles, asked for by these words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.identity import Remembered
from knowledge.model import Role
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.register import Register

_KEPT = 16
# A printed word of fewer characters may be part of another.
_PRINTED = 4
_BRACKETED = regex(r"\(.*?\)|[\s:：、]")
_BODY = regex(r"(?:责任)?(?:主体|单位|部门|科室|处室|机关|机构|人|方|者|领衔部门)+$")
# Words that people also use for anything that is done about a matter.
_COMMON = frozenset({"负责", "责任", "组织", "管理"})
_CUES = {Role.LEAD: "lead", Role.RESPONSIBLE: "duty_word", Role.COOPERATING: "cooperating"}


@dataclass(frozen=True)
class RoleWords:
    """The cores of the words that the duties print (属地落实, 承办) with what is printed and the role it stands for."""

    words: Mapping[str, tuple[frozenset[str], Role]]

    @staticmethod
    def of(register: Register) -> RoleWords:
        """The role words of `register`, made once."""
        return _known.of((register.documents, register.assignments), lambda: RoleWords(_words(register)))

    def asked(self, text: str) -> tuple[tuple[Role, ...], frozenset[str]]:
        """The roles that `text` asks for by a word of the documents, and these words as printed."""
        roles: dict[Role, None] = {}
        printed: frozenset[str] = frozenset()
        for core, (words, role) in self.words.items():
            if core in text and _asked_by(core, text):
                roles[role] = None
                printed |= words
        return tuple(roles), printed

    def without(self, text: str) -> str:
        """`text` without the words printed for the roles (责任主管部门), which only say who is asked for."""
        for word in self._longest_first:
            text = text.replace(word, " ")
        return text

    @cached_property
    def _longest_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.printed, key=len, reverse=True))

    @cached_property
    def printed(self) -> frozenset[str]:
        """The words as printed, those of two parts at least."""
        words = (plain(word).strip(":：") for found, _ in self.words.values() for word in found)
        return frozenset(word for word in words if len(word) >= _PRINTED)


_known: Remembered[RoleWords] = Remembered(_KEPT)


def cue_of(role: Role) -> str:
    """The cue that asks for a role."""
    return _CUES[role]


def _asked_by(core: str, text: str) -> bool:
    """Whether the word asks in `text`: beside 单位, 谁, 哪 or 的, and not inside other words."""
    return any(
        re.search(
            rf"{core}(?:单位|部门|科室|方|主体|(?:和|与|跟|及|、)(?=\w{{0,4}}(?:单位|部门|企业|主体))|了?(?:哪|谁|几|多少|什么|啥)|的(?:是|有|都|单位|部门|哪|$|\W)|\W*$)",
            text,
        )
        or re.search(rf"(?:谁|哪[^\W]{{0,5}})(?:来|在|去|给)?{core}", text)
        for core in (re.escape(core),)
    )


def _words(register: Register) -> dict[str, tuple[frozenset[str], Role]]:
    found: dict[str, tuple[frozenset[str], Role]] = {}
    for one in register.assignments:
        for duty in one.duties:
            core = _core(duty.word)
            if len(core) >= 2 and core not in _COMMON:
                words, role = found.get(core, (frozenset[str](), duty.role))
                found[core] = (words | {duty.word}, role)
    return found


def _core(word: str) -> str:
    """属地落实单位 → 属地落实."""
    return _BODY.sub("", _BRACKETED.sub("", plain(word)))
