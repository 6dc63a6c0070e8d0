"""The completion scripts are scripts, and complete what they should."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from quizapp.cli.commands.completion import SHELLS
from quizapp.cli.parser import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def script(quizapp: Run, tmp_path: Path) -> Path:
    file = tmp_path / "completion.bash"
    file.write_text(quizapp("completion", "bash").out)
    return file


def offered(script: Path, *words: str) -> set[str]:
    """What bash offers for the last of the words."""
    ask = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _shtab_quizapp'
    got = subprocess.run(
        ["bash", "-c", f'{ask}; printf "%s\\n" "${{COMPREPLY[@]}}"', "bash", str(script), *words],
        capture_output=True,
        check=True,
        text=True,
        cwd=script.parent,
    )
    return set(got.stdout.split())


def test_the_script_for_bash_is_valid(script: Path) -> None:
    got = subprocess.run(["bash", "-n", str(script)], capture_output=True, check=False)
    assert (got.returncode, got.stderr) == (0, b"")


def test_commands_are_completed(script: Path) -> None:
    assert offered(script, "quizapp", "") >= set(COMMANDS)
    assert offered(script, "quizapp", "dis") == {"discrepancies"}


def test_families_settings_and_files_are_completed(script: Path) -> None:
    assert offered(script, "quizapp", "generate", "hopfield-r") == {"hopfield-recall"}
    assert offered(script, "quizapp", "settings", "exam") == {"exam_date"}
    assert script.name in offered(script, "quizapp", "solve", "comp")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_a_script(quizapp: Run, shell: str) -> None:
    got = quizapp("completion", shell)
    assert got.status == 0
    assert "quizapp" in got.out
    assert all(command in got.out for command in COMMANDS)
