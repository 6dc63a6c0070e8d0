"""A migration that is killed leaves the old format or the new one, and a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.faults.running import report

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 36


def test_after_a_kill_at_any_step_the_next_start_goes_on(tmp_path: Path) -> None:
    found = report("migration_kills", tmp_path, 1, KILLS)
    assert found["faults"] == []
    assert found["within"] > 0
