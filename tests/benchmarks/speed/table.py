"""The figures of a run as a table, to read on a terminal or to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.benchmarks.speed.rows import Row

_HEAD = """# Speed

How long what a day needs takes as the log grows: so many cards, ten entries of the log a card over
a thousand days (answers, of which some are undone, flags, suspensions), 85 in a hundred cards
answered. Milliseconds of the processor, medians of one run on one machine, so that waiting for the
disk is left out; rows that say "disk" are by the clock on the wall. Beside each figure is that of
the `anki` package on the same history in the same run, and ours over Anki's in parentheses: below
1 we are faster.

Made by `REPORT=1 pytest tests/benchmarks/test_speed.py -n 0 -s`.

"""
_NOTES = """
- **Due counts** are all that home says of the day, by topic too; Anki's are those of its deck list.
- **Queue and first card** is from nothing to the card on the screen, with what each rating would
  lead to; the first time includes putting the content in the course's order, which is then kept.
- **An answer** is one transaction. "Our own time" is that of the processor with `synchronous=OFF`,
  so without the fsync; with FULL, as the app does it, the disk comes on top of it, and "a bare
  commit" is the same rows by `sqlite3` alone, to see how much of that is the disk's.
- **Statistics** carry on from the last look: a file in the cache folder holds the tallies up to a
  mark in the log. Without it, as the very first time, all answers are read.
- **Memory** is the most that a process held that opened the home screen, answered 20 cards and
  looked at all statistics; its own content of so many cards is in it, and shown alone before it.
"""


def as_text(found: Mapping[int, Sequence[Row]]) -> str:
    """The rows of each size, one a line."""
    return "\n".join(
        f"{cards:7} cards  {row.what:44}{_number(row.ours):>10} {row.unit}"
        + (f"   Anki {_number(row.anki):>8}  ({row.ours / row.anki:.2f})" if row.anki else "")
        for cards, rows in found.items()
        for row in rows
    )


def as_markdown(found: Mapping[int, Sequence[Row]]) -> str:
    """The report."""
    sizes = list(found)
    lines = [
        "| | goal at 100 000 | " + " | ".join(f"{_spaced(size)} cards" for size in sizes) + " |",
        "|---|---|" + "---:|" * len(sizes),
    ]
    whats = list(dict.fromkeys(row.what for rows in found.values() for row in rows))
    for what in whats:
        cells, told = [], None
        for size in sizes:
            row = next((row for row in found[size] if row.what == what), None)
            told = told or row
            cells.append("" if row is None else _cell(row))
        goal = told.goal if told else ""
        unit = told.unit if told else ""
        lines.append(f"| {what}, {unit} | {goal} | " + " | ".join(cells) + " |")
    return _HEAD + "\n".join(lines) + "\n" + _NOTES


def _cell(row: Row) -> str:
    if not row.anki:
        return _number(row.ours)
    return f"{_number(row.ours)} · Anki {_number(row.anki)} ({row.ours / row.anki:.2f})"


def _number(value: float) -> str:
    if value >= 100:
        return _spaced(round(value))
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
