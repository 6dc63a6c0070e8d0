"""Help costs nothing: none of the heavy libraries is imported for it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from quizapp.cli.parser import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "textual", "rich", "numpy", "sqlalchemy", "alembic", "yaml", "pydantic", "fsrs", "platformdirs",
    "shtab", "asyncio",
}  # fmt: skip
LOOK = """
import sys
from quizapp.__main__ import main
status = main(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(status)
"""


def loaded(arguments: list[str], home: Path, expected: int = 0) -> set[str]:
    """The top-level modules that a command has imported when it is done."""
    got = subprocess.run(
        [sys.executable, "-c", LOOK, *arguments],
        capture_output=True,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "QUIZAPP_HOME": str(home)},
    )
    assert got.returncode == expected
    return set(got.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["solve"], ["--nosuch"]])
def test_what_only_reads_arguments_imports_nothing_heavy(home: Path, arguments: list[str]) -> None:
    expected = 0 if arguments[0] in {"--help", "--version"} else 2
    modules = loaded(arguments, home, expected)
    assert "quizapp" in modules
    assert modules & HEAVY == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_imports_nothing_heavy(home: Path, command: str) -> None:
    assert loaded([command, "--help"], home) & HEAVY == set()


def test_computing_needs_neither_the_screen_nor_the_store(home: Path) -> None:
    modules = loaded(["generate", "attention", "--json"], home)
    assert "numpy" in modules
    assert modules & (HEAVY - {"numpy"}) == set()


def test_a_missing_terminal_is_found_before_anything_is_imported(home: Path) -> None:
    assert loaded([], home, expected=2) & HEAVY == set()
