"""The real program in real terminals: a full disk, and two windows on one log."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.core.clock import system_clock
from quizapp.store.doctor import examine
from quizapp.store.store import Store
from tests.store.faults.small_disk import fill, on_small_disk, permitted
from tests.tui.faults.reviewing import noticed
from tests.tui.test_terminal import PROGRAM, RATINGS, Terminal, answer, logged, question

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
DISK_KB = 64_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder in which the first start has been."""
    folder = tmp_path / "home"
    folder.mkdir()
    command = [*PROGRAM, "settings", "new_a_day", "15"]
    environment = {**os.environ, "QUIZAPP_HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


class OnSmallDisk(Terminal):
    """A terminal whose program has its folder on a disk of its own."""

    def start_there(self, settings: Path, *arguments: str) -> None:
        """Start the program with the settings of another folder."""
        python = shlex.quote(sys.executable)
        words = " ".join(arguments)
        script = f'cp {shlex.quote(str(settings))} "$0" && exec {python} -m quizapp {words}'
        command = on_small_disk(self.home, DISK_KB, "sh", "-c", script, str(self.home))
        environment = f"-eQUIZAPP_HOME={self.home}"
        done = self._tmux("new-session", "-dx", "80", "-y", "24", environment, *command)
        assert done.returncode == 0, done.stderr

    def disk(self) -> Path:
        """Where the disk is for us."""
        process = self._tmux("display-message", "-p", "#{pane_pid}").stdout.strip()
        return Path(f"/proc/{process}/root") / self.home.relative_to("/")


@pytest.mark.skipif(not permitted(), reason="no disks of our own here")
def test_a_disk_that_fills_up_in_a_review_is_said_and_the_next_try_saves(
    home: Path, tmp_path: Path, stack: ExitStack
) -> None:
    mount = tmp_path / "disk"
    mount.mkdir()
    terminal = OnSmallDisk(mount)
    stack.callback(terminal.stop)
    terminal.start_there(home / "settings.toml", "review")
    answer(terminal, terminal.wait("15 new", "Answer", lambda s: question(s) != ""))
    terminal.press("3")
    screen = terminal.wait("1 learning", lambda s: RATINGS[0] not in s and question(s) != "")
    answer(terminal, screen)
    ballast = fill(terminal.disk())
    terminal.press("3")
    terminal.wait(lambda screen: noticed(screen, "The disk is full, so this was not saved"))
    terminal.wait(*RATINGS)
    ballast.unlink()
    terminal.press("4")  # another key: the same one at once would be a key held down
    terminal.wait("13 new")
    for file in terminal.disk().glob("quizapp.db*"):
        shutil.copyfile(file, home / file.name)
    with Store.open(home, clock=system_clock) as store:
        assert len(store.events(kind="review")) == 2
        assert examine(store) == []


def test_two_windows_answer_the_same_card_and_none_is_lost(home: Path, stack: ExitStack) -> None:
    windows = [Terminal(home), Terminal(home)]
    # A server each: one that ends must not take the other along.
    windows[1]._socket += "-second"
    for window in windows:
        stack.callback(window.stop)
        window.start("review")
    cards = []
    for window in windows:
        screen = window.wait("15 new", "Answer", lambda s: question(s) != "")
        cards.append(question(screen))
        answer(window, screen)
    assert cards[0] == cards[1]
    windows[0].press("1")
    windows[0].wait("1 learning", lambda s: RATINGS[0] not in s)
    windows[1].press("3")
    windows[1].wait("1 learning", lambda s: RATINGS[0] not in s)
    first, second = logged(home, "review")
    assert first[0] == second[0]
    assert (first[1]["rating"], second[1]["rating"]) == (1, 3)
    windows[0].kill_program()
    answer(windows[1], windows[1].wait("Answer", lambda s: question(s) != ""))
    windows[1].press("3")
    windows[1].wait("2 learning")
    windows[1].press("Escape")
    windows[1].wait("done today")
    windows[1].press("q")
    windows[1].gone()
    with Store.open(home, clock=system_clock) as store:
        assert len(store.events(kind="review")) == 3
        live = store.states()
        store.rebuild()
        assert store.states() == live
        assert examine(store) == []
