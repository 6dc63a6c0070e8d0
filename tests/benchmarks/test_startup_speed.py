"""How fast the program starts and how much memory it takes, beside the least that is possible.

Prints and never asserts: ``pytest tests/benchmarks/test_startup_speed.py -n 0 -s``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.benchmarks.terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RUNS = 15
PAINTS = 7
MINIMAL = """
from textual.app import App
from textual.widgets import Footer, Static

class Minimal(App):
    BINDINGS = [("q", "quit", "Quit")]

    def compose(self):
        yield Static("quizapp")
        yield Footer()

Minimal().run()
"""
QUIZAPP = ["-m", "quizapp"]


def settled(home: Path) -> dict[str, str]:
    """The environment of a student who has used the app before: settings, cache and store."""
    environment = {"QUIZAPP_HOME": str(home)}
    for arguments in (["settings", "new_a_day", "15"], ["today"]):
        subprocess.run(
            [sys.executable, *QUIZAPP, *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, **environment},
        )
    return environment


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def test_help() -> None:
    commands = {
        "python -c pass": ["-c", "pass"],
        "quizapp --help": [*QUIZAPP, "--help"],
        "quizapp solve --help": [*QUIZAPP, "solve", "--help"],
        "quizapp families": [*QUIZAPP, "families"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):  # in turn, so that what else the machine does hits all of them
        for name, arguments in commands.items():
            times[name].append(seconds(arguments))
    least = statistics.median(times["python -c pass"])
    print("\nhelp                     median ms   best ms   times python")
    for name, measured in times.items():
        median, best = statistics.median(measured), min(measured)
        print(f"{name:<24} {median * 1e3:>9.1f} {best * 1e3:>9.1f} {median / least:>14.2f}")


def first_paint(arguments: list[str], environment: Mapping[str, str]) -> float:
    with terminal(arguments, environment) as screen:
        return screen.wait_for("quizapp")


def test_first_paint(tmp_path: Path) -> None:
    environment = settled(tmp_path)
    minimal: list[float] = []
    app: list[float] = []
    for _ in range(PAINTS):
        minimal.append(first_paint(["-c", MINIMAL], environment))
        app.append(first_paint(QUIZAPP, environment))
    ratios = [ours / least for ours, least in zip(app, minimal, strict=True)]
    print("\nfirst paint              median ms   best ms")
    for name, measured in (("minimal Textual app", minimal), ("quizapp", app)):
        print(f"{name:<24} {statistics.median(measured) * 1e3:>9.0f} {min(measured) * 1e3:>9.0f}")
    print(
        f"quizapp / minimal: {statistics.median(ratios):.2f} (median of pairs), "
        f"{min(app) / min(minimal):.2f} (best)"
    )


def test_memory_after_the_first_card(tmp_path: Path) -> None:
    environment = settled(tmp_path)
    with terminal(["-c", MINIMAL], environment) as screen:
        screen.wait_for("quizapp")
        screen.settle(1)
        minimal = screen.megabytes
    following = subprocess.run(
        [sys.executable, *QUIZAPP, "review", "--json"],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    word = max(json.loads(following.stdout)["front"].split(), key=len)
    with terminal([*QUIZAPP, "review"], environment) as screen:
        waited = screen.wait_for(word)
        screen.settle(1)
        first = screen.megabytes
    print(f"\nmemory                   MB resident   (first card after {waited * 1e3:.0f} ms)")
    print(f"minimal Textual app      {minimal:>11.0f}")
    print(f"quizapp, first card      {first:>11.0f}   {first / minimal:.2f} times")
