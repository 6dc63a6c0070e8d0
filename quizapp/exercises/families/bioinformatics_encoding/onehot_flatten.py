"""One-hot encoding of a sequence, flattened by rows or by columns (Qian and Sejnowski 1988)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step
from quizapp.exercises.shapes import MOST_ENTRIES

OTHER_ORDER = {"row-major": "column-major", "column-major": "row-major"}
# Hydrophobic and polar residues, purines and pyrimidines.
_PAIRS = ("AB", "HP", "RY")
_BASES = ("ACGT", "ACGU")


def _onehot(sequence: str, alphabet: str) -> Any:
    slots = {letter: slot for slot, letter in enumerate(alphabet)}
    return np.eye(len(alphabet))[[slots[letter] for letter in sequence]]


def _reversed_slots(sequence: str, alphabet: str) -> Any:
    return _onehot(sequence, alphabet[::-1])


def _transposed(sequence: str, alphabet: str) -> Any:
    return _onehot(sequence, alphabet).T


def _flat(onehot: Any, flatten: str) -> Any:
    return np.ravel(onehot, order="C" if flatten == "row-major" else "F")


def _other_flat(onehot: Any, flatten: str) -> Any:
    return _flat(onehot, OTHER_ORDER[flatten])


def _differ(a: Any, b: Any) -> bool:
    return not np.array_equal(a, b)


def check(sequence: Any, alphabet: Any) -> None:
    """Texts; the letters of the alphabet differ and are all that the sequence is made of."""
    for name, text in (("sequence", sequence), ("alphabet", alphabet)):
        if not isinstance(text, str) or not text:
            raise GivenError(f"'{name}' must be a text of at least one letter.", where=name)
    twice = [letter for letter, count in Counter(alphabet).items() if count > 1]
    if twice:
        raise GivenError(f"'alphabet' holds {quoted(twice[0])} more than once.", where="alphabet")
    if len(sequence) * len(alphabet) > MOST_ENTRIES:
        raise GivenError(
            f"'sequence' would make more than {MOST_ENTRIES} entries; shorten it.",
            where="sequence",
        )
    strange = [letter for letter in sequence if letter not in alphabet]
    if strange:
        raise GivenError(
            f"'sequence' holds {quoted(strange[0])}, which has no slot in the alphabet.",
            where="sequence",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """3 letters of an alphabet of two, then 5 bases, then 6 bases with the slots in any order."""
    alphabet = str(rng.choice(_PAIRS if level == 1 else _BASES))
    if level == 3:
        alphabet = "".join(rng.permutation(list(alphabet)).tolist())
    length = {1: 3, 2: 5, 3: 6}[level]
    sequence = "".join(rng.choice(list(alphabet), size=length).tolist())
    return {"sequence": sequence, "alphabet": alphabet}


def avoid(sequence: str, flat: Any, onehot: Any, flatten: str) -> str | None:
    """Sequences that read the same in another order."""
    if len(set(sequence)) < 2:
        return "one letter only"
    if np.array_equal(flat, flat[::-1]):
        return "palindromic encoding"
    return None if _differ(flat, _other_flat(onehot, flatten)) else "same in both orders"


FAMILY = Family(
    id="onehot-flatten",
    topic="bioinformatics-encoding",
    title="One-hot encoding and flattening of a sequence",
    task=(
        "Write the sequence as a one-hot matrix with one row per letter and the slots in the "
        "order of the alphabet, and flatten it into one vector."
    ),
    sources=("mcb",),
    givens=(
        Given("sequence", "s", "sequence of letters", kind="raw"),
        Given("alphabet", r"\Sigma", "alphabet, its letters in slot order", kind="raw"),
    ),
    conventions={"flatten": ("row-major", "column-major")},
    steps=(
        Step(
            "onehot",
            "One-hot matrix, one letter per row",
            r"x_{ia} = \begin{cases} 1 & s_i \text{ is letter } a \text{ of the alphabet} \\ "
            r"0 & \text{else} \end{cases}",
            _onehot,
            kind="integer",
        ),
        Step(
            "flat",
            "Flattened input vector",
            r"[x_{11}, x_{12}, \ldots, x_{LA}] \text{ (by columns: } "
            r"[x_{11}, x_{21}, \ldots, x_{LA}] \text{)}",
            _flat,
            final=True,
            kind="integer",
            formula_for=Among(
                "flatten",
                {
                    "row-major": r"[x_{11}, x_{12}, \ldots, x_{LA}]",
                    "column-major": r"[x_{11}, x_{21}, \ldots, x_{LA}]",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "other-order",
            "flat",
            _other_flat,
            "The matrix was flattened in the other order (transposed).",
            when=lambda onehot, flat, flatten: _differ(_other_flat(onehot, flatten), flat),
        ),
        Slip(
            "alphabet-reversed",
            "onehot",
            _reversed_slots,
            "The slots are in the wrong order: the alphabet was read from the other end.",
            when=lambda sequence, alphabet, onehot: _differ(
                _reversed_slots(sequence, alphabet), onehot
            ),
        ),
        Slip(
            "matrix-transposed",
            "onehot",
            _transposed,
            "One row per LETTER of the sequence: the matrix is transposed.",
            when=lambda sequence, alphabet: len(sequence) != len(alphabet),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("flatten-order", "onehot-slot-order"),
    items=(
        "pl-onehot-2",
        "pl-onehot-3",
        "pl-dna-onehot",
        "pl-flatten-rowmajor",
        "pl-flatten-transpose",
        "pl-rna-onehot",
    ),
)
