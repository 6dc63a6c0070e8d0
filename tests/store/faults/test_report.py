"""The report of the faults says what the program says, and names tests that are there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.store import errors
from tests.store.faults.running import ROOT

if TYPE_CHECKING:
    import pytest

REPORT = ROOT / "tests" / "benchmarks" / "report" / "faults.md"
DATA = Path("DATA/quizapp.db")
COPY = Path("DATA/backups/COPY.db")


def failed(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("it did not work")
    error.sqlite_errorcode = code
    return error


def sentences(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What each circumstance is told with, by the name that the report has for it."""
    said: dict[str, errors.StoreError | None] = {
        "full": errors.full(DATA),
        "disk error": errors.spoken(failed(sqlite3.SQLITE_IOERR), DATA),
        "read-only": errors.read_only(DATA),
        "locked": errors.locked(DATA),
        "newer": errors.newer(DATA, 3, 2),
        "foreign": errors.foreign(DATA),
        "damaged, no backup": errors.damaged(DATA),
        "gone, copied": errors.gone(DATA, COPY),
        "gone": errors.gone(DATA),
        "migration": errors.not_migrated(DATA, ValueError("REASON"), COPY),
    }
    with monkeypatch.context() as patch:
        patch.setattr(errors, "newest_backup", lambda _: COPY)
        said |= {"damaged": errors.damaged(DATA), "missing": errors.missing(DATA)}
    return {name: str(error) for name, error in said.items()}


def test_the_sentences_of_the_report_are_those_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = re.findall(r"^\*\*(.+?)\*\*\n> (.+)$", REPORT.read_text("utf-8"), re.MULTILINE)
    assert dict(found) == sentences(monkeypatch)


def test_the_tests_that_the_report_names_are_there() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", REPORT.read_text("utf-8"))
    assert len(named) > 20
    for file, test in named:
        texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob(file)]
        assert any(f"def {test}(" in text for text in texts), f"{file}::{test}"
