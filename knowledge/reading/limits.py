"""How much a file may hold, so that no file can fill the memory or hold up the group."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
"""The largest file that is read, in bytes. Callers check the size on disk before they load the file."""
