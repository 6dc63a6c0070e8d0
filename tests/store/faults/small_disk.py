"""A disk of a few hundred kilobytes: a tmpfs that only the command run on it can see.

It needs no rights where users may have namespaces of their own, and vanishes with the command.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SCRIPT = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'


def on_small_disk(mount: Path, kilobytes: int, *command: str) -> list[str]:
    """The command that runs a command for which a folder is a disk of its own."""
    return ["unshare", "-rm", "sh", "-c", _SCRIPT, "sh", f"{kilobytes}k", str(mount), *command]


@functools.cache
def permitted() -> bool:
    """Whether this machine lets us have one."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def fill(folder: Path) -> Path:
    """Take all that is left of a disk; the file that has it."""
    ballast = folder / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 6, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                os.fsync(file.fileno())
    return ballast
