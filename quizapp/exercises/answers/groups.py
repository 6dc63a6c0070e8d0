"""The words of a text, grouped by its brackets, with what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quizapp.exercises.answers.brackets import MAX_DEPTH
from quizapp.exercises.answers.outcome import UnreadableError

LONGEST_WORD = 200
BLANK = frozenset({"", "_", "?"})

# What separates: the number is how strongly.
EMPTY_LINE, LINE, SEMICOLON, COMMA, BETWEEN = 5, 4, 3, 2, 1

_ARROWS = re.compile(r"(?<![-=])[-=]+>|[→⟶⟹⇒↦➔➜]")
_QUOTED = r"\"[^\"\n]*\"|“[^”\n]*”|„[^“”\n]*[“”]|(?<![^\s,;→\[({⟨])'[^'\n]*'(?=[\s,;→\])}⟩]|$)"
_WITHIN = r"\s,;→\[\](){}⟨⟩\"“”„"


def _tokens(between: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<quoted>{_QUOTED})|(?P<open>[\[({{⟨])|(?P<close>[\])}}⟩])"
        rf"|(?P<gap>[\s,;→{between}]+)|(?P<word>[^{_WITHIN}{between}]+)|(?P<stray>.)"
    )


_OF_WORDS, _OF_NUMBERS = _tokens(""), _tokens(":|")


@dataclass(slots=True)
class Group:
    """What stands in one pair of brackets: words and groups, how strongly each is set apart."""

    items: list[str | Group | None] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    height: int = 1

    def add(self, item: str | Group | None, apart: int) -> None:
        """Put a word or a group behind the others."""
        self.items.append(item)
        self.apart.append(apart)

    def part(self, start: int, end: int) -> Group:
        """Some of the items as a group of their own."""
        items = self.items[start:end]
        height = 1 + max((item.height for item in items if isinstance(item, Group)), default=0)
        return Group(items, self.apart[start:end], height)


def grouped(text: str, *, numbers: bool) -> Group:
    """The words of a text, grouped by its brackets; between ``numbers`` : and | separate as well.

    Raises UnreadableError.
    """
    text = _ARROWS.sub("→", text)
    opened = [Group()]
    apart = BETWEEN
    for token in (_OF_NUMBERS if numbers else _OF_WORDS).finditer(text):
        at = token.start() + 1
        if token.lastgroup == "gap":
            apart = max(apart, _strength(token[0]))
            continue
        if token.lastgroup == "open":
            if len(opened) > MAX_DEPTH:
                raise UnreadableError(
                    f"Brackets nest too deeply at character {at}; at most {MAX_DEPTH} may stand"
                    " inside each other.",
                    at,
                )
            group = Group()
            opened[-1].add(group, apart)
            opened.append(group)
        elif token.lastgroup == "close":
            if len(opened) == 1:
                raise UnreadableError(
                    f"The bracket at character {at} closes nothing; remove it or open one before.",
                    at,
                )
            closed = opened.pop()
            opened[-1].height = max(opened[-1].height, closed.height + 1)
        elif token.lastgroup == "stray":
            raise UnreadableError(
                f"The quotation mark at character {at} has no other one; write words without"
                " quotation marks.",
                at,
            )
        else:
            opened[-1].add(_word(token, at), apart)
        apart = BETWEEN
    if len(opened) > 1:
        raise UnreadableError("A bracket is not closed; close it.", len(text))
    return opened[0]


def _word(token: re.Match[str], at: int) -> str | None:
    word = token[0]
    if token.lastgroup == "quoted":
        word = " ".join(word[1:-1].split())
    elif word in BLANK:
        return None
    if len(word) > LONGEST_WORD:
        raise UnreadableError(
            f"The word at character {at} has more than {LONGEST_WORD} characters; write blanks or"
            " commas between words.",
            at,
        )
    return word


def _strength(gap: str) -> int:
    if "\n" in gap:
        return EMPTY_LINE if gap.count("\n") > 1 else LINE
    return SEMICOLON if ";" in gap else COMMA if "," in gap else BETWEEN
