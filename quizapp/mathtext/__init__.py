"""LaTeX of the subset that courses use, shown in a terminal and on paper.

One tree (``ast``), read by ``parse`` and shown by ``inline`` on one line or by ``stacked`` in
two dimensions; ``typst`` writes it for paper and ``latex`` for Markdown. ``prose`` wraps texts with
formulas in them and ``faults`` finds what is wrong.
"""

from __future__ import annotations

from quizapp.mathtext.ast import Node
from quizapp.mathtext.block import Block, beside
from quizapp.mathtext.errors import MathError
from quizapp.mathtext.inline import inline
from quizapp.mathtext.latex import latex
from quizapp.mathtext.parse import parse
from quizapp.mathtext.prose import MathFault, faults, plain, prose
from quizapp.mathtext.stacked import stacked
from quizapp.mathtext.tables import matrix_block
from quizapp.mathtext.typst import typst
from quizapp.mathtext.width import width

__all__ = [
    "Block",
    "MathError",
    "MathFault",
    "Node",
    "beside",
    "faults",
    "inline",
    "latex",
    "matrix_block",
    "parse",
    "plain",
    "prose",
    "stacked",
    "typst",
    "width",
]
