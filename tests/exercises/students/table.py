"""The table of what became of the students of every family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.exercises.students.measures import MEASURES, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.exercises.students.tally import Tally

_NAME, _CELL = 27, 12


def header() -> str:
    """The titles of the columns and the goals."""
    titles = [measure.title.rpartition(" ") for measure in MEASURES]
    goals = [_goal(measure) for measure in MEASURES]
    above = _line("", [first for first, _, _ in titles], "")
    below = _line("family", [last for _, _, last in titles], "variants rejected for each drawn")
    return "\n".join([above, below, _line("goal", goals, "")])


def row(name: str, tally: Tally) -> str:
    """The shares of one family, and why variants were rejected."""
    return _line(name, [_share(tally, measure) for measure in MEASURES], _rejected(tally))


def legend() -> Iterator[str]:
    """What the columns count."""
    for measure in MEASURES:
        yield f"{measure.title:<18}{measure.hit}"


def _line(name: str, cells: list[str], last: str) -> str:
    return f"{name:<{_NAME}}{''.join(f'{cell:>{_CELL}}' for cell in cells)}  {last}".rstrip()


def _goal(measure: Measure) -> str:
    if measure.least is not None:
        return "all" if measure.least == 1 else f">= {100 * measure.least:g}%"
    if measure.most is not None:
        return f"< {measure.most:.0%}" if measure.most else "0"
    return ""


def _share(tally: Tally, measure: Measure) -> str:
    """Counts where none or all are wanted, else a share and of how many."""
    hits, of = tally.hits[measure.title], tally.of[measure.title]
    if not of:
        return "-"
    if measure.most == 0 or measure.least == 1:
        return f"{hits}/{of}"
    return f"{hits / of:.1%}/{of}"


def _rejected(tally: Tally) -> str:
    """How many variants were rejected for each one drawn, and the commonest reasons."""
    total = sum(tally.rejected.values())
    if not total:
        return "0"
    common = ", ".join(f"{reason} {n}" for reason, n in tally.rejected.most_common(3))
    return f"{total / tally.drawn:.2f} ({common})"
