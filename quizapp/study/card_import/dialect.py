"""LaTeX that others write, in the words of our own subset where these mean the same."""

from __future__ import annotations

import re

_SILENT = frozenset(
    ("displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag")
)
_SIZES = frozenset(
    f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)
"""Sizes of brackets, which our own renderers choose themselves."""
_SAME = {
    "bm": r"\boldsymbol",
    "pmb": r"\boldsymbol",
    "mathscr": r"\mathcal",
    "mathsf": r"\mathrm",
    "textbf": r"\text",
    "textit": r"\text",
    "textrm": r"\text",
    "mbox": r"\text",
    "hbox": r"\text",
    "widehat": r"\hat",
    "widetilde": r"\tilde",
    "coloneqq": ":=",
}
_ENVIRONMENTS = {
    **dict.fromkeys(("align", "align*", "split", "gather", "gather*", "gathered"), "aligned"),
    **dict.fromkeys(("equation", "equation*", "displaymath"), "aligned"),
    "array": "matrix",
}
_MACRO = re.compile(r"\\([A-Za-z]+)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]+\*?)\}(?:\{[clr| ]{1,40}\})?")
_NAMED = re.compile(r"\\mathop\{ ?\\(?:mathrm|text|rm)\{?([A-Za-z ]{1,40})\} ?\}")


def translated(source: str) -> str:
    """The formula with what our parser does not know replaced by what it does, where it can be."""
    source = _NAMED.sub(r"\\operatorname*{\1}", source)
    return _MACRO.sub(_macro, _ENVIRONMENT.sub(_environment, source)).strip()


def _macro(match: re.Match[str]) -> str:
    name = match[1]
    if name in _SILENT or name in _SIZES:
        return " "
    return _SAME.get(name, match[0])


def _environment(match: re.Match[str]) -> str:
    own = _ENVIRONMENTS.get(match[2])
    return match[0] if own is None else rf"\{match[1]}{{{own}}}"
