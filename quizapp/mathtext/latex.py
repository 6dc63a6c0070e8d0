r"""A formula as plain LaTeX for Markdown: what GitHub, Obsidian and Pandoc agree on.

The subset of the courses has macros of its own (\softmax, \E), and GitHub reads Markdown inside
its formulas: a backslash before a punctuation mark is lost there (\, and \{), ``_`` after a
brace may begin emphasis, ``[a](b)`` is a link and ``<b`` a tag, ``~x~`` is struck out. So formulas
are written without any of these.
"""

from __future__ import annotations

import re
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
)
from quizapp.mathtext.parse import parse
from quizapp.mathtext.spacing import classify, core, gaps
from quizapp.mathtext.symbols import ACCENTS, ALPHABETS, BIG, FUNCTIONS, LETTERS, MATRICES, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Sequence

_OWN_LETTERS = {"E"}
_OWN_FUNCTIONS = {"softmax", "sign", "sgn", "ReLU", "argmax", "argmin"}
_LETTER_NAMES = {
    sign: name for name, sign in LETTERS.items() if name not in {"omicron", *_OWN_LETTERS}
}
_STANDARD_FUNCTIONS = FUNCTIONS.keys() - _OWN_FUNCTIONS
_BIG_NAMES = {symbol: name for name, (symbol, _) in BIG.items()}
_ACCENT_NAMES = {mark: name for name, mark in ACCENTS.items()}
_STYLES = {"bold": "mathbf", "roman": "mathrm", "blackboard": "mathbb", "script": "mathcal"}
_ENVIRONMENTS = {sides: name for name, sides in MATRICES.items()}
_SPACES = {0: "", 1: "~", 2: r"\quad"}
_SIGNS = {
    **{sign: f"\\{name}" for name, (sign, _) in reversed(SYMBOLS.items()) if name.isalpha()},
    **{sign: f"\\{sign}" for sign in "%#&$_"},
    "−": "-", "<": "<", ">": ">", "|": r"\vert", "{": r"\lbrace", "}": r"\rbrace",
    "‖": r"\Vert", "′": r"\prime", "*": r"\ast", ":": ":", "\\": r"\backslash",
}  # fmt: skip
_SIDED = {
    ("|", Kind.OPEN): r"\lvert", ("|", Kind.CLOSE): r"\rvert", ("|", Kind.RELATION): r"\mid",
    ("‖", Kind.OPEN): r"\lVert", ("‖", Kind.CLOSE): r"\rVert",
    (":", Kind.PUNCTUATION): r"\colon",
}  # fmt: skip
_BARS = frozenset("|‖")
_SPACED = {Kind.RELATION, Kind.BINARY, Kind.UNARY, Kind.PUNCTUATION, Kind.SPACE}
"""Around these LaTeX leaves a gap of its own."""
_SPECIAL_IN_TEXT = frozenset("#$%&_{}")
_ENDS_IN_MACRO = re.compile(r"\\[A-Za-z]+$")


def latex(node_or_latex: Node | str) -> str:
    """Return the formula as LaTeX, without dollars; MathError if its source cannot be read.

    It has line breaks only within environments, after each of their rows.
    """
    node = parse(node_or_latex) if isinstance(node_or_latex, str) else node_or_latex
    return _latex(node).strip("~ ")


def has_rows(node_or_latex: Node | str) -> bool:
    """Whether the formula has an environment with rows, so that it needs lines of its own."""
    return "\n" in latex(node_or_latex)


def _latex(node: Node) -> str:
    match node:
        case Row(items):
            return _row(items)
        case Letter(text):
            return f"\\{_LETTER_NAMES[text]}" if text in _LETTER_NAMES else _letter(text)
        case Number(text):
            return text
        case Symbol(text, kind):
            return _SIDED.get((text, kind)) or _SIGNS.get(text, text)
        case Name(text):
            return _upright(text)
        case Operator(name, limits):
            return _operator(name, limits=limits)
        case BigOperator(symbol):
            return f"\\{_BIG_NAMES[symbol]}"
        case Text(text):
            return f"\\text{{{_words(text)}}}"
        case Space(cells):
            return _SPACES.get(cells, r"\qquad")
        case Styled(style, body):
            return f"\\{_STYLES[style]}{_group(body)}"
        case Scripts():
            return _scripts(_base(node.base), node)
        case Fraction(top, bottom, small):
            return f"\\{'tfrac' if small else 'frac'}{_group(top)}{_group(bottom)}"
        case Binomial(top, bottom):
            return f"\\binom{_group(top)}{_group(bottom)}"
        case Root(body, degree):
            return f"\\sqrt{'' if degree is None else f'[{_group(degree)}]'}{_group(body)}"
        case Accent(mark, body):
            return f"\\{_ACCENT_NAMES[mark]}{_group(body)}"
        case Line(body, over):
            return f"\\{'overline' if over else 'underline'}{_group(body)}"
        case Brace(body):
            return f"\\underbrace{_group(body)}"
        case Fenced(left, body, right):
            return f"\\left{_delimiter(left)} {_latex(body)} \\right{_delimiter(right)}"
        case Matrix(left, rows, right):
            return _environment(_ENVIRONMENTS[left, right], rows)
        case Cases(rows):
            return _environment("cases", rows)
        case Aligned(rows):
            return _environment("aligned", rows)


def _group(node: Node) -> str:
    return _braced(_latex(node))


def _braced(source: str) -> str:
    """The source in braces; a ~ keeps its distance, for Markdown strikes out what it touches."""
    return f"{{ {source} }}" if source[:1] == "~" or source[-1:] == "~" else f"{{{source}}}"


def _letter(text: str) -> str:
    """A letter as itself; one of another alphabet by the macro that makes it."""
    for style, alphabet in ALPHABETS.items():
        for plain, styled in alphabet.items():
            if styled == text:
                return f"\\{_STYLES[style]}{{{plain}}}"
    return text


# Rows ------------------------------------------------------------------------------------


def _row(items: Sequence[Node]) -> str:
    kinds = classify(items)
    spaces = gaps(items, kinds, tight=False)
    line, before = "", Kind.SPACE
    for index, item in enumerate(items):
        text, kind = _in_context(item, kinds[index]), kinds[index]
        if not text:
            continue
        if line and spaces[index] and _needs_space(items[index - 1], item, kinds[index - 1], kind):
            line += " ~"
            before = Kind.SPACE
        line += f" {text}" if line and _apart(line, text, before, kind) else text
        before = kind
    return line


def _apart(line: str, part: str, before: Kind, kind: Kind) -> bool:
    """Whether a blank keeps two parts from being read as one, or as Markdown, or just helps."""
    last, first = line[-1], part[0]
    if "~" in {last, first} or (first.isalnum() and _ENDS_IN_MACRO.search(line)):
        return True
    if before is Kind.UNARY or first in ")],;!" or last in "([":
        return False
    if {before, kind} & {Kind.BINARY, Kind.RELATION, Kind.SPACE}:
        return True
    if first in "([":
        return not (last.isalnum() or last in "})")
    return not (last.isalnum() and first.isalnum())


def _in_context(item: Node, kind: Kind) -> str:
    """One item of a row; a bar looks at whether it opens or closes."""
    match item:
        case Symbol(text) if text in _BARS:
            return _latex(Symbol(text, kind))
        case Scripts(Symbol(text)) if text in _BARS:
            return _scripts(_latex(Symbol(text, kind)), item)
        case Row((Symbol(),)):  # {,} and {=} have lost their spacing
            return _group(item)
        case _:
            return _latex(item)


def _needs_space(left: Node, right: Node, before: Kind, kind: Kind) -> bool:
    """Whether LaTeX would set the two without a gap although they are read as two."""
    if {before, kind} & _SPACED:
        return False
    if isinstance(left, Number) and isinstance(right, Number):
        return True
    named = core(left.base) if isinstance(left, Scripts) else core(left)
    own = isinstance(named, Operator) and named.name not in _STANDARD_FUNCTIONS
    return own or isinstance(left, Text | Name) or isinstance(right, Text | Name)


def _operator(name: str, *, limits: bool) -> str:
    if name in _STANDARD_FUNCTIONS:
        return f"\\{name}"
    return f"\\mathop{{{_upright(name)}}}" if limits else _upright(name)


def _upright(name: str) -> str:
    return f"\\{'text' if ' ' in name else 'mathrm'}{{{name}}}"


def _words(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SPECIAL_IN_TEXT else sign for sign in text)


def _delimiter(sign: str) -> str:
    if not sign:
        return "."
    shown = _SIGNS.get(sign, sign)
    return {"<": r"\langle", ">": r"\rangle"}.get(shown, shown)


# Scripts and tables ----------------------------------------------------------------------


def _scripts(base: str, node: Scripts) -> str:
    """The base with its scripts; a blank before ``_`` where Markdown could read emphasis."""
    primed = r"\prime" * node.primes
    above = "" if node.sup is None else _latex(node.sup)
    text = base
    if node.sub is not None:
        text += ("_" if base[-1:].isalnum() else " _ ") + _group(node.sub)
    if primed or node.sup is not None:
        text += f"^{_braced(' '.join(filter(None, (primed, above))))}"
    return text


def _base(node: Node) -> str:
    """The base of scripts, in parentheses where they would seem to belong to a part of it."""
    inner = core(node)
    compound = isinstance(inner, Row) and len(inner.items) > 1
    if compound or isinstance(inner, Fraction | Scripts):
        return f"\\left( {_latex(node)} \\right)"
    # A ~ must touch nothing, and a blank carries scripts as nothing does.
    return "~ {}" if isinstance(inner, Space) else _latex(node) or "{}"


def _environment(name: str, rows: Sequence[Sequence[Node]]) -> str:
    r"""The rows, each on a line of its own: GitHub keeps ``\\`` only at the end of a line."""
    lines = [" & ".join(map(_latex, row)) for row in rows]
    if len(lines) == 1:
        return f"\\begin{{{name}}} {lines[0]} \\end{{{name}}}"
    between = " \\\\\n"
    return f"\\begin{{{name}}}\n{between.join(lines)}\n\\end{{{name}}}"
