"""How the atoms of a row behave towards each other, and the cells between them.

The rules are TeX's (The TeXbook, ch. 18), with one cell for its medium and thick spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext.ast import (
    BigOperator,
    Cases,
    Fenced,
    Kind,
    Matrix,
    Name,
    Node,
    Number,
    Operator,
    Scripts,
    Space,
    Styled,
    Symbol,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE_OPERAND = {
    None, Kind.BINARY, Kind.UNARY, Kind.RELATION, Kind.OPEN, Kind.PUNCTUATION, Kind.FUNCTION,
    Kind.BIG, Kind.SLASH, Kind.TEXT,
}  # fmt: skip
_SIGNS = frozenset("+−±∓")
_AFTER_OPERAND = {None, Kind.RELATION, Kind.CLOSE, Kind.PUNCTUATION}
_OPERATORS = {Kind.NAME, Kind.FUNCTION, Kind.BIG, Kind.TEXT}
_OPERANDS = {Kind.ORDINARY, Kind.CLOSE, Kind.FENCED, Kind.DOTS, *_OPERATORS}
_OPENING = {Kind.OPEN, Kind.FENCED}
_ENDING = {Kind.CLOSE, Kind.PUNCTUATION, Kind.SLASH}


def core(node: Node) -> Node:
    """The node without its alphabet."""
    while isinstance(node, Styled):
        node = node.body
    return node


def kind_of(node: Node) -> Kind:
    """How a node behaves before its neighbours are known."""
    match core(node):
        case Symbol(kind=kind):
            return kind
        case Name():
            return Kind.NAME
        case Operator():
            return Kind.FUNCTION
        case BigOperator():
            return Kind.BIG
        case Text():
            return Kind.TEXT
        case Space():
            return Kind.SPACE
        case Fenced() | Matrix() | Cases():
            return Kind.FENCED
        case Scripts(base, sub):
            kind = kind_of(base)
            named = core(base)
            takes_all = isinstance(named, Operator) and named.limits and sub is not None
            return Kind.BIG if takes_all else kind
        case _:
            return Kind.ORDINARY


def classify(items: Sequence[Node]) -> list[Kind]:
    """The kind of every item once its neighbours are known.

    A binary operator without two operands is unary (or an ordinary sign at the end), and a bar
    opens or closes.
    """
    kinds = [kind_of(item) for item in items]
    following = _following(kinds)
    previous: Kind | None = None
    bars: list[list[str]] = [[]]
    for index, kind in enumerate(kinds):
        resolved = kind
        if kind is Kind.SPACE:
            continue
        if kind is Kind.BINARY:
            named = previous is Kind.TEXT and _ends_in_word(items, index)
            before = Kind.ORDINARY if named else previous
            resolved = _resolve_binary(items[index], before, following[index])
        elif kind is Kind.BAR:
            resolved = _resolve_bar(items[index], previous, bars[-1])
        elif kind is Kind.OPEN:
            bars.append([])
        elif kind is Kind.CLOSE and len(bars) > 1:
            bars.pop()
        kinds[index] = previous = resolved
    return kinds


def _ends_in_word(items: Sequence[Node], index: int) -> bool:
    """Whether the text before an item is the name of something, as in ``weights + biases``."""
    before = core(items[index - 1])
    if isinstance(before, Scripts):
        return isinstance(core(before.base), Text)
    return isinstance(before, Text) and before.text[-1:].isalnum()


def _following(kinds: Sequence[Kind]) -> list[Kind | None]:
    """For every item the kind of the next one that is not a space."""
    result: list[Kind | None] = []
    coming: Kind | None = None
    for kind in reversed(kinds):
        result.append(coming)
        if kind is not Kind.SPACE:
            coming = kind
    result.reverse()
    return result


def _resolve_binary(item: Node, previous: Kind | None, following: Kind | None) -> Kind:
    if following in _AFTER_OPERAND:
        return Kind.ORDINARY
    if previous not in _BEFORE_OPERAND:
        return Kind.BINARY
    if isinstance(item, Symbol) and item.text in _SIGNS:
        return Kind.UNARY
    return Kind.BINARY if previous is Kind.FUNCTION else Kind.ORDINARY


def _resolve_bar(item: Node, previous: Kind | None, opened: list[str]) -> Kind:
    scripted = isinstance(item, Scripts)
    symbol = core(item.base if isinstance(item, Scripts) else item)
    sign = symbol.text if isinstance(symbol, Symbol) else ""
    if sign in opened and (scripted or previous not in _BEFORE_OPERAND):
        opened.remove(sign)
        return Kind.CLOSE
    if not scripted:
        opened.append(sign)
    return Kind.OPEN


def gaps(items: Sequence[Node], kinds: Sequence[Kind], *, tight: bool) -> list[int]:
    """The cells before every item; ``tight`` is the spacing inside scripts."""
    result = [0] * len(items)
    for index in range(1, len(items)):
        result[index] = _gap(kinds[index - 1], kinds[index], tight=tight)
        left, right = items[index - 1], items[index]
        if isinstance(left, Number) and isinstance(right, Number):
            result[index] = 1
        elif (isinstance(left, Text) and not _is_word(left.text[-1:], ")%")) or (
            isinstance(right, Text) and not _is_word(right.text[:1], "(%")
        ):
            result[index] = 0
    return result


def _is_word(character: str, others: str) -> bool:
    return character.isalnum() or character in set(others)


def _gap(left: Kind, right: Kind, *, tight: bool) -> int:
    if Kind.SPACE in {left, right}:
        return 0
    if left in _OPERATORS:
        return _gap_after_operator(left, right, tight=tight)
    if right in _OPERATORS and left in _OPERANDS:
        return 1
    if tight or left is Kind.OPEN or right in _ENDING:
        return 0
    if Kind.RELATION in {left, right}:
        return int(left is not right)
    if Kind.BINARY in {left, right} or left is Kind.PUNCTUATION:
        return 1
    dots = Kind.DOTS in {left, right}
    return int(dots and left is not Kind.SLASH)


def _gap_after_operator(left: Kind, right: Kind, *, tight: bool) -> int:
    if right in _ENDING:
        return 0
    if right in {Kind.RELATION, Kind.BINARY}:
        return int(not tight or left is Kind.TEXT)
    return int(left is Kind.BIG or right not in _OPENING)
