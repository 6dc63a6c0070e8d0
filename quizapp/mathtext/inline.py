"""A formula on one line.

Bold, upright and italic letters look alike here: a terminal's text has one face. Everything
else keeps its meaning, if need be by parentheses that the two-dimensional form does without.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from quizapp.mathtext import scripts
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
from quizapp.mathtext.grouping import (
    has_factor_after,
    has_factor_before,
    is_denominator,
    is_numerator,
    is_radicand,
)
from quizapp.mathtext.parse import parse
from quizapp.mathtext.spacing import classify, core, gaps
from quizapp.mathtext.symbols import ALPHABETS

_VULGAR = {("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾"}
_CALLING = {Kind.FUNCTION, Kind.NAME}
_OVERLINE, _UNDERLINE = "\u0305", "\u0332"


def inline(node_or_latex: Node | str) -> str:
    """Return the formula on one line, NFC; raises MathError if its LaTeX cannot be read."""
    if isinstance(node_or_latex, str):
        return _inline_latex(node_or_latex)
    return unicodedata.normalize("NFC", _text(node_or_latex)).strip()


def inline_script(node: Node) -> str:
    """Return a node as it stands in a script or a limit: without spaces around operators."""
    return unicodedata.normalize("NFC", _text(node, tight=True)).strip()


@lru_cache(maxsize=4096)
def _inline_latex(latex: str) -> str:
    return inline(parse(latex))


def _text(node: Node, *, tight: bool = False) -> str:
    match node:
        case Row(items):
            return _row(items, tight=tight)
        case Letter(text) | Number(text) | Symbol(text) | Name(text) | Text(text):
            return text
        case Operator(name):
            return name
        case BigOperator(symbol):
            return symbol
        case Space(cells):
            return " " * cells
        case Styled(style, body):
            return _styled(style, body, tight=tight)
        case Scripts():
            return _scripted(node, tight=tight)
        case Fraction():
            return _fraction(node, tight=tight)
        case Root():
            return _root(node, tight=tight)
        case Accent(mark, body):
            return _text(body, tight=tight) + mark
        case Line(body, over):
            mark = _OVERLINE if over else _UNDERLINE
            return "".join(
                character if unicodedata.combining(character) else character + mark
                for character in _text(body, tight=tight)
            )
        case Brace(body):
            text = _text(body, tight=tight)
            return f"{text}⏟" if is_denominator(body) else f"({text})⏟"
        case Binomial(top, bottom):
            return f"({_text(top, tight=tight)} choose {_text(bottom, tight=tight)})"
        case Fenced(left, Matrix("", rows), right):
            return f"{left}{_cells(rows)}{right}"
        case Fenced(left, body, right):
            return f"{left}{_text(body, tight=tight)}{right}"
        case Matrix(left, rows, _):
            edges = "||" if left == "|" else "[]"
            return f"{edges[0]}{_cells(rows)}{edges[1]}"
        case Cases(rows):
            return f"{{{'; '.join(map(_case, rows))}}}"
        case Aligned(rows):
            lines = (tuple(item for cell in row for item in items_of(cell)) for row in rows)
            return "; ".join(_row(line, tight=tight).strip() for line in lines)


def _row(items: tuple[Node, ...], *, tight: bool) -> str:
    kinds = classify(items)
    spaces = gaps(items, kinds, tight=tight)
    parts: list[str] = []
    for index, item in enumerate(items):
        text = _in_context(items, kinds, index, tight=tight)
        space = spaces[index]
        if parts and text:
            if kinds[index - 1] in _CALLING and text.startswith("("):
                space = 0
            if not space and _runs_together(items[index - 1], parts[-1], item, text):
                space = 1
        parts.append(" " * space + text)
    return "".join(parts)


def _in_context(items: tuple[Node, ...], kinds: list[Kind], index: int, *, tight: bool) -> str:
    """One item of a row; quotients and roots look at their neighbours."""
    node = core(items[index])
    if isinstance(node, Fraction):
        before, after = has_factor_before(kinds, index), has_factor_after(items, kinds, index)
        vulgar = None if tight else _vulgar(node)
        if vulgar is not None and not _touches_a_number(items, index):
            return vulgar
        quotient = _quotient(node, tight=tight)
        return f"({quotient})" if before or after or vulgar is not None else quotient
    if isinstance(node, Root) and has_factor_after(items, kinds, index):
        return _root(node, tight=tight, fenced=kinds[index + 1] is not Kind.SLASH)
    return _text(items[index], tight=tight)


def _runs_together(left: Node, left_text: str, right: Node, right_text: str) -> bool:
    """Whether a script on the line, or the degree of a root, would swallow its neighbour."""
    if isinstance(right, Root) and right.degree is not None:
        return left_text[-1].isalnum() or left_text[-1] in ")]}|"
    if isinstance(left, Scripts) and isinstance(left.base, Brace):
        return True
    scripted = isinstance(core(left), Scripts | Root)
    if not (scripted and left_text[-1].isalnum() and right_text[0].isalnum()):
        return False
    return not scripts.ends_raised_or_lowered(left_text)


def _touches_a_number(items: tuple[Node, ...], index: int) -> bool:
    """Whether 3½ would be read for 3 · ½."""
    return any(isinstance(item, Number) for item in items[max(index - 1, 0) : index + 2])


# Quotients and roots


def _fraction(node: Fraction, *, tight: bool) -> str:
    return (None if tight else _vulgar(node)) or _quotient(node, tight=tight)


def _vulgar(node: Fraction) -> str | None:
    match node:
        case Fraction(Number(top), Number(bottom)):
            return _VULGAR.get((top, bottom))
        case _:
            return None


def _quotient(node: Fraction, *, tight: bool) -> str:
    top, bottom = _text(node.top, tight=tight), _text(node.bottom, tight=tight)
    left = top if is_numerator(node.top) else f"({top})"
    right = bottom if is_denominator(node.bottom) else f"({bottom})"
    return f"{left}/{right}"


def _root(node: Root, *, tight: bool, fenced: bool = False) -> str:
    degree = "" if node.degree is None else _text(node.degree, tight=True)
    sign = scripts.root_sign(degree)
    if sign is None:
        return f"({_text(node.body, tight=tight)})^(1/{scripts.on_line('', degree)})"
    if not fenced and is_radicand(node.body):
        return sign + _radicand(node.body, tight=tight)
    return f"{sign}({_text(node.body, tight=tight)})"


def _radicand(node: Node, *, tight: bool) -> str:
    """A letter under a root; its subscript stays in full size: √d_k, for √dₖ seems (√d)ₖ."""
    body = core(node)
    if isinstance(body, Scripts) and isinstance(body.sub, Letter):
        return _base(body.base, tight=tight) + scripts.on_line("_", _text(body.sub, tight=True))
    return _text(node, tight=tight)


# Scripts


def _scripted(node: Scripts, *, tight: bool) -> str:
    base = _base(node.base, node, tight=tight) + scripts.primes(node.primes)
    sub = "" if node.sub is None else _lowered(node.sub)
    if node.sup is None:
        return base + sub
    return base + sub + _raised(node.sup, beside_line=sub.startswith("_"))


def _base(base: Node, node: Scripts | None = None, *, tight: bool) -> str:
    """The base of scripts, in parentheses if they would otherwise seem to belong to a part."""
    text = _text(base, tight=tight)
    match core(base):
        case Row(items) if len(items) > 1:
            return f"({text})"
        case Fraction() | Root() | Line():
            return f"({text})"
        case Scripts(sup=None, primes=0) if node and not node.sub:
            return text if scripts.ends_raised_or_lowered(text) else f"({text})"
        case Scripts():
            return f"({text})"
        case _:
            return text


def raised_or_lowered(node: Node) -> tuple[str | None, str | None, str]:
    """The node as superscript, as subscript (None where Unicode lacks a character), and plain."""
    text = inline_script(node)
    word = scripts.longest_word(node)
    return (
        scripts.raised(text) if word <= 2 else None,
        scripts.lowered(text) if word <= 1 else None,
        text,
    )


def _raised(node: Node, *, beside_line: bool) -> str:
    """A superscript; after a subscript on the line it stays on the line too: σ_B^2."""
    raised, _, text = raised_or_lowered(node)
    if raised is not None and not beside_line:
        return raised
    return scripts.on_line("^", text, word=scripts.longest_word(node) == len(text))


def _lowered(node: Node) -> str:
    _, lowered, text = raised_or_lowered(node)
    return lowered or scripts.on_line("_", text)


# Letters, tables


def _styled(style: str, body: Node, *, tight: bool) -> str:
    alphabet = ALPHABETS.get(style)
    text = _text(body, tight=tight)
    return text if alphabet is None else alphabet[text]


def _cells(rows: tuple[tuple[Node, ...], ...]) -> str:
    """1 2; 3 4, with commas where a cell contains a space itself."""
    texts = [[_text(cell).strip() for cell in row] for row in rows]
    comma = any(" " in cell or not cell for row in texts for cell in row)
    return "; ".join((", " if comma else " ").join(row) for row in texts)


def _case(row: tuple[Node, ...]) -> str:
    value = _text(row[0]).strip()
    if len(row) == 1:
        return value
    condition = _text(row[1]).strip()
    worded = isinstance(items_of(row[1])[0] if items_of(row[1]) else None, Text)
    return f"{value} {condition}" if worded or not condition else f"{value} if {condition}"
