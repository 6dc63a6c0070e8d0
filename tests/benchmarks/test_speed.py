"""How long what a day needs takes as the log grows, beside Anki on the same history.

Prints and never asserts: ``pytest tests/benchmarks/test_speed.py -n 0 -s``. ``CARDS`` says which
sizes (with commas between; default 1000,10000,100000; ten entries of the log a card),
``ANKI_PYTHON`` which Python has the ``anki`` package, ``REPORT=1`` that the table is written to
``tests/benchmarks/report/speed.md``. Times are those of the processor but where they say "disk".
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.speed.rows import measured, planned
from tests.benchmarks.speed.table import as_markdown, as_text

if TYPE_CHECKING:
    import pytest

SIZES = "1000,10000,100000"
REPORT = Path(__file__).parent / "report" / "speed.md"


def test_a_day_at_every_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [int(size) for size in os.environ.get("CARDS", SIZES).split(",")]
    found = {}
    for cards in sizes:
        found[cards] = measured(tmp_path / str(cards), cards)
        with capsys.disabled():
            print("\n" + as_text({cards: found[cards]}), flush=True)
    found[sizes[0]].append(planned())
    with capsys.disabled():
        print(as_text({sizes[0]: found[sizes[0]][-1:]}))
    if os.environ.get("REPORT"):
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(as_markdown(found), encoding="utf-8")
