"""Independent solvers of the families on sequences as numbers, and problems for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = "ACDEFGHIKLMNPQRSTVWYacgtnu-*äπ 0123456789"


def onehot_flatten(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    """A 1 wherever a letter meets itself; the vector is walked through place by place."""
    sequence, alphabet = g["sequence"], g["alphabet"]
    length, slots = len(sequence), len(alphabet)
    flat = []
    for place in range(length * slots):
        if c["flatten"] == "row-major":
            row, slot = divmod(place, slots)
        else:
            slot, row = divmod(place, length)
        flat.append(int(sequence[row] == alphabet[slot]))
    onehot = [[int(letter == slot) for slot in alphabet] for letter in sequence]
    return {"onehot": onehot, "flat": flat}


def _onehot_flatten(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    alphabet = [str(a) for a in rng.permutation(list(_LETTERS))[: int(rng.integers(1, 31))]]
    length = int(rng.integers(1, 60))
    return {
        "sequence": "".join(str(letter) for letter in rng.choice(alphabet, size=length)),
        "alphabet": "".join(alphabet),
    }


def sliding_window(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    """Letter by letter: the window around a place, padding wherever the sequence is left."""
    reach = (int(g["w"]) - 1) // 2
    windows, centres = [], []
    for sequence in g["sequences"]:
        letters = dict(enumerate(sequence))
        for middle, letter in letters.items():
            around = [letters.get(middle + off, "-") for off in range(-reach, reach + 1)]
            if c["ends"] == "valid" and "-" in around:
                continue
            windows.append("".join(around))
            centres.append(letter)
    units = sum(int(g["A"]) for _ in range(int(g["w"])))
    return {
        "windows": windows,
        "centres": centres,
        "count": len(windows),
        "input_size": units,
        "shape": [len(windows), units],
    }


def _sliding_window(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    """Sequences shorter than the window among them."""
    lengths = rng.integers(1, 40, size=int(rng.integers(1, 6)))
    return {
        "sequences": ["".join(rng.choice(list("ACDEFGHIKL"), size=n).tolist()) for n in lengths],
        "w": 1 + 2 * int(rng.integers(0, 8)),
        "A": int(rng.integers(2, 30)),
    }


ORACLES = {"onehot-flatten": onehot_flatten, "sliding-window": sliding_window}
DRAWS = {"onehot-flatten": _onehot_flatten, "sliding-window": _sliding_window}
