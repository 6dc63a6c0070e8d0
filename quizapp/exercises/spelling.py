"""Words as they are compared: without what does not matter, each with a number of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.exercises.family import Value
    from quizapp.exercises.values import Floats

_HYPHENS = str.maketrans(dict.fromkeys("−–—‐‑‒―﹣－", "-"))
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])(?:-|\s)+(?=[^\W\d_])")
_DIGEST_BITS = 52


def folded(word: str) -> str:
    """A word without what does not matter: capitals, needless blanks, the kind of its hyphens."""
    plain = " ".join(word.translate(_HYPHENS).casefold().split())
    return _BETWEEN_LETTERS.sub("-", plain)


@lru_cache(maxsize=4096)
def digest(word: str) -> float:
    """The number that stands for a word, exact as a float; words that fold alike share it."""
    raw = blake2b(folded(word).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return float(int.from_bytes(raw, "big") >> (64 - _DIGEST_BITS))


class Words:
    """The spelling of words by their digests; the first one learnt counts."""

    def __init__(self) -> None:
        self._spelling: dict[float, str] = {}

    def learn(self, value: Value) -> None:
        """Remember every word of a value."""
        for word in leaves(value):
            if isinstance(word, str):
                self._spelling.setdefault(digest(word), word)

    def __contains__(self, number: float) -> bool:
        """Whether a number stands for a word that was learnt."""
        return number in self._spelling

    def spell(self, number: float) -> str:
        """The word for which a number stands. Raises KeyError for one not learnt."""
        return self._spelling[number]


def known_words(array: Floats, words: Words) -> frozenset[str]:
    """The folded words of an array whose words were learnt."""
    numbers = set(array.reshape(-1).tolist())
    return frozenset(folded(words.spell(number)) for number in numbers if number in words)


def leaves(value: Value) -> Iterator[Any]:
    """The entries of a nested value, in order."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from leaves(part)
    else:
        yield value
