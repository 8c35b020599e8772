"""Blocks → draft: titles, sections, assignments with their units and deadlines, doubts, and whatever was not read."""

from __future__ import annotations

from knowledge.parsing.draft import parse, prepared

__all__ = ["parse", "prepared"]
