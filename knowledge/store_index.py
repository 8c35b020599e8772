"""A packed index on disk: saved whole, opened as the memory of the file.

An index can always be made again from the register, so a file that is missing, torn or of another register is simply not
there. Needs the extra `large`, as `knowledge.search.packed` does.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np

from knowledge.search.packed import Arrays
from knowledge.store_files import make_folder, refusal, sync_folder

# Raised when the meaning of the arrays or of the weights changes: what was saved before is then made again.
FORM = 1


def save_index(folder: Path, arrays: Arrays) -> None:
    """Put `arrays` into `folder`, one file each, in the place of what was there; never half. Raises StoreError."""
    fresh = folder.with_name(f".{folder.name}.tmp")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        make_folder(fresh)
        for field in fields(Arrays):
            with (fresh / f"{field.name}.{FORM}.npy").open("wb") as file:
                np.save(file, getattr(arrays, field.name), allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(fresh, folder)
        sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise refusal("写入", folder, error) from error


def open_index(folder: Path) -> Arrays | None:
    """What lies in `folder`, mapped and not read; None where there is no whole index of this form."""
    try:
        return Arrays(
            **{
                field.name: np.load(folder / f"{field.name}.{FORM}.npy", mmap_mode="r", allow_pickle=False)
                for field in fields(Arrays)
            }
        )
    except (OSError, ValueError, EOFError):
        return None
