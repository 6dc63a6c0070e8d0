"""The real program in a real terminal, as a new student uses it from the first start."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
PROGRAM = [sys.executable, "-m", "quizapp"]
PATIENCE_SECONDS = 40.0
RATINGS = ("1 Again", "2 Hard", "3 Good", "4 Easy")


class Terminal:
    """A tmux server of its own with one window, in which the program runs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._socket = f"quizapp-{os.getpid()}-{home.name}"

    def _tmux(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tmux", "-L", self._socket, "-f", os.devnull, *arguments],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env=dict(os.environ),  # what readline adds behind Python's back is not passed on
        )

    def start(self, *arguments: str, size: tuple[int, int] = (80, 24), **variables: str) -> None:
        columns, rows = map(str, size)
        environment = {"QUIZAPP_HOME": str(self.home), **variables}
        given = [f"-e{name}={value}" for name, value in environment.items()]
        done = self._tmux("new-session", "-dx", columns, "-y", rows, *given, *PROGRAM, *arguments)
        assert done.returncode == 0, done.stderr

    def screen(self, *options: str) -> str:
        return self._tmux("capture-pane", "-p", *options).stdout

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type where the focus is, once the screen has come to rest as a person sees it."""
        still = self.screen()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            time.sleep(0.4)
            if still == (still := self.screen()):
                break
        self._tmux("send-keys", "-l", "--", text)

    def wait(self, *seen: str | Callable[[str], bool]) -> str:
        """The screen once it shows all texts and all conditions hold of it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            screen = self.screen()
            words = " ".join(screen.split())
            if all(one(screen) if callable(one) else one in words for one in seen):
                return screen
            assert time.monotonic() < until, f"{seen} never came:\n{screen}"
            time.sleep(0.05)

    def gone(self) -> None:
        """Wait until the program has ended, and the server with it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._tmux("list-sessions").returncode:
            assert time.monotonic() < until, f"it is still there:\n{self.screen()}"
            time.sleep(0.05)

    def kill_program(self) -> None:
        """kill -9."""
        os.kill(int(self._tmux("display-message", "-p", "#{pane_pid}").stdout), signal.SIGKILL)
        self.gone()

    def stop(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    opened = Terminal(home)
    yield opened
    opened.stop()


@pytest.fixture
def known(home: Path) -> Path:
    """A folder in which the first start has been."""
    set_(home, "new_a_day", "15")
    return home


def set_(home: Path, name: str, value: str) -> None:
    """Change a setting, as a command does."""
    environment = {**os.environ, "QUIZAPP_HOME": str(home)}
    command = [*PROGRAM, "settings", name, value]
    subprocess.run(command, check=True, capture_output=True, env=environment)


def logged(home: Path, kind: str) -> list[tuple[str, dict[str, object]]]:
    """Subject and payload of the events of a kind, in the order in which they were written."""
    file = f"file:{home / 'quizapp.db'}?mode=ro"
    with closing(sqlite3.connect(file, uri=True)) as database:
        rows = database.execute(
            "SELECT subject, payload FROM events WHERE kind = ? ORDER BY seq", (kind,)
        )
        return [(subject, json.loads(payload)) for subject, payload in rows]


def question(screen: str) -> str:
    """The first line of the card in front, without the scrollbar."""
    return screen.split("\n")[2].strip(" ▁▂▃▄▅▆▇█")


def seconds_left(screen: str) -> int:
    minutes, seconds = re.findall(r"(\d+):(\d\d) left", screen)[0]
    return 60 * int(minutes) + int(seconds)


def answer(terminal: Terminal, screen: str) -> None:
    """Answer the card in front, whatever its type, without knowing anything."""
    if "check your number" in screen or "check what you typed" in screen:
        terminal.type("7")
        terminal.press("Enter")
    elif "show the answer" in screen:
        terminal.press("Space")
    elif "↑↓" in screen:  # steps or rows
        terminal.press("Enter")
        terminal.wait("press Enter again")
        terminal.press("Down")  # between two presses that would look like one held key
        terminal.press("Enter")
    else:
        terminal.press("1")
        if "mark all that apply" in screen:
            terminal.press("Enter")
    terminal.wait(*RATINGS)


def test_ten_cards_an_undo_and_a_return(terminal: Terminal, home: Path) -> None:
    terminal.start()
    terminal.wait("Three questions, then your first card.", "Methods of AI")
    terminal.press("Enter")
    terminal.type((date.today() + timedelta(days=20)).isoformat())  # noqa: DTZ011 - as typed
    terminal.wait("That is in")
    terminal.press("C-u")  # without a date the limits say how many cards come
    terminal.press("Enter")
    terminal.type("30")
    terminal.wait("up to 15 new cards and 150 reviews a day")
    terminal.press("Enter")
    terminal.wait("15 new")
    terminal.press("Escape")
    terminal.wait("e The exam")
    terminal.press("q")
    terminal.gone()
    set_(home, "skills_a_day", "0")
    terminal.start()
    terminal.wait("15 new")
    terminal.press("r")
    fronts: list[str] = []
    for done in range(10):
        screen = terminal.wait(
            f"0 due · {done} learning · {15 - done} new",
            lambda s: RATINGS[0] not in s and question(s) != "",
        )
        fronts.append(question(screen))
        answer(terminal, screen)
        terminal.press("3")
    terminal.wait("10 learning · 5 new")
    terminal.press("C-z")  # also where a word is asked for and u would be typed
    screen = terminal.wait("9 learning · 6 new", "Taken back")
    assert question(screen) == fronts[9]
    topic = screen.split("\n")[0].split(" · ")[1].split("  ")[0]
    terminal.press("Escape")
    screen = terminal.wait("✓ 9 done today", "6 new")
    assert topic in screen
    terminal.press("q")
    terminal.gone()

    reviews, undone = logged(home, "review"), logged(home, "undo")
    assert [payload["rating"] for _, payload in reviews] == [3] * 10
    assert len({card for card, _ in reviews}) == 10
    assert [card for card, _ in undone] == [reviews[-1][0]]

    terminal.start()
    terminal.wait("✓ 9 done today", "exam date not set")
    terminal.press("r")
    screen = terminal.wait("0 due · 9 learning · 6 new", "? Help")
    assert question(screen) not in fronts[:9]


def test_a_trace_from_a_sheet_has_its_slip_named(terminal: Terminal, known: Path) -> None:
    terminal.start()
    terminal.wait("Check my own sheet", "15 new")
    terminal.press("c")
    terminal.wait("Activation functions and their slopes", "⏎ Start")
    terminal.press("/")
    terminal.wait("words of a title")
    terminal.type("recall")
    terminal.wait(lambda s: "recall" in s and "Softmax" not in s)
    terminal.press("Down")
    terminal.wait("⏎ Start")
    terminal.press("Enter")
    terminal.wait("symmetric weights")
    terminal.type("0 1 -1; 1 0 1; -1 1 0")
    for text in (".5 -.5 .25", "1 -1 1", "1 2 3", "1 1 1; -1 -1 1"):
        terminal.press("Tab")
        terminal.type(text)
    terminal.wait("1 1 1; -1 -1 1")
    terminal.press("C-s")
    terminal.wait("own numbers", "Local field")
    terminal.type("-2 0 2")  # the bias is forgotten
    terminal.press("Enter")
    terminal.wait("✗", "The bias", "is missing in")
    terminal.type("-1 -1 1 -1 1 1 -1 1 1")  # right, if these were the fields
    terminal.press("Enter")
    terminal.wait("✓ Right, carried on from")
    terminal.press("Escape")
    terminal.wait("Type the numbers of your sheet")
    terminal.press("Escape")
    terminal.wait("⏎ Start", lambda s: "Softmax" not in s)
    terminal.press("Escape")  # puts the search away
    terminal.wait("⏎ Start", "Backprop")
    terminal.press("Escape")
    terminal.wait("⏎ Open", "Slips this week", "The bias")
    payload = logged(known, "attempt")[-1][1]
    assert payload["slips"] == {"offset-forgotten": "fields"}


def test_an_exam_is_killed_resumed_and_marked(terminal: Terminal, known: Path) -> None:
    terminal.start()
    terminal.wait("Practice exam", "15 new")
    terminal.press("x")
    terminal.wait("Ten-minute exam", "10 minutes")
    terminal.press("Enter")
    terminal.wait("1 of 9 · Choose", lambda s: "chooses" in s or "mark all" in s)
    terminal.press("2")
    terminal.wait("[1●]", "[x] 2", "Saved.")
    terminal.press("PageDown")
    terminal.wait("2 of 9 · Choose", lambda s: "chooses" in s or "mark all" in s)
    terminal.press("1")
    before = terminal.wait("[2●]", "[x] 1", "Saved.")
    terminal.kill_program()
    assert len(logged(known, "exam-answer")) == 2

    terminal.start()
    terminal.wait("An exam is waiting to be finished")
    terminal.press("x")
    terminal.wait("Not finished: Ten-minute exam", "2 of 9 answered")
    terminal.press("Enter")
    again = terminal.wait("2 of 9 · Choose", "1● [2●]", "[x] 1")
    assert seconds_left(before) - 60 < seconds_left(again) <= seconds_left(before) + 20
    terminal.press("C-g")
    terminal.wait("Go to question")
    terminal.type("9")
    terminal.press("Enter")
    terminal.wait("9 of 9 · Compute")
    terminal.press("C-s")
    terminal.wait("7 of 9 questions are unanswered")
    terminal.press("Enter")
    terminal.wait("of 12 points", "Not answered: 3,")
    [(sitting, payload)] = logged(known, "exam-finish")
    assert sitting == logged(known, "exam-start")[0][0]
    assert payload["of"] == 12


def test_a_large_terminal_shows_what_matters(terminal: Terminal, known: Path) -> None:
    terminal.start(size=(120, 40))
    terminal.wait("15 new", "r Review", "x Practice exam", "q Quit", "By topic", "? Help")
    terminal.press("r")
    screen = terminal.wait("0 due · 0 learning · 15 new", "Answer", "? Help")
    answer(terminal, screen)
    terminal.press("q")
    terminal.wait("q Quit", "15 new")
    terminal.press("p")
    terminal.wait("easy", "middle", "⏎ Start")
    terminal.press("/")
    terminal.wait("words of a title")
    terminal.type("softmax")
    terminal.wait(lambda s: "Hopfield" not in s)
    terminal.press("Enter")
    terminal.wait("Softmax of one vector of logits", "▸ 1", "⏎ Check", "Help")
    for back in ("⏎ Start", "⏎ Start", "q Quit"):
        terminal.press("Escape")
        terminal.wait(back)
    terminal.press("x")
    terminal.wait("Ten-minute exam", "None yet.")
    terminal.press("Enter")
    terminal.wait("1 of 9", "left", "[1○]", "[ ] 1", "Hand in", "? Help")


def test_a_key_held_down_does_nothing_unseen(terminal: Terminal, known: Path) -> None:
    terminal.start("review")
    screen = terminal.wait("0 due · 0 learning · 15 new", "Answer")
    terminal.press("-N", "40", "Enter")
    terminal.wait(lambda s: "press Enter again" in s or RATINGS[0] in s)
    terminal.press("q")
    terminal.wait("q Quit", "15 new")
    assert logged(known, "review") == []
    terminal.press("r")
    assert question(terminal.wait("15 new", "Answer")) == question(screen)


def test_a_damaged_log_is_said_and_left_alone(terminal: Terminal, known: Path) -> None:
    (known / "quizapp.db").write_bytes(b"no database\n" * 500)
    terminal.start()
    terminal.wait("your progress cannot be opened", "The data file is damaged", "q Quit")
    terminal.press("q")
    terminal.gone()
    assert (known / "quizapp.db").read_bytes() == b"no database\n" * 500


def test_no_color_leaves_everything_readable(terminal: Terminal, known: Path) -> None:
    terminal.start("review", NO_COLOR="1", COLORTERM="truecolor")
    answer(terminal, terminal.wait("15 new", "Answer"))
    terminal.wait("▸")
    colours = re.findall(r"[34]8[;:]2[;:]+(\d+)[;:](\d+)[;:](\d+)", terminal.screen("-e"))
    assert all(red == green == blue for red, green, blue in colours)


def test_without_a_terminal_there_is_one_sentence(home: Path) -> None:
    done = subprocess.run(
        PROGRAM,
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "QUIZAPP_HOME": str(home)},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"quizapp: the app needs a terminal; .*\.\n", done.stderr)
