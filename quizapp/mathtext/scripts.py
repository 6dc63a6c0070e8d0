"""Superscripts and subscripts as characters, where Unicode has them."""

from __future__ import annotations

import re

from quizapp.mathtext.ast import Fenced, Name, Node, Operator, Row, Scripts, Styled, Text

# Left out on purpose: ᵅ ᵋ ᶥ ᵞ ᵡ ᵧ ᵨ ᵪ exist, but at this size they are read as a e i y x p.
_RAISED = str.maketrans(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβδθφℓ⊤′",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵟᶿᵠˡᵀ′",
)
_LOWERED = str.maketrans(
    "0123456789+−=()aehijklmnoprstuvxβφℓ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵩₗ",
)
_SMALL = {chr(small) for table in (_RAISED, _LOWERED) for small in table.values()}
_ALONE = {"*": "*", "∘": "°", "⋆": "⋆"}  # signs that stand high already
_ONE_SIGN = re.compile(r"[0-9]+(?:\.[0-9]+)?|.[\u0300-\u036f\u20d0-\u20ff]*")
_WORD = re.compile(r"[^\W\d_]+")
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_PRIMES = {0: "", 1: "′", 2: "″", 3: "‴"}


def raised(text: str) -> str | None:
    """The text as superscript characters, or None if one of them does not exist."""
    return _ALONE.get(text) or _converted(text, _RAISED)


def lowered(text: str) -> str | None:
    """The text as subscript characters, or None if one of them does not exist."""
    return _converted(text, _LOWERED)


def root_sign(degree: str) -> str | None:
    """The sign of a root with its degree, or None if the degree has no superscript form."""
    if degree in _ROOTS:
        return _ROOTS[degree]
    small = raised(degree)
    return None if small is None else f"{small}√"


def ends_raised_or_lowered(text: str) -> bool:
    """Whether the last character is a script itself, so that nothing can run into it."""
    return text[-1:] in _SMALL


def primes(count: int) -> str:
    """One, two, three or more primes."""
    return _PRIMES.get(count) or "′" * count


def on_line(mark: str, text: str, *, word: bool = False) -> str:
    """The script on the line after ``^`` or ``_``, in parentheses unless it is one token.

    Letters in a row are one token in a subscript, d_model, but a product in a superscript,
    unless they are a ``word``.
    """
    single = _ONE_SIGN.fullmatch(text) or ((word or mark == "_") and _WORD.fullmatch(text))
    if (single and _SMALL.isdisjoint(text)) or _is_parenthesized(text):
        return mark + text
    return f"{mark}({text})"


def longest_word(node: Node) -> int:
    """The length of the longest upright name in a script, 0 if there is none.

    Words read badly in tiny letters, and half the alphabet has none: w_new, w_old, not wₙₑᵥᵥ.
    """
    match node:
        case Name(name) | Operator(name):
            return len(name)
        case Text(text):
            return len(text.strip())
        case Row(items):
            return max(map(longest_word, items), default=0)
        case Fenced(body=body) | Styled(body=body) | Scripts(base=body):
            return longest_word(body)
        case _:
            return 0


def _converted(text: str, table: dict[int, int]) -> str | None:
    if all(ord(character) in table for character in text):
        return text.translate(table)
    return None


def _is_parenthesized(text: str) -> bool:
    """Whether the first parenthesis closes with the last character."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for character in text[:-1]:
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return False
    return True
