r"""Formulas of other programs as ours: ``\(x\)``, ``[$]x[/$]`` and ``$$x$$`` become ``$x$``.

A formula that our LaTeX does not know is kept as plain text, so that its card still loads.
"""

from __future__ import annotations

import re

from quizapp.mathtext import MathError, faults, parse
from quizapp.mathtext.segments import paragraphs
from quizapp.study.card_import.dialect import translated

_CLOSERS = {
    r"\(": r"\)",
    r"\[": r"\]",
    "[$$]": "[/$$]",
    "[$]": "[/$]",
    "[latex]": "[/latex]",
    "$$": "$$",
}
_DISPLAYED = {r"\[", "[$$]", "$$"}
_OPENER = re.compile(r"\\\(|\\\[|\[\$\$\]|\[\$\]|\[latex\]|\\?\$\$?")
_DOLLAR = re.compile(r"\\?\$")


def in_dollars(text: str, *, dollars: bool) -> str:
    r"""The text with every formula between single dollars.

    ``dollars`` says that the source itself means maths by them; else each is the sign ``\$``.
    """
    out: list[str] = []
    position = 0
    absent: set[str] = set()  # closers that do not come any more: nothing is looked for twice
    while (match := _OPENER.search(text, position)) is not None:
        opener, at = match[0], match.start()
        out.append(text[position:at])
        position = match.end()
        closer = _CLOSERS.get(opener)
        end = -1
        if closer is not None and closer not in absent and (dollars or opener != "$$"):
            end = text.find(closer, position)
        if closer is None or end < 0:
            absent.add(closer or "")
            first = _first(opener)
            position = at + len(first)
            # A backslash before the sign would take its own backslash away.
            apart = " " if not dollars and "$" in first and text[at - 1 : at] == "\\" else ""
            out.append(apart + _sign(first, dollars=dollars))
            continue
        out.append(_formula(opener, text[position:end]))
        position = end + len(closer)
    out.append(text[position:])
    return re.sub(r" ?\n{2,} ?", "\n\n", "".join(out)).strip()


def _first(opener: str) -> str:
    """What of an opener is passed over where it opens nothing: ``$$`` may be two of ``$``."""
    return opener.removesuffix("$") if opener.endswith("$$") else opener


def _sign(opener: str, *, dollars: bool) -> str:
    """What opens nothing, as text of ours."""
    return opener if dollars or opener.startswith("\\") else opener.replace("$", r"\$")


def _formula(opener: str, source: str) -> str:
    if opener == "[latex]" and "$" in source:
        return source.replace("$$", "$")
    inner = " ".join(source.split())
    if not inner:
        return ""
    # A dollar of its own within would close the formula.
    inner = _DOLLAR.sub(r"\\$", inner)
    return f"\n\n${inner}$\n\n" if opener in _DISPLAYED else f"${inner}$"


def sound(text: str) -> tuple[str, int]:
    r"""The text with formulas that cannot be read as plain text, and how many these were.

    Words of other dialects are translated first. A dollar that opens no formula becomes
    ``\$``. What comes back has no fault.
    """
    if "$" not in text or not faults(text):
        return text, 0
    out: list[str] = []
    position = kept = 0
    for paragraph in paragraphs(text):
        for segment in paragraph.segments:
            if not segment.is_formula or _reads(segment.source):
                continue
            out.append(text[position : segment.offset - 1])
            position = segment.offset + len(segment.source) + 1
            ours = translated(segment.source)
            if _reads(ours):
                out.append(f"${ours}$")
            else:
                out.append(rf"\${segment.source}\$")
                kept += 1
        if paragraph.open_dollar is not None:
            out.append(text[position : paragraph.open_dollar] + "\\")
            position = paragraph.open_dollar
    out.append(text[position:])
    mended = "".join(out)
    if faults(mended):  # a backslash before a dollar has given it another meaning
        return _DOLLAR.sub(r"\\$", text), max(1, kept)
    return mended, kept


def _reads(source: str) -> bool:
    if not source.strip():
        return False
    try:
        parse(source)
    except MathError:
        return False
    return True
