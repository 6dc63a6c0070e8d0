"""A formula in two dimensions, as on paper."""

from __future__ import annotations

import re
from functools import lru_cache

from quizapp.mathtext import scripts, tables
from quizapp.mathtext.ast import (
    EMPTY,
    Aligned,
    BigOperator,
    Binomial,
    Brace,
    Cases,
    Fenced,
    Fraction,
    Kind,
    Line,
    Matrix,
    Node,
    Operator,
    Root,
    Row,
    Scripts,
    Space,
    Text,
    items_of,
)
from quizapp.mathtext.block import Block, beside, joined, ruled, stack
from quizapp.mathtext.delimiters import fenced
from quizapp.mathtext.inline import inline, inline_script, raised_or_lowered
from quizapp.mathtext.parse import parse
from quizapp.mathtext.spacing import classify, core, gaps
from quizapp.mathtext.tables import matrix_block
from quizapp.mathtext.width import width

__all__ = ["Block", "beside", "matrix_block", "stacked"]

_CLOSING = {Kind.CLOSE, Kind.PUNCTUATION}
_NUMBER = re.compile(r"[+−]?[0-9.]+")


def stacked(node_or_latex: Node | str) -> Block:
    """Return the formula as a block; raises MathError if its LaTeX cannot be read."""
    if isinstance(node_or_latex, str):
        return _stacked_latex(node_or_latex)
    return _block(node_or_latex)


@lru_cache(maxsize=1024)
def _stacked_latex(latex: str) -> Block:
    return _block(parse(latex))


def gains_by_stacking(node: Node) -> bool:
    """Whether the formula has a fraction, a sum with limits, a matrix or cases on its line."""
    match core(node):
        case Row(items):
            return any(map(gains_by_stacking, items))
        case Fraction(small=small):
            return not small
        case Matrix() | Cases() | Aligned() | Binomial():
            return True
        case Scripts(base):
            return _has_limits(base) or gains_by_stacking(base)
        case Fenced(body=body) | Root(body=body) | Line(body=body) | Brace(body=body):
            return gains_by_stacking(body)
        case _:
            return False


def _has_limits(base: Node) -> bool:
    operator = core(base)
    return isinstance(operator, BigOperator) and operator.limits


def _block(node: Node) -> Block:
    match core(node):
        case Row(items):
            return _row(items)
        case Fraction(top, bottom, small=False):
            return _fraction(_block(top), _block(bottom))
        case Scripts() as scripted:
            return _scripted(scripted)
        case Root() as root:
            return _root(root)
        case Fenced(left, body, right):
            return fenced(left, _block(body), right)
        case Line(body, over) if width(inline(body)) > 1:
            return _lined(_block(body), over=over)
        case Brace(body):
            return _braced(_block(body))
        case Binomial(top, bottom):
            upper, lower = _block(top), _block(bottom)
            return fenced("(", stack((upper, Block(("",)), lower), upper.height), ")")
        case Matrix(left, rows, right):
            return _matrix(left, rows, right)
        case Cases(rows):
            return _cases(rows)
        case Aligned(rows):
            return _aligned(rows)
        case Space(cells):
            return Block((" " * cells,))
        case Text(text):
            return Block((text,))
        case _:
            return Block((inline(node),))


def _row(items: tuple[Node, ...]) -> Block:
    if not items:
        return Block(("",))
    kinds = classify(items)
    spaces = gaps(items, kinds, tight=False)
    for index in range(1, len(items)):
        # A bar must not run into a minus sign or another bar.
        barred = _is_barred(items[index - 1]) or _is_barred(items[index])
        if barred and kinds[index] not in _CLOSING and kinds[index - 1] is not Kind.OPEN:
            spaces[index] = max(spaces[index], 1)
    return joined([_block(item) for item in items], spaces)


def _is_barred(node: Node) -> bool:
    fraction = core(node)
    return isinstance(fraction, Fraction) and not fraction.small


def _fraction(top: Block, bottom: Block) -> Block:
    bar = "─" * (max(top.width, bottom.width) + 2)
    return stack((top, Block((bar,)), bottom), top.height)


# Scripts


def _scripted(node: Scripts) -> Block:
    base = core(node.base)
    if isinstance(base, BigOperator) and base.limits:
        return _limits(base.symbol + scripts.primes(node.primes), node.sub, node.sup)
    if isinstance(base, Brace) and node.sub is not None and node.sup is None:
        body = _braced(_block(base.body))
        return stack((body, Block((inline(node.sub),))), body.baseline)
    sup, sub = _form(node.sup, 0), _form(node.sub, 1)
    if isinstance(base, Operator) and base.limits and sub is None and node.sup is None:
        return _limits(base.name + scripts.primes(node.primes), node.sub, None)
    block = _base(node.base)
    if block.height > 1:
        return _beside_tall(block, node)
    if sup is not None and sub is not None:
        return Block((inline(node),))
    line = block.lines[0] + scripts.primes(node.primes)
    above = [] if sup is not None else [_plain(node.sup)]
    below = [] if sub is not None else [_plain(node.sub)]
    column = ruled([*above, (sub or "") + (sup or ""), *below], len(above))
    return joined((Block((line,)), column), (0, 0))


def _form(script: Node | None, position: int) -> str | None:
    """The script as characters, "" for no script, None where Unicode lacks one.

    ``position`` is 0 for a superscript, 1 for a subscript.
    """
    return "" if script is None else raised_or_lowered(script)[position]


def _plain(script: Node | None) -> str:
    return "" if script is None else inline_script(script)


def _base(base: Node) -> Block:
    block = _block(base)
    inner = core(base)
    compound = isinstance(inner, Row) and len(inner.items) > 1
    if compound or isinstance(inner, Fraction | Root | Line | Scripts):
        return fenced("(", block, ")")
    return block


def _beside_tall(base: Block, node: Scripts) -> Block:
    """Scripts at the upper and lower corner of a base of several lines."""
    column = [""] * base.height
    sup = _form(node.sup, 0)
    column[0] = scripts.primes(node.primes) + (_plain(node.sup) if sup is None else sup)
    sub = _form(node.sub, 1)
    column[-1] = _plain(node.sub) if sub is None else sub
    return joined((base, ruled(column, base.baseline)), (0, 0))


def _limits(sign: str, sub: Node | None, sup: Node | None) -> Block:
    above = [] if sup is None else [Block((_plain(sup),))]
    below = [] if sub is None else [Block((_plain(sub),))]
    return stack((*above, Block((sign,)), *below), len(above))


# Lines and roots


def _root(node: Root) -> Block:
    body = _block(node.body)
    degree = "" if node.degree is None else inline_script(node.degree)
    if body.height > 1:
        tick = degree or "╲"
        pad = " " * width(tick)
        roof = f"{pad}┌{'─' * body.width}"
        stems = [f"{pad}│{line}" for line in body.lines[:-1]]
        return ruled([roof, *stems, f"{tick}│{body.lines[-1]}"], body.baseline + 1)
    sign = scripts.root_sign(degree)
    if sign is None:
        return ruled([f"{degree} {'_' * body.width}", f"{' ' * width(degree)}√{body.lines[0]}"], 1)
    return ruled([" " * width(sign) + "_" * body.width, sign + body.lines[0]], 1)


def _lined(body: Block, *, over: bool) -> Block:
    if over:
        return stack((Block(("_" * body.width,)), body), body.baseline + 1)
    return stack((body, Block(("‾" * body.width,))), body.baseline)


def _braced(body: Block) -> Block:
    wide = max(body.width, 3)
    left = (wide - 3) // 2
    brace = f"╰{'─' * left}┬{'─' * (wide - 3 - left)}╯"
    return stack((body, Block((brace,))), body.baseline)


# Tables


def _matrix(left: str, rows: tuple[tuple[Node, ...], ...], right: str) -> Block:
    cells = [[_block(cell) for cell in row] for row in rows]
    sides = "".join(map(_side, zip(*cells, strict=True)))
    lines = tables.grid(cells, sides)
    body = tables.pile(lines, apart=any(line.height > 1 for line in lines))
    return fenced(left, body, right, padding=1)


def _side(column: tuple[Block, ...]) -> str:
    numbers = all(_NUMBER.fullmatch(cell.lines[0]) for cell in column if cell.height == 1)
    return "n" if numbers and all(cell.height == 1 for cell in column) else "c"


def _cases(rows: tuple[tuple[Node, ...], ...]) -> Block:
    lines = tables.grid([[_block(cell) for cell in row] for row in rows], "l")
    # The waist of the brace needs a line of its own between two cases.
    apart = len(rows) == 2 or any(line.height > 1 for line in lines)
    return fenced("{", tables.pile(lines, apart=apart), "", padding=1)


def _aligned(rows: tuple[tuple[Node, ...], ...]) -> Block:
    cells = [[_aligned_cell(cell, index) for index, cell in enumerate(row)] for row in rows]
    columns = max(map(len, cells))
    lines = tables.grid(cells, "rl" * columns, between=0)
    return tables.pile(lines, apart=any(line.height > 1 for line in lines))


def _aligned_cell(cell: Node, index: int) -> Block:
    """A cell of aligned lines; what stands right of a mark continues what stands left of it."""
    if index % 2:
        return _row((EMPTY, *items_of(cell)))
    block = _block(cell)
    return block if index == 0 else joined((Block(("   ",)), block), (0, 0))
