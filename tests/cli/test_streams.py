"""The real program with pipes, full disks and closed streams around it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.problems import ATTENTION

if TYPE_CHECKING:
    from pathlib import Path

GOOD = json.dumps(ATTENTION)


def program(
    arguments: list[str], home: Path, *, around: str = "", typed: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the program; ``around`` is what stands behind it on a command line."""
    line = f'"{sys.executable}" -m quizapp "$@" {around}'
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line, "bash", *arguments],
        input=typed,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "QUIZAPP_HOME": str(home)},
    )


@pytest.mark.parametrize("arguments", [["--help"], ["families", "--json"], ["solve", "-"]])
def test_a_closed_pipe_is_no_traceback(home: Path, arguments: list[str]) -> None:
    typed = b"".join([GOOD.encode() + b"\n"] * 2_000)
    got = program(arguments, home, around="| head -c 1", typed=typed)
    assert got.stderr == b""


@pytest.mark.parametrize("arguments", [["--help"], ["families"], ["families", "--json"]])
def test_a_full_disk_is_said(home: Path, arguments: list[str]) -> None:
    got = program(arguments, home, around="> /dev/full")
    assert got.returncode == 2
    assert got.stderr.startswith(b"quizapp: the output cannot be written")
    assert got.stderr.count(b"\n") == 1


@pytest.mark.parametrize("around", ["</dev/null", "| cat", "<&-", ">&-"])
def test_without_a_terminal_the_app_says_so(home: Path, around: str) -> None:
    got = program([], home, around=around)
    assert got.returncode == 2
    assert got.stderr.startswith(b"quizapp: the app needs a terminal; ")
    assert got.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments", [["parse", "-"], ["review", "--plain"], ["practice", "--plain"]]
)
def test_closed_standard_input_is_empty_input(home: Path, arguments: list[str]) -> None:
    got = program(arguments, home, around="<&-")
    assert (got.returncode, got.stderr) == (0, b"")


def test_an_output_in_ascii_gets_json_in_ascii(home: Path) -> None:
    got = program(["families", "--json"], home, around="| cat")
    plain = subprocess.run(
        [sys.executable, "-m", "quizapp", "families", "--json"],
        capture_output=True,
        check=True,
        env={**os.environ, "QUIZAPP_HOME": str(home), "PYTHONIOENCODING": "ascii"},
    )
    assert plain.stdout.isascii()
    assert not got.stdout.isascii()
    assert json.loads(plain.stdout) == json.loads(got.stdout)


def test_a_line_is_answered_before_the_next_one_comes(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "quizapp", "parse", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "QUIZAPP_HOME": str(home)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(b'{"text": "%d"}\n' % number)
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == {"value": float(number)}
        process.stdin.close()
        assert process.wait(timeout=30) == 0
