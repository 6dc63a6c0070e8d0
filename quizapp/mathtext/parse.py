"""From LaTeX to a tree: the subset that courses on neural networks use.

Whatever is not in the subset is an error with its place, never a guess. The scanner caps the
length, the parser the depth, and every token is read once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp.mathtext import environments, symbols
from quizapp.mathtext.ast import (
    EMPTY,
    BigOperator,
    Binomial,
    Brace,
    Fenced,
    Fraction,
    Letter,
    Line,
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
from quizapp.mathtext.errors import MathError
from quizapp.mathtext.letters import accented, styled
from quizapp.mathtext.scan import Scanner
from quizapp.mathtext.unknown import refuse_macro
from quizapp.mathtext.words import unescaped, upright

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 60
"""Deeper nesting than any formula has; it keeps the recursion far from Python's limit."""

_NO_STOP: frozenset[str] = frozenset()
_BRACE = frozenset({"}"})
_BRACKET = frozenset({"]"})
_RIGHT = frozenset({"\\right"})
_CELL = frozenset({"&", "\\\\", "\\end"})
_NEVER_AN_ARGUMENT = _BRACE | _RIGHT | _CELL | {"", "^", "_", "'", "\\right"}
_STRAY = {
    "}": "A } closes nothing here; remove it or write \\} for the sign.",
    "&": "& stands only between the cells of an environment; write \\& for the sign.",
    "\\\\": "\\\\ stands only between the rows of an environment.",
    "\\right": "\\right closes nothing here; write \\left( ... \\right).",
    "\\end": "\\end closes nothing here; write \\begin{...} before it.",
    "%": "% starts a comment in LaTeX; write \\% for the sign.",
    "#": "# has no meaning here; write \\# for the sign.",
    "$": "$ inside a formula; write \\$ for the sign.",
    "\\": "A backslash stands alone at the end; remove it or name a macro.",
    '"': 'The character " is not part of a formula; put words into \\text{...}.',
    "`": "The character ` is not part of a formula; put words into \\text{...}.",
}


def parse(latex: str) -> Node:
    """Return the tree of a formula; raises MathError with the column of what cannot be read."""
    return _parse(latex)


@lru_cache(maxsize=4096)
def _parse(latex: str) -> Node:
    return _Parser(latex).formula()


class _Parser:
    def __init__(self, latex: str) -> None:
        self.scan = Scanner(latex)
        self.depth = 0
        self.structures: dict[str, Callable[[str, int], Node]] = {
            "\\frac": self._fraction,
            "\\dfrac": self._fraction,
            "\\tfrac": self._fraction,
            "\\binom": self._fraction,
            "\\sqrt": self._root,
            "\\overline": self._line,
            "\\underline": self._line,
            "\\underbrace": self._line,
            "\\text": self._text,
            "\\sym": self._text,  # a symbol that no course has given: its name, in words
            "\\mathrm": self._name,
            "\\operatorname": self._name,
            "\\left": self._fenced,
            "\\begin": self._environment,
        }

    def formula(self) -> Node:
        return self._row(_NO_STOP)

    # Rows and scripts

    def _row(self, stops: frozenset[str]) -> Node:
        """Everything up to one of the stops, which is left as the current sign."""
        items: list[Node] = []
        while self.scan.current and self.scan.current not in stops:
            items.extend(self._scripted())
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _scripted(self) -> tuple[Node, ...]:
        """One atom with its scripts; a group without scripts dissolves into its row."""
        sign = self.scan.current
        if sign in {"^", "_", "'"}:
            return (self._scripts(EMPTY),)
        if sign == "{":
            node = self._group()
            if self.scan.current in {"^", "_", "'"}:
                return (self._scripts(node),)
            # {,} and {=} lose their spacing by being grouped; everything else only dissolves.
            return (Row((node,)),) if isinstance(node, Symbol) else items_of(node)
        node = Number(self.scan.number()) if _is_digit(sign) else self._atom()
        if self.scan.current not in {"^", "_", "'"}:
            return items_of(node)
        if isinstance(node, Space):
            return (node, self._scripts(EMPTY))
        return (self._scripts(node),)

    def _scripts(self, base: Node) -> Node:
        found: dict[str, Node] = {}
        primes = 0
        while self.scan.current in {"^", "_", "'"}:
            mark, column = self.scan.current, self.scan.column
            if mark in found or (mark == "'" and "^" in found):
                what = "subscripts" if mark == "_" else "superscripts"
                raise MathError(f"Two {what} on one base; put one of them in braces.", column)
            self.scan.advance()
            if mark == "'":
                primes += 1
            else:
                found[mark] = self._argument(f"x{mark}{{...}}", column, last=True)
        return Scripts(base, found.get("_"), found.get("^"), primes)

    # Atoms

    def _atom(self) -> Node:
        sign, column = self.scan.current, self.scan.column
        if sign in _STRAY:
            raise MathError(_STRAY[sign], column)
        structure = self.structures.get(sign)
        if structure is not None:
            self.scan.advance()
            return structure(sign[1:], column)
        if sign.startswith("\\"):
            return self._macro(sign[1:], column)
        self.scan.advance()
        if _is_digit(sign):
            return Number(sign)
        if sign in symbols.CHARACTERS:
            return Symbol(*symbols.CHARACTERS[sign])
        return Space(1) if sign == "~" else Letter(sign)

    def _macro(self, name: str, column: int) -> Node:
        self.scan.advance()
        if name.isspace():
            return Space(symbols.SPACES[" "])
        if name in symbols.LETTERS:
            return Letter(symbols.LETTERS[name])
        if name in symbols.SYMBOLS:
            return Symbol(*symbols.SYMBOLS[name])
        if name in symbols.FUNCTIONS:
            return Operator(*symbols.FUNCTIONS[name])
        if name in symbols.BIG:
            return BigOperator(*symbols.BIG[name])
        if name in symbols.SPACES:
            return Space(symbols.SPACES[name])
        if name in symbols.ACCENTS:
            return accented(name, self._argument(f"\\{name}", column, last=True), column)
        if name in symbols.STYLES:
            return styled(name, self._argument(f"\\{name}", column, last=True), column)
        refuse_macro(name, column)
        return None

    # Groups and arguments

    def _group(self) -> Node:
        column = self.scan.column
        self.scan.advance()
        node = self._nested(_BRACE, column)
        if self.scan.current != "}":
            raise MathError("A { is never closed; write the } that belongs to it.", column)
        self.scan.advance()
        return node

    def _nested(self, stops: frozenset[str], column: int) -> Node:
        self._enter(column)
        node = self._row(stops)
        self.depth -= 1
        return node

    def _enter(self, column: int) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"The formula nests deeper than {MAX_DEPTH} levels; simplify it."
            raise MathError(message, column)

    def _argument(self, macro: str, column: int, *, last: bool) -> Node:
        """What a macro applies to: a group in braces, or the next single sign."""
        if self.scan.current == "{":
            return self._group()
        if self.scan.current in _NEVER_AN_ARGUMENT:
            usage = symbols.USAGE.get(macro[1:])
            hint = f"write {usage}" if usage else "put it in braces"
            raise MathError(f"{macro} lacks an argument; {hint}.", column)
        digit = _is_digit(self.scan.current)
        self._enter(column)
        node = self._atom()
        self.depth -= 1
        if digit and last and self.scan.joined and _is_digit(self.scan.current):
            # TeX takes the first digit alone, which no author of x^10 means.
            raise MathError(f"{macro} takes only the first digit; use braces.", column)
        return node

    # Macros with a structure of their own

    def _fraction(self, name: str, column: int) -> Node:
        top = self._argument(f"\\{name}", column, last=False)
        bottom = self._argument(f"\\{name}", column, last=True)
        if name == "binom":
            return Binomial(top, bottom)
        return Fraction(top, bottom, small=name == "tfrac")

    def _root(self, name: str, column: int) -> Node:
        degree = None
        if self.scan.current == "[":
            self.scan.advance()
            degree = self._nested(_BRACKET, column)
            if self.scan.current != "]":
                raise MathError("The [ of \\sqrt is never closed; write \\sqrt[n]{x}.", column)
            self.scan.advance()
        return Root(self._argument(f"\\{name}", column, last=True), degree)

    def _line(self, name: str, column: int) -> Node:
        body = self._argument(f"\\{name}", column, last=True)
        return Brace(body) if name == "underbrace" else Line(body, over=name == "overline")

    def _text(self, name: str, column: int) -> Node:
        words = self.scan.braced_words() if self.scan.current == "{" else None
        if words is None:
            raise MathError(f"\\{name} lacks its words; write \\{name}{{words}}.", column)
        return Text(unescaped(words, column))

    def _name(self, name: str, column: int) -> Node:
        starred = name == "operatorname" and self.scan.current == "*"
        if starred:
            self.scan.advance()
        body = self._argument(f"\\{name}", column, last=True)
        letters = upright(body)
        if name == "operatorname":
            if letters is not None:
                return Operator(letters, limits=starred)
            message = "\\operatorname takes a name of letters; write \\operatorname{name}."
            raise MathError(message, column)
        if letters is not None and len(letters) > 1:
            return Name(letters)
        return styled(name, body, column)

    def _fenced(self, name: str, column: int) -> Node:
        left = self._delimiter(name)
        body = self._nested(_RIGHT, column)
        if self.scan.current != "\\right":
            raise MathError("\\left is never closed; write \\left( ... \\right).", column)
        self.scan.advance()
        return Fenced(left, body, self._delimiter("right"))

    def _delimiter(self, name: str) -> str:
        delimiter = symbols.DELIMITERS.get(self.scan.current)
        if delimiter is None:
            message = f"\\{name} lacks a delimiter; write \\{name}( or \\{name}. for none."
            raise MathError(message, self.scan.column)
        self.scan.advance()
        return delimiter

    def _environment(self, name: str, column: int) -> Node:
        environment = self._environment_name(name, column)
        self._enter(column)
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self._row(_CELL))
            stop = self.scan.current
            if stop == "\\end":
                break
            if not stop:
                message = f"\\begin{{{environment}}} is never closed; write \\end{{{environment}}}."
                raise MathError(message, column)
            self.scan.advance()
            if stop == "\\\\":
                rows.append([])
        self.depth -= 1
        end = self.scan.column
        self.scan.advance()
        closing = self._environment_name("end", end)
        if closing != environment:
            message = f"\\end{{{closing}}} closes \\begin{{{environment}}}; make them agree."
            raise MathError(message, end)
        return environments.build(environment, rows, column)

    def _environment_name(self, macro: str, column: int) -> str:
        name = self.scan.braced_name()
        if name is None:
            raise MathError(f"\\{macro} lacks a name; write {symbols.USAGE[macro]}.", column)
        environments.require(name, column)
        return name


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()
