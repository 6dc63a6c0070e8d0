"""Blocks, brackets, and matrices of numbers."""

from __future__ import annotations

import pytest

from quizapp.mathtext import Block, beside, matrix_block, width


def test_neighbours_meet_on_their_baselines() -> None:
    q = matrix_block([["1", "0"], ["0", "1"]])
    k = matrix_block([["1", "1"], ["0", "1"], ["2", "2"]])
    joined = beside(Block(("Q =",)), q, Block(("  K =",)), k)
    assert joined.lines == (
        "                   ⎡ 1  1 ⎤",
        "Q = ⎡ 1  0 ⎤   K = ⎢ 0  1 ⎥",
        "    ⎣ 0  1 ⎦       ⎣ 2  2 ⎦",
    )
    assert joined.baseline == 1


def test_the_gap_is_a_choice() -> None:
    one = Block(("a",))
    assert beside(one, one, one, gap=0).lines == ("aaa",)
    assert beside(one, one, gap=3).lines == ("a   a",)
    assert beside().lines == ()


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([["0.731", "0.269"], ["0.500", "0.500"]], ["⎡ 0.731  0.269 ⎤", "⎣ 0.500  0.500 ⎦"]),
        ([["2", "−1"], ["1", "3"]], ["⎡ 2  −1 ⎤", "⎣ 1   3 ⎦"]),
        ([["1", "0.25"], ["−10.5", "3"]], ["⎡   1    0.25 ⎤", "⎣ −10.5  3    ⎦"]),
        ([["1", "2", "3"]], ["[ 1  2  3 ]"]),
        ([["1"], ["2"], ["3"]], ["⎡ 1 ⎤", "⎢ 2 ⎥", "⎣ 3 ⎦"]),
        ([["1", "2"], ["3"]], ["⎡ 1  2 ⎤", "⎣ 3    ⎦"]),
        ([["", "神"], ["1/3", "x"]], ["⎡      神 ⎤", "⎣ 1/3   x ⎦"]),
        ([], ["[  ]"]),
    ],
)
def test_matrices_of_numbers(cells: list[list[str]], lines: list[str]) -> None:
    assert list(matrix_block(cells).lines) == lines


def test_a_cell_cannot_break_the_frame() -> None:
    block = matrix_block([["1\n2", "\x1b[31m3"]])
    assert block.lines == ("[ 1 2  [31m3 ]",)


def test_a_block_knows_its_size() -> None:
    block = Block(("ab", "神"), baseline=1)
    assert (block.width, block.height) == (2, 2)
    assert {width(line) for line in block.lines} == {2}
    assert Block(()).width == 0
