"""Terminal cells."""

from __future__ import annotations

import pytest

from quizapp.mathtext import inline, width


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("wᵢⱼ ⊙ δ⁽ˡ⁾", 10),
        ("x\u0302", 1),
        ("v\u20d7", 1),
        ("𝔼ℝ", 2),
        ("神経", 4),
        ("─│⎛", 3),
    ],
)
def test_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def test_an_accent_takes_no_cell() -> None:
    for accent in ("hat", "bar", "tilde", "vec", "dot"):
        assert width(inline(f"\\{accent}{{q}}")) == 1
