"""How much a file may hold, so that no file can fill the memory or hold up the group."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
"""The largest file that is read, in bytes. Callers check the size on disk before they load the file."""

MAX_MEMBERS = 5_000
"""The most members a .docx or .xlsx container may list; a long report with pictures has a few hundred."""

MAX_UNPACKED = 500 * 1024 * 1024
"""The most bytes the members of a container may come to by its own directory; pictures are never unpacked."""

MAX_PART = 64 * 1024 * 1024
"""The most bytes one XML part may unpack to; 50,000 rows of a sheet need about 30 MB."""

MAX_RATIO = 300
"""How many times its packed size a large part may unpack to; repetitive sheets reach about 100."""

RATIO_FROM = 8 * 1024 * 1024
"""Unpacked bytes from which `MAX_RATIO` counts: small parts cannot hurt."""

MAX_CELLS = 1_000_000
"""The most table cells of a file, merged ranges expanded."""

MAX_COLUMNS = 512
"""How far a merged cell may reach to the right."""
