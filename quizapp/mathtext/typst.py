"""A formula as source of Typst's maths, for paper.

Every sign is written out by this module: letters and digits as themselves, all that Typst
could read as anything else escaped, words as string literals. So the source cannot do more
than show the formula, whoever wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext.ast import (
    Accent,
    Aligned,
    BigOperator,
    Binomial,
    Brace,
    Cases,
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
    Styled,
    Symbol,
    Text,
    items_of,
)
from quizapp.mathtext.parse import parse
from quizapp.mathtext.spacing import classify, core, gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BIG = {"Σ": "∑", "Π": "∏"}
_STYLES = {"bold": "bold", "roman": "upright", "blackboard": "bb", "script": "cal"}
_ACCENTS = {
    "\u0302": "hat", "\u0304": "macron", "\u0303": "tilde", "\u20d7": "arrow", "\u0307": "dot",
    "\u0308": "dot.double",
}  # fmt: skip
_SPACES = {0: "", 1: "med", 2: "quad"}
_DELIMITING = {Kind.OPEN, Kind.CLOSE}
_SPACED = {Kind.RELATION, Kind.BINARY, Kind.UNARY, Kind.PUNCTUATION}
"""Around these Typst leaves its own gap; one of ours would take its place."""
_CLASSES = {
    Kind.OPEN: "opening", Kind.CLOSE: "closing", Kind.RELATION: "relation",
    Kind.PUNCTUATION: "punctuation", Kind.BINARY: "binary", Kind.UNARY: "unary",
}  # fmt: skip
_OF_MANY_CLASSES = frozenset("|‖:")
"""Signs that Typst cannot know the class of: norms, conditions and ratios look alike."""


def typst(node_or_latex: Node | str) -> str:
    """Return the source of the formula, without dollars; MathError if its LaTeX is unreadable."""
    node = parse(node_or_latex) if isinstance(node_or_latex, str) else node_or_latex
    if isinstance(node, Aligned):
        return " \\ ".join(_cells(row, " & ") for row in node.rows)
    return _math(node)


def literal(text: str) -> str:
    r"""Return a string literal of Typst that stands for exactly this text."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"


def _math(node: Node) -> str:
    match node:
        case Row(items):
            return _row(items)
        case Letter(text):
            return text if text.isalpha() else literal(text)
        case Number(text):
            return text
        case Symbol(text, kind):
            return _symbol(text, kind)
        case Name(text):
            return f"op({literal(text)})"
        case Operator(name, limits):
            return f"op({literal(name)}, limits: #true)" if limits else f"op({literal(name)})"
        case BigOperator(symbol):
            return _BIG.get(symbol, symbol)
        case Text(text):
            return literal(text)
        case Space(cells):
            return _SPACES.get(cells, "wide")
        case Styled(style, body):
            return f"{_STYLES[style]}({_argument(body)})"
        case Scripts():
            return _scripts(node)
        case Fraction(top, bottom, small):
            quotient = f"frac({_argument(top)}, {_argument(bottom)})"
            return f"inline({quotient})" if small else quotient
        case Binomial(top, bottom):
            return f"binom({_argument(top)}, {_argument(bottom)})"
        case Root(body, None):
            return f"sqrt({_argument(body)})"
        case Root(body, degree):
            return f"root({_argument(degree or Row(()))}, {_argument(body)})"
        case Accent(mark, body):
            return f"accent({_argument(body)}, {_ACCENTS[mark]})"
        case Line(body, over):
            return f"{'overline' if over else 'underline'}({_argument(body)})"
        case Brace(body):
            return f"underbrace({_argument(body)})"
        case Fenced(left, body, right):
            return f"lr({_delimiter(left)} {_math(body)} {_delimiter(right)})"
        case Matrix(left, rows, right):
            return _matrix(left, rows, right)
        case Cases(rows):
            return f"cases({', '.join(_cells(row, ' & quad ') for row in rows)})"
        case Aligned(rows):  # as a part of a formula; Typst aligns only whole ones by itself
            return f"mat(delim: #none, {'; '.join(_cells(row, ' & ') for row in rows)})"


def _argument(node: Node) -> str:
    """A node as an argument of a function; what is empty is the empty string there."""
    return _math(node) or '""'


def _cells(row: Iterable[Node], between: str) -> str:
    return between.join(map(_argument, row))


# Rows ------------------------------------------------------------------------------------


def _row(items: Sequence[Node]) -> str:
    kinds = classify(items)
    spaces = gaps(items, kinds, tight=False)
    parts: list[str] = []
    for index, item in enumerate(items):
        text = _in_context(item, kinds[index])
        apart = spaces[index] and not {kinds[index - 1], kinds[index]} & _SPACED
        if text and parts and apart and _are_words(items[index - 1], item):
            parts.append("med")
        parts.append(text)
    return _joined(filter(None, parts))


def _in_context(item: Node, kind: Kind) -> str:
    """One item of a row; a bar, and a sign grouped by braces, look at what they are there."""
    match core(item):
        case Symbol("|" | "‖" as text) | Scripts(Symbol("|" | "‖" as text)) if kind in _DELIMITING:
            bar = _symbol(text, kind)
            node = core(item)
            return _attached(bar, node) if isinstance(node, Scripts) else bar
        case Row((Symbol(text),)):  # {,} and {=} have lost their spacing
            return f'class("normal", {_sign(text)})'
        case _:
            return _math(item)


def _are_words(left: Node, right: Node) -> bool:
    """Whether the two are read apart, yet set without a gap by Typst."""
    two_numbers = isinstance(left, Number) and isinstance(right, Number)
    return two_numbers or isinstance(left, Text) or isinstance(right, Text)


def _joined(parts: Iterable[str]) -> str:
    """The parts with blanks between them, but for string literals: there a blank would show."""
    line = ""
    for part in parts:
        line += part if not line or line.endswith('"') or part.startswith('"') else f" {part}"
    return line


def _symbol(text: str, kind: Kind) -> str:
    if text in _OF_MANY_CLASSES:
        return f'class("{_CLASSES.get(kind, "normal")}", {_sign(text)})'
    return _sign(text)


def _sign(text: str) -> str:
    """The sign, so that Typst reads no syntax in it."""
    if text == "*":
        return "∗"
    return text if not text.isascii() and text not in "⌊⌋⌈⌉⟨⟩‖" else f"\\{text}"


def _delimiter(sign: str) -> str:
    return f"\\{sign}" if sign else ""


# Scripts and tables ----------------------------------------------------------------------


def _scripts(node: Scripts) -> str:
    base = core(node.base)
    if isinstance(base, Brace) and node.sub is not None and node.sup is None and not node.primes:
        return f"underbrace({_argument(base.body)}, {_argument(node.sub)})"
    return _attached(_base(node.base), node)


def _attached(base: str, node: Scripts) -> str:
    above = [f"primes(#{node.primes})"] if node.primes else []
    above += [_argument(node.sup)] if node.sup is not None else []
    parts = [base]
    if above:
        parts.append(f"t: {_joined(above)}")
    if node.sub is not None:
        parts.append(f"b: {_argument(node.sub)}")
    return f"attach({', '.join(parts)})"


def _base(node: Node) -> str:
    """The base of scripts, in parentheses where they would seem to belong to a part of it."""
    inner = core(node)
    compound = isinstance(inner, Row) and len(inner.items) > 1
    if compound or isinstance(inner, Fraction | Scripts):
        return f"lr(\\( {_math(node)} \\))"
    return _argument(node)


def _matrix(left: str, rows: Sequence[Sequence[Node]], right: str) -> str:
    if not all(_is_number(cell) for row in rows for cell in row):
        return f"mat(delim: {_pair(left, right)}, {'; '.join(_cells(row, ', ') for row in rows)})"
    columns = [aligned_cells(column) for column in zip(*rows, strict=True)]
    lines = (", ".join(row) for row in zip(*columns, strict=True))
    # The blank before the semicolon keeps it from ending a #hide(...), as code does.
    return f"mat(delim: {_pair(left, right)}, align: #right, {' ; '.join(lines)})"


def aligned_cells(column: Sequence[Node]) -> list[str]:
    """The cells of a column to be set flush right; numbers get the room of decimals they lack.

    So the decimal points of a column stand in line.
    """
    tails = [_decimals(cell) if _is_number(cell) else "" for cell in column]
    longest = max(tails, key=len, default="")
    return [
        _argument(cell) + (f"#hide({literal(longest[len(tail) :])})" if short else "")
        for cell, tail in zip(column, tails, strict=True)
        for short in (_is_number(cell) and len(tail) < len(longest),)
    ]


def _decimals(cell: Node) -> str:
    """The decimal point of a number and what stands after it, as zeros."""
    number = items_of(cell)[-1]
    _, point, digits = number.text.partition(".") if isinstance(number, Number) else ("", "", "")
    return point + "0" * len(digits)


def _pair(left: str, right: str) -> str:
    return f"#({', '.join(literal(sign) if sign else 'none' for sign in (left, right))})"


def _is_number(cell: Node) -> bool:
    match items_of(cell):
        case (Number(),):
            return True
        case (Symbol("+" | "−"), Number()):
            return True
        case _:
            return False
