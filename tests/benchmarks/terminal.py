"""The real program in a pseudo-terminal: when a text first appears, and how much memory it has."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROWS, COLUMNS = 24, 80
PATIENCE = 30.0
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][0-9A-B]|[=>78]|[P_\]].*?(?:\x07|\x1b\\))")


@dataclass
class Terminal:
    """A program that runs in a terminal of 80×24."""

    pid: int
    handle: int
    started: float
    seen: bytes = b""

    def wait_for(self, text: str) -> float:
        """Seconds from the start until the text has been printed; it is read over then."""
        wanted = text.encode()
        until = time.perf_counter() + PATIENCE
        while wanted not in _ESCAPES.sub(b"", self.seen):
            ready, _, _ = select.select([self.handle], [], [], until - time.perf_counter())
            if not ready:
                shown = _ESCAPES.sub(b"", self.seen)[-2_000:].decode(errors="replace")
                raise TimeoutError(f"{text!r} was not printed within {PATIENCE:g} s, but {shown!r}")
            self.seen += os.read(self.handle, 65_536)
        self.seen = b""
        return time.perf_counter() - self.started

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.handle, keys.encode())

    def settle(self, seconds: float) -> None:
        """Let the program run on, its output read and dropped."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self.handle], [], [], left)[0]:
                self.seen += os.read(self.handle, 65_536)

    @property
    def megabytes(self) -> float:
        """Resident memory (VmRSS), in MB of 10⁶ bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        kibibytes = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
        assert kibibytes is not None
        return int(kibibytes[1]) * 1024 / 1e6


@contextmanager
def terminal(arguments: list[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run Python with these arguments in a terminal; it is ended behind the block."""
    started = time.perf_counter()
    pid, handle = pty.fork()
    if pid == 0:  # pragma: no cover - the child
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execve(  # noqa: S606
            sys.executable,
            [sys.executable, *arguments],
            {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
        )
    try:
        yield Terminal(pid, handle, started)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(handle)
