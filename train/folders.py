"""The folder of a server's runs: locked while the server lives, cleared away by the next one if it died."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "next-token-runs-"
LOCK = "lock"


class RunsFolder:
    """A fresh folder for this server's runs; making it removes those of servers that are no more."""

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or Path(tempfile.gettempdir())
        clear_left_over(parent)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self._lock = take_lock(self.path / LOCK)

    def remove(self) -> None:
        """Remove the folder and let go of its lock."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        shutil.rmtree(self.path, ignore_errors=True)


def take_lock(path: Path) -> int | None:
    """Return an open file that holds a lock until its process ends, or None if another has it."""
    if sys.platform == "win32":  # no such lock there: folders are left to the system's own cleaning
        return None
    import fcntl  # noqa: PLC0415

    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def clear_left_over(parent: Path) -> list[Path]:
    """Remove the folders of servers that died without a word, and return them; those in use stay."""
    removed = []
    for folder in parent.glob(f"{PREFIX}*"):
        if folder.is_symlink() or not (folder / LOCK).exists():
            continue
        with suppress(OSError):
            lock = take_lock(folder / LOCK)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
                removed.append(folder)
    return removed
