"""Cards from Markdown: ``Q:`` and ``A:``, or ``C:`` with ``[blanks]``.

The form of hashcards: a card ends where the next begins, or at a line of dashes; the file may
begin with its name in TOML between two such lines. Formulas stand in dollars.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from quizapp.core.text import clean
from quizapp.study.card_import import blanks
from quizapp.study.card_import.formulas import in_dollars, sound
from quizapp.study.card_import.found import (
    LONGEST_FIELD,
    MOST_BLANKS,
    Found,
    FoundCard,
    ImportFileError,
    hashed,
    question_id,
)
from quizapp.study.card_import.notes import GROWN, KEPT_PLAIN, MEDIA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LABEL = re.compile(r"(Q|A|C):[ \t]*")
_RULE = re.compile(r"-{3,}[ \t]*")
_NAME = re.compile(r"""name\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*(?:#.*)?""")
_IMAGE = re.compile(r"!\[([^\[\]]{0,200})\]\(([^()\s]{1,300})[^()]{0,200}\)")
_BRACKET = re.compile(r"\\.|\$|[\[\]]", re.DOTALL)


class _Part:
    """What follows a label, with the line on which it begins."""

    def __init__(self, label: str, line: int) -> None:
        self.label = label
        self.line = line
        self.lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def read_markdown(lines: Iterable[tuple[int, str | None]], name: str) -> Found:
    """The cards of a file. Raises ImportFileError where it is no text or has too many."""
    found = Found(name)
    reader = _Reader(found, name)
    numbered = ((number, _sound_line(number, line, name)) for number, line in lines)
    for part in _parts(numbered, reader):
        reader.take(part)
    reader.end()
    if not found.cards and not found.left_out:
        raise ImportFileError(
            "there is no card here; write `Q: ...` and `A: ...`, or `C: ... [blank] ...`.",
            where=name,
        )
    return found


def _sound_line(number: int, line: str | None, name: str) -> str:
    if line is None:
        raise ImportFileError(
            "this line is no UTF-8 text or far too long; save the file as UTF-8.",
            where=f"{name}:{number}:1",
        )
    return blanks.without_signs(clean(line)).rstrip("\n")


def _parts(lines: Iterator[tuple[int, str]], reader: _Reader) -> Iterator[_Part | None]:
    """The labelled parts in order; None for a line of dashes."""
    part: _Part | None = None
    heading = False
    for number, line in lines:
        rule = _RULE.fullmatch(line)
        if number == 1 and rule:
            heading = True
        elif heading:
            heading = not rule
            named = _NAME.fullmatch(line.strip())
            if named:
                reader.deck = named[1][1:-1].strip()
        elif label := _LABEL.match(line):
            if part is not None:
                yield part
            part = _Part(label[1], number)
            part.lines.append(line[label.end() :])
        elif rule:
            if part is not None:
                yield part
            part = None
            yield None
        elif part is not None:
            part.lines.append(line)
        elif line.strip() and not line.lstrip().startswith(("#", "<!--")):
            reader.stray(number)
    if part is not None:
        yield part


class _Reader:
    """Puts parts together to cards."""

    def __init__(self, found: Found, name: str) -> None:
        self.deck = PurePath(name).stem
        self._found = found
        self._name = name
        self._question: _Part | None = None

    def take(self, part: _Part | None) -> None:
        """The next part, or None for the end of a card."""
        if part is not None and part.label == "A":
            if self._question is None:
                self._leave_out(part, "an `A:` without a `Q:` before it")
            else:
                self._basic(self._question, part)
            self._question = None
            return
        self.end()
        if part is not None and part.label == "Q":
            self._question = part
        elif part is not None:
            self._cloze(part)

    def end(self) -> None:
        """No further part: a question that still waits has no answer."""
        if self._question is not None:
            self._leave_out(self._question, "a `Q:` without an `A:` behind it")
        self._question = None

    def stray(self, line: int) -> None:
        """Text that belongs to no card."""
        place = f"{self._name}:{line}:1"
        self._found.leave_out(place, "text that is in no card; begin it with Q:, A: or C:")

    def _leave_out(self, part: _Part, why: str) -> None:
        self._found.leave_out(f"{self._name}:{part.line}:1", why)

    def _add(self, part: _Part, name: str, kind: str, given: dict[str, str]) -> None:
        place = f"{self._name}:{part.line}:1"
        self._found.add(FoundCard(name, kind, dict(given), (self.deck,), place))

    def _text(self, part: _Part) -> str:
        text, kept = sound(in_dollars(self._media(part.text), dollars=True))
        self._found.remarks[KEPT_PLAIN] += kept
        return text

    def _media(self, text: str) -> str:
        text, count = _IMAGE.subn(lambda match: f"[image: {match[1] or match[2]}]", text)
        self._found.remarks[MEDIA] += count
        return text

    def _too_long(self, part: _Part) -> bool:
        if sum(map(len, part.lines)) <= LONGEST_FIELD:
            return False
        self._leave_out(part, f"a text of more than {LONGEST_FIELD} characters")
        return True

    def _basic(self, question: _Part, answer: _Part) -> None:
        if self._too_long(question) or self._too_long(answer):
            return
        given = {"question": self._text(question), "answer": self._text(answer)}
        self._add(question, question_id(question.text), "basic", given)

    def _cloze(self, part: _Part) -> None:
        if self._too_long(part):
            return
        text = in_dollars(part.text, dollars=True)
        spans = list(_bracketed(text))
        if not spans:
            self._leave_out(part, "a `C:` without a [blank]")
        if len(spans) > MOST_BLANKS:
            self._leave_out(part, f"more than {MOST_BLANKS} blanks; split it")
            return
        whole = _without(text, spans)
        seen: dict[str, int] = {}
        for span in spans:
            answer = text[span[0] + 1 : span[1] - 1]
            seen[answer] = seen.get(answer, 0) + 1
            name = f"card-{hashed(whole, answer, str(seen[answer]))}"
            try:
                marked = self._marked(text, spans, span)
            except blanks.BlankError as error:
                self._leave_out(part, str(error))
            else:
                self._add(part, name, "cloze", {"text": marked})

    def _marked(self, text: str, spans: list[tuple[int, int]], chosen: tuple[int, int]) -> str:
        """The text with one blank; the brackets of the others are taken off."""
        start, end = chosen
        before = _without(text[:start], [span for span in spans if span[1] <= start])
        rest = [(a - end, b - end) for a, b in spans if a >= end]
        after = _without(text[end:], rest)
        inside = text[start + 1 : end - 1]
        marked = f"{before}{blanks.OPEN}{inside}{blanks.CLOSE}{after}"
        grown, count = blanks.around_formulas(self._media(marked))
        self._found.remarks[GROWN] += count
        sane, kept = sound(grown)
        self._found.remarks[KEPT_PLAIN] += kept
        return blanks.braced(sane)


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch in brackets outside formulas, pictures left alone."""
    opened: int | None = None
    in_maths = False
    for mark in _BRACKET.finditer(text):
        sign, at = mark[0], mark.start()
        if sign == "$":
            in_maths = not in_maths
        elif in_maths or len(sign) > 1:
            continue
        elif sign == "[":
            opened = None if text[at - 1 : at] == "!" else at
        elif opened is not None:
            if at > opened + 1:
                yield opened, at + 1
            opened = None


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without the brackets of these stretches."""
    out: list[str] = []
    position = 0
    for start, end in spans:
        out += [text[position:start], text[start + 1 : end - 1]]
        position = end
    return "".join([*out, text[position:]])
