"""Pictures fit their width, and a person can read the number off them without colour."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.tui.widgets.plots.bars import MARK, Bar, bars, drawn
from quizapp.tui.widgets.plots.columns import columns
from quizapp.tui.widgets.plots.heatmap import SHADES, heatmap, weeks_in
from quizapp.tui.widgets.plots.line import line

SHARES = st.one_of(st.none(), st.floats(0, 1))
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40)


def length(share: float, room: int) -> float:
    """How long a drawn bar is, in cells."""
    text = "".join(part.plain for part in drawn(share, room))
    assert len(text) == room
    return sum(" ▏▎▍▌▋▊▉█".find(cell) / 8 for cell in text if cell in " ▏▎▍▌▋▊▉█")


@given(st.floats(0, 1), st.integers(4, 90))
def test_a_bar_is_as_long_as_its_share(share: float, room: int) -> None:
    assert abs(length(share, room) - share * room) <= 1 / 8


@given(st.lists(st.builds(Bar, NAMES, SHARES, st.sampled_from(["", "7", "83% of 12"]), SHARES),
                min_size=1), st.integers(30, 130))  # fmt: skip
def test_bars_end_in_line_and_fit(rows: list[Bar], width: int) -> None:
    wide = {cell_len(drawn.plain) for drawn in bars(rows, width)}
    assert len(wide) == 1
    assert wide.pop() <= width


def test_the_mark_stands_where_it_was_predicted() -> None:
    (drawn_,) = bars([Bar("x", 0.5, "50%", mark=0.75)], 46)
    assert drawn_.plain.index(MARK) == 2 + int(0.75 * 40)


def test_a_name_of_markup_stays_text() -> None:
    (drawn_,) = bars([Bar("E[X] [/b] [red]", 0.5, "1")], 60)
    assert drawn_.plain.startswith("E[X] [/b] [red] ")


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40), st.integers(1, 16))
def test_columns_stand_in_the_order_of_their_values(values: list[int], height: int) -> None:
    rows = [row.plain for row in columns(values, height=height, wide=2)][:height]
    margin = len(str(max(values))) + 2
    seen = [
        sum(" ▁▂▃▄▅▆▇█".index(row[margin + 2 * place]) for row in rows)
        for place in range(len(values))
    ]
    for value, eighths in zip(values, seen, strict=True):
        assert (eighths > 0) == (value > 0)
        assert abs(eighths - value / (max(values) or 1) * height * 8) <= 1


@given(st.lists(SHARES, max_size=60), st.integers(20, 120), st.integers(2, 12))
def test_a_line_fits_and_is_highest_where_its_value_is(
    values: list[float | None], width: int, height: int
) -> None:
    scale = ("0%", "100%")
    picture = line(values, columns=width, height=height, low=0, high=1, scale=scale)
    rows = [row.plain for row in picture]
    assert len(rows) == height
    assert all(len(row) <= width for row in rows)
    dotted = any(0x2800 < ord(cell) <= 0x28FF for row in rows for cell in row)
    assert dotted == any(value is not None for value in values)
    if 1.0 in values:
        assert any(ord(cell) > 0x2800 for cell in rows[0][6:])


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_every_day_has_its_square(today: date, weeks: int) -> None:
    levels = {today - timedelta(days=n): n % 5 for n in range(7 * weeks + 7)}
    rows = [row.plain for row in heatmap(levels.__getitem__, today, weeks)][1:]
    seen = [row[5 + 2 * week] for week in range(weeks) for row in rows]
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    for n, cell in enumerate(seen):
        day = first + timedelta(days=n)
        assert cell == (SHADES[levels[day]] if day <= today else " ")


def test_so_many_weeks_fit() -> None:
    for width in range(10, 130):
        rows = heatmap(lambda _: 1, date(2026, 3, 4), weeks_in(width))
        assert max(len(row.plain) for row in rows) <= width
