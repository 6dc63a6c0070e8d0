"""Where a formula written on one line needs parentheses that a fraction bar made needless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext.ast import (
    Accent,
    Binomial,
    Fenced,
    Fraction,
    Kind,
    Letter,
    Line,
    Matrix,
    Name,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    Text,
    items_of,
)
from quizapp.mathtext.spacing import classify, core

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FACTOR_BEFORE = {Kind.ORDINARY, Kind.CLOSE, Kind.FENCED, Kind.NAME, Kind.FUNCTION, Kind.SLASH}
_FACTOR_AFTER = {
    Kind.ORDINARY, Kind.OPEN, Kind.FENCED, Kind.FUNCTION, Kind.BIG, Kind.SLASH,
}  # fmt: skip
_FUNCTION_LETTERS = frozenset("fgpqPσφϕ")
_IN_A_TERM = {Kind.ORDINARY, Kind.NAME, Kind.FENCED, Kind.SPACE, Kind.OPEN, Kind.CLOSE}


def is_numerator(node: Node) -> bool:
    """Whether the node can stand before a slash as it is: a product, perhaps with a sign."""
    items = _visible(node)
    if not items or isinstance(core(items[0]), Fraction):
        return False
    kinds = classify(items)
    depth = 0
    for index, kind in enumerate(kinds):
        depth -= kind is Kind.CLOSE
        applied = kinds[index + 1 : index + 2] in ([Kind.OPEN], [Kind.FENCED])
        signed = index == 0 and kind is Kind.UNARY
        called = kind is Kind.FUNCTION and (applied or len(items) == 1)
        word = kind is Kind.TEXT and len(items) == 1 and is_factor(items[0])
        if depth <= 0 and not (kind in _IN_A_TERM or signed or called or word):
            return False
        depth += kind is Kind.OPEN
    return True


def is_denominator(node: Node) -> bool:
    """Whether the node can stand after a slash as it is: one factor, a call, a differential."""
    items = _visible(node)
    if len(items) == 1:
        return is_factor(items[0])
    if not items:
        return False
    if len(items) == 2 and _is_differential(items[0]):
        return is_factor(items[1])
    kinds = classify(items)
    if kinds[0] in {Kind.FUNCTION, Kind.NAME}:
        return _is_one_group(kinds[1:])
    if _is_called(items[0]) and Kind.BINARY not in kinds:
        return _is_one_group(kinds[1:])
    return _is_one_group(kinds)


def is_factor(node: Node) -> bool:
    """Whether the node is one factor whatever stands beside it."""
    match core(node):
        case Letter() | Number() | Name() | Operator() | Accent():
            return True
        case Root() | Binomial() | Fenced() | Matrix():
            return True
        case Scripts(base):
            return is_factor(base) or (isinstance(base, Row) and len(base.items) > 1)
        case Text(text):
            return " " not in text.strip()
        case Symbol(kind=kind):
            return kind is Kind.ORDINARY
        case Line() as line:
            return line.over
        case _:
            return False


def is_radicand(node: Node) -> bool:
    """Whether the node can stand after a root sign without parentheses."""
    match core(node):
        case Letter() | Number() | Accent():
            return True
        case Scripts(base, sub, sup, primes):
            return sub is not None and sup is None and not primes and is_radicand(base)
        case _:
            return False


def has_factor_before(kinds: Sequence[Kind], index: int) -> bool:
    """Whether the item is multiplied by, or an argument of, what stands before it."""
    return _neighbour(reversed(kinds[:index])) in _FACTOR_BEFORE


def has_factor_after(items: Sequence[Node], kinds: Sequence[Kind], index: int) -> bool:
    """Whether the item is multiplied by what stands after it, or is under its factorial."""
    factorial = items[index + 1 : index + 2] == (Symbol("!", Kind.CLOSE),)
    return factorial or _neighbour(kinds[index + 1 :]) in _FACTOR_AFTER


def _neighbour(kinds: Iterable[Kind]) -> Kind | None:
    return next((kind for kind in kinds if kind is not Kind.SPACE), None)


def _visible(node: Node) -> tuple[Node, ...]:
    return tuple(item for item in items_of(node) if not isinstance(item, Space))


def _is_differential(node: Node) -> bool:
    base = core(node)
    base = core(base.base) if isinstance(base, Scripts) else base
    return isinstance(base, Symbol | Letter) and base.text in {"∂", "d"}


def _is_called(node: Node) -> bool:
    """Whether a letter before parentheses is read as a function: f(x), but not N(N − 1)."""
    base = core(node)
    base = core(base.base) if isinstance(base, Scripts) else base
    return isinstance(base, Letter) and base.text in _FUNCTION_LETTERS


def _is_one_group(kinds: Sequence[Kind]) -> bool:
    """Whether the kinds are one pair of parentheses with its contents, or one fenced node."""
    if len(kinds) == 1:
        return kinds[0] is Kind.FENCED
    depth = 0
    for index, kind in enumerate(kinds):
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        if depth <= 0:
            return index == len(kinds) - 1 and kind is Kind.CLOSE
    return False
