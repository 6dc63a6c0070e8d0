"""LaTeX of the subset that courses use, shown in a terminal.

One tree (``ast``), read by ``parse`` and shown by ``inline`` on one line or by ``stacked`` in
two dimensions; ``prose`` wraps texts with formulas in them and ``faults`` finds what is wrong.
"""

from __future__ import annotations

from quizapp.mathtext.ast import Node
from quizapp.mathtext.block import Block, beside
from quizapp.mathtext.errors import MathError
from quizapp.mathtext.inline import inline
from quizapp.mathtext.parse import parse
from quizapp.mathtext.prose import MathFault, faults, plain, prose
from quizapp.mathtext.stacked import stacked
from quizapp.mathtext.tables import matrix_block
from quizapp.mathtext.width import width

__all__ = [
    "Block",
    "MathError",
    "MathFault",
    "Node",
    "beside",
    "faults",
    "inline",
    "matrix_block",
    "parse",
    "plain",
    "prose",
    "stacked",
    "width",
]
