"""A disk that is really full: each thing says so, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from quizapp.core.clock import system_clock
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import errors
from quizapp.store.store import Store
from tests.store.faults.running import ROOT
from tests.store.faults.small_disk import on_small_disk, permitted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = "store-full: The disk is full, so this was not saved; everything before it is."


@pytest.mark.skipif(not permitted(), reason="no disks of our own here")
def test_a_full_disk_is_said_by_all_that_writes_and_nothing_is_lost(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.store.faults.full_disk", str(tmp_path)]
    done = subprocess.run(
        on_small_disk(tmp_path, 4096, *program),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    said = found["said"]
    for what in ("first start", "answer", "answer again", "undo", "rebuild", "backup"):
        assert said[what].startswith(FULL), what
    assert (said["reading"], said["afterwards"]) == ("", "")
    assert found["faults"] == []
    assert found["acknowledged"] >= 23


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow above 100 kB: what a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_limit_for_files_is_said_and_loses_nothing(tmp_path: Path, small_files: None) -> None:
    scheduler = Scheduler()
    with Store.open(tmp_path, clock=system_clock) as store:
        done: list[str] = []

        def until_it_fails() -> None:
            for n in range(10_000):
                store.review(f"c{n}", Rating.GOOD, ms=1, how="self", scheduler=scheduler)
                done.append(f"c{n}")

        with pytest.raises(errors.StoreError, match="has room for you"):
            until_it_fails()
        assert store.memories().keys() == set(done)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    with Store.open(tmp_path, clock=system_clock) as store:
        assert store.memories().keys() == set(done)
        store.review("after", Rating.GOOD, ms=1, how="self", scheduler=scheduler)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
