"""Sliding windows over sequences of residues (Qian and Sejnowski 1988, methods)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import num

_PADDING = "-"
_RESIDUES = "ACDEFGHIKLMNPQRSTVWY"
_LARGEST = 10**6
_MOST_LETTERS = 200_000
"""So many letters may stand in all windows together."""
OTHER_ENDS = {"padded": "valid", "valid": "padded"}


def _windows_of(sequence: str, w: int, ends: str) -> list[str]:
    if ends == "padded":
        edge = _PADDING * ((w - 1) // 2)
        sequence = edge + sequence + edge
    return [sequence[start : start + w] for start in range(len(sequence) - w + 1)]


def _windows(sequences: list[str], w: float, ends: str) -> list[str]:
    return [window for one in sequences for window in _windows_of(one, int(w), ends)]


def _joined(sequences: list[str], w: float, ends: str) -> list[str]:
    """The mistake of windows that straddle two chains."""
    return _windows_of("".join(sequences), int(w), ends)


def _centres(windows: list[str]) -> list[str]:
    return [window[len(window) // 2] for window in windows]


def _first_letters(windows: list[str]) -> list[str]:
    return [window[0] for window in windows]


def _counts(sequences: list[str], w: float, ends: str) -> list[int]:
    """The windows of each sequence."""
    if ends == "padded":
        return [len(one) for one in sequences]
    return [max(0, len(one) - int(w) + 1) for one in sequences]


def _count(sequences: list[str], w: float, ends: str) -> int:
    return sum(_counts(sequences, w, ends))


def _one_less(sequences: list[str], w: float, ends: str) -> int:
    return sum(max(0, count - 1) for count in _counts(sequences, w, ends))


def _other_count(sequences: list[str], w: float, ends: str) -> int:
    return _count(sequences, w, OTHER_ENDS[ends])


def _count_work(sequences: list[str], w: float, ends: str) -> list[Work]:
    terms = [
        num(len(one)) if ends == "padded" else rf"\max(0, {len(one)} - {num(w)} + 1)"
        for one in sequences
    ]
    return [Work((), " + ".join(terms))]


def check(sequences: Any, w: float, A: float) -> None:
    """Texts of letters, an odd window, and no more windows than can be looked at."""
    if not isinstance(sequences, list) or not sequences:
        raise GivenError(
            '\'sequences\' is a list of texts, such as ["MVHLT", "MLSPA"].', where="sequences"
        )
    for sequence in sequences:
        if not isinstance(sequence, str) or not sequence.isalpha():
            raise GivenError(
                f"'sequences' holds {quoted(sequence)}; a sequence is a text of letters.",
                where="sequences",
            )
    if not 1 <= w <= _LARGEST or w % 2 == 0:
        raise GivenError("'w' must be an odd number of letters from 1 upwards.", where="w")
    if not 1 <= A <= _LARGEST:
        raise GivenError(f"'A' must be from 1 to {_LARGEST}.", where="A")
    letters = sum(map(len, sequences))
    if letters > MOST_ENTRIES or letters * w > _MOST_LETTERS:
        raise GivenError(
            f"'sequences' would make windows of more than {_MOST_LETTERS} letters; shorten them.",
            where="sequences",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One sequence of five, two with windows of three, three with windows of five."""
    shortest, longest, count, w = {1: (5, 5, 1, 3), 2: (5, 7, 2, 3), 3: (6, 9, 3, 5)}[level]
    lengths = rng.integers(shortest, longest + 1, size=count)
    draws = [rng.choice(list(_RESIDUES), size=length) for length in lengths]
    return {"sequences": ["".join(draw.tolist()) for draw in draws], "w": w, "A": 21}


def avoid(windows: list[str], centres: list[str]) -> str | None:
    """Windows that begin with the letter in their middle, every one of them."""
    return "first letters are the centres" if _first_letters(windows) == centres else None


FAMILY = Family(
    id="sliding-window",
    topic="bioinformatics-encoding",
    title="Sliding windows over sequences",
    task=(
        "List the windows of all sequences in order (- is the padding symbol) and the letter each "
        "label belongs to, count them, and give the shape of the one-hot input, N × I."
    ),
    sources=("mcb",),
    givens=(
        Given("sequences", "s", "sequences of letters", kind="raw"),
        Given("w", "w", "window length, odd", kind="integer"),
        Given(
            "A",
            "A",
            "size of the alphabet with the padding symbol (21 for proteins)",
            kind="integer",
        ),
    ),
    conventions={"ends": ("padded", "valid")},
    steps=(
        Step(
            "windows",
            "Windows, sequence after sequence",
            r"(s_{t-h}, \ldots, s_{t+h}), \quad h = \frac{w-1}{2}",
            _windows,
            kind="text",
        ),
        Step("centres", "Letter of the label", r"s_t", _centres, kind="text"),
        Step(
            "count",
            "Number of windows",
            r"N = \sum L \text{ (valid: } \sum \max(0, L - w + 1) \text{)}",
            _count,
            final=True,
            kind="integer",
            work=_count_work,
            formula_for=Among(
                "ends", {"padded": r"N = \sum L", "valid": r"N = \sum \max(0, L - w + 1)"}
            ),
        ),
        Step(
            "input_size",
            "Input units",
            r"I = w \, A",
            lambda w, A: w * A,
            kind="integer",
            work=lambda w, A: [Work((), rf"{num(w)} \cdot {num(A)}")],
        ),
        Step(
            "shape",
            "Shape of the input matrix",
            r"N \times I",
            lambda count, input_size: np.array([count, input_size]),
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "off-by-one",
            "count",
            _one_less,
            "One window per sequence is missing: there are L of them when padded, L - w + 1 when "
            "not.",
            when=lambda count: count > 0,
        ),
        Slip(
            "other-rule",
            "count",
            _other_count,
            "This is the number of windows of the other convention (padding or no padding).",
            when=lambda w: w > 1,
        ),
        Slip(
            "first-letter-as-centre",
            "centres",
            _first_letters,
            "The label belongs to the MIDDLE letter of the window.",
            when=lambda windows, centres: _first_letters(windows) != centres,
        ),
        Slip(
            "chains-joined",
            "windows",
            _joined,
            "Here each sequence is windowed on its own; the mcb drawing joins the chains with a "
            "separator.",
            when=lambda sequences, w, ends, windows: _joined(sequences, w, ends) != windows,
        ),
        Slip(
            "sizes-added",
            "input_size",
            lambda w, A: w + A,
            "Every window position has its own one-hot block: multiply.",
            when=lambda w, A: w + A != w * A,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("pl-qs-input", "pl-sliding-window", "pl-window-separator"),
)
