"""The power goes at random moments under two writers: the files open with all acknowledged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.store.faults.running import report

if TYPE_CHECKING:
    from pathlib import Path

CUTS = int(os.environ.get("QUIZAPP_POWER_CUTS", "60"))
PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_the_files_of_any_moment_open_with_all_that_was_acknowledged(
    tmp_path: Path, part: int
) -> None:
    found = report("power_cuts", tmp_path, part, -(-CUTS // PARTS))
    assert found["faults"] == []
    assert found["acknowledged"] >= found["cuts"] > 0
    assert found["logs"] > 0
