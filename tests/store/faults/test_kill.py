"""kill -9 at random moments with two writers: no acknowledged answer is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.store.faults.running import report

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = int(os.environ.get("QUIZAPP_KILL_ROUNDS", "200"))
PARTS = 4
"""So that several processors share them."""


@pytest.mark.parametrize("part", range(PARTS))
def test_two_writers_killed_at_random_lose_nothing_acknowledged(tmp_path: Path, part: int) -> None:
    rounds = -(-ROUNDS // PARTS)
    found = report("kill_rounds", tmp_path, part, rounds)
    assert found["faults"] == []
    assert found["rounds"] == rounds
    assert found["acknowledged"] > rounds
