"""What a formula is, apart from how it is written or shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias


class Kind(Enum):
    """How an atom behaves towards its neighbours (the atom classes of TeX, and a few more)."""

    ORDINARY = auto()
    BINARY = auto()
    UNARY = auto()
    RELATION = auto()
    OPEN = auto()
    CLOSE = auto()
    PUNCTUATION = auto()
    BAR = auto()
    """Opens or closes, depending on where it stands: ``|`` and ``‖``."""
    SLASH = auto()
    DOTS = auto()
    NAME = auto()
    """An upright word that is a quantity or is called: it is an operand, yet keeps its distance."""
    FUNCTION = auto()
    BIG = auto()
    """Takes all the following product as its operand: Σ, or max with a subscript."""
    TEXT = auto()
    FENCED = auto()
    SPACE = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side; an empty row is an empty group."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One variable, Latin, Greek or any other printable letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, perhaps with a decimal point."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign: an operator, a relation, a delimiter, a punctuation mark."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Name:
    """An upright word that stands for a quantity, such as loss or KL."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    """An upright name that takes an argument, such as log.

    ``limits`` says that its subscript goes below it.
    """

    name: str
    limits: bool = False


@dataclass(frozen=True, slots=True)
class BigOperator:
    """A sum, a product or an integral; ``limits`` is False for the integral."""

    symbol: str
    limits: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """Words inside a formula, with the spaces at their ends."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """An explicit space, in terminal cells; a negative thin space has 0."""

    cells: int


@dataclass(frozen=True, slots=True)
class Styled:
    """A letter or name in another alphabet: ``style`` is bold, roman, blackboard or script."""

    style: str
    body: Node


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript, a superscript, primes, or several of these."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Fraction:
    r"""A quotient; ``small`` is True for ``\\tfrac``, which stays on the line when stacked."""

    top: Node
    bottom: Node
    small: bool = False


@dataclass(frozen=True, slots=True)
class Binomial:
    """The number of ways to choose ``bottom`` of ``top``."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A root; ``degree`` is None for the square root."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over one letter; ``mark`` is the combining character."""

    mark: str
    body: Node


@dataclass(frozen=True, slots=True)
class Line:
    """A line over or under any expression."""

    body: Node
    over: bool


@dataclass(frozen=True, slots=True)
class Brace:
    """A horizontal brace under an expression; the subscript of it is its label."""

    body: Node


@dataclass(frozen=True, slots=True)
class Fenced:
    """An expression between delimiters that grow with it; "" is an invisible delimiter."""

    left: str
    body: Node
    right: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells, all of one length, between delimiters ("" for none)."""

    left: str
    rows: tuple[tuple[Node, ...], ...]
    right: str


@dataclass(frozen=True, slots=True)
class Cases:
    """A choice of one or two cells a row: the value and its condition."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lines of a derivation; the cells of a row meet at the alignment marks."""

    rows: tuple[tuple[Node, ...], ...]


Node: TypeAlias = (
    Row
    | Letter
    | Number
    | Symbol
    | Name
    | Operator
    | BigOperator
    | Text
    | Space
    | Styled
    | Scripts
    | Fraction
    | Binomial
    | Root
    | Accent
    | Line
    | Brace
    | Fenced
    | Matrix
    | Cases
    | Aligned
)

EMPTY = Row(())


def items_of(node: Node) -> tuple[Node, ...]:
    """The nodes of a row, or the node itself as a row of one."""
    return node.items if isinstance(node, Row) else (node,)
