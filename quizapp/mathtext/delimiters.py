"""Brackets as tall as what they hold."""

from __future__ import annotations

from quizapp.mathtext.block import Block, joined

_TALL = {
    # top, middle, bottom
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "│││", "‖": "║║║", "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥", "{": "⎧⎪⎩", "}": "⎫⎪⎭",
}  # fmt: skip
_WAIST = {"{": "⎨", "}": "⎬"}
_TWO_LINES = {"{": "⎰⎱", "}": "⎱⎰"}


def delimiter(sign: str, height: int, baseline: int) -> Block:
    """A delimiter of so many lines; one that Unicode has no pieces of stays on the baseline."""
    if not sign:
        return Block(("",) * height, baseline)
    if height == 1:
        return Block((sign,), 0)
    pieces = _TALL.get(sign)
    if pieces is None:
        return Block((sign,), 0)
    if height == 2:
        return Block(tuple(_TWO_LINES.get(sign, pieces[0] + pieces[2])), baseline)
    lines = [pieces[0], *[pieces[1]] * (height - 2), pieces[2]]
    if sign in _WAIST:
        lines[min(max(baseline, 1), height - 2)] = _WAIST[sign]
    return Block(tuple(lines), baseline)


def fenced(left: str, body: Block, right: str, *, padding: int = 0) -> Block:
    """The body between delimiters of its height, with ``padding`` cells inside each."""
    opening = delimiter(left, body.height, body.baseline)
    closing = delimiter(right, body.height, body.baseline)
    before = padding if left else 0
    return joined((opening, body, closing), (0, before, padding if right else 0))
