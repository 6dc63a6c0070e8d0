"""A small evaluator for the LaTeX that worked solutions are written in.

It reads the subset that they may use and refuses everything else, so that a substitution
that a student could not follow fails a test.
"""

from __future__ import annotations

import math
import re

_TOKEN = re.compile(r"\s*(\\[a-z]+|\d+(?:\.\d+)?|[-+(){},^e])")
_FUNCTIONS = {"\\ln": math.log, "\\sin": math.sin, "\\cos": math.cos, "\\tanh": math.tanh}


def evaluate(latex: str) -> float:
    """The value of an arithmetic expression in LaTeX; ValueError for anything else."""
    tokens: list[str] = []
    at = 0
    text = latex.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"cannot read {text[at : at + 20]!r} in {latex!r}")
        tokens.append(found.group(1))
        at = found.end()
    reader = _Reader(tokens, latex)
    value = reader.sum()
    reader.end()
    return value


class _Reader:
    def __init__(self, tokens: list[str], latex: str) -> None:
        self.tokens = tokens
        self.latex = latex
        self.at = 0

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.next
        self.at += 1
        return token

    def demand(self, token: str) -> None:
        if self.take() != token:
            raise ValueError(f"{token!r} is missing in {self.latex!r}")

    def end(self) -> None:
        if self.next:
            raise ValueError(f"{self.next!r} is left over in {self.latex!r}")

    def sum(self) -> float:
        value = self.signed_product()
        while self.next in {"+", "-"}:
            value += self.signed_product(sign=1.0 if self.take() == "+" else -1.0)
        return value

    def signed_product(self, sign: float = 1.0) -> float:
        if self.next == "-":  # only in front of a sum, or as "a + -b", which nobody writes
            if self.at and self.tokens[self.at - 1] not in {"(", "{", ","}:
                raise ValueError(f"two signs in a row in {self.latex!r}")
            self.take()
            sign = -sign
        value = self.power()
        while self.next == "\\cdot":
            self.take()
            value *= self.power()
        return sign * value

    def power(self) -> float:
        base = self.atom()
        if self.next == "^":
            self.take()
            return float(base ** self.braced())
        return base

    def atom(self) -> float:
        symbol = self.take()
        if symbol == "e":
            return math.e
        if symbol == "(":
            value = self.sum()
            self.demand(")")
            return value
        if symbol == "\\frac":
            above = self.braced()
            return above / self.braced()
        if symbol == "\\sqrt":
            return math.sqrt(self.braced())
        if symbol == "\\max":
            return max(self.arguments())
        if symbol in _FUNCTIONS:
            return _FUNCTIONS[symbol](*self.arguments())
        if symbol[:1].isdigit():
            return float(symbol)
        raise ValueError(f"{symbol!r} stands where a number belongs in {self.latex!r}")

    def braced(self) -> float:
        self.demand("{")
        value = self.sum()
        self.demand("}")
        return value

    def arguments(self) -> list[float]:
        self.demand("(")
        values = [self.sum()]
        while self.next == ",":
            self.take()
            values.append(self.sum())
        self.demand(")")
        return values
