"""Anki's notes as cards, whether they come from a package or from a text export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.study.card_import import blanks
from quizapp.study.card_import.formulas import in_dollars, sound
from quizapp.study.card_import.found import LONGEST_FIELD, MOST_BLANKS, FoundCard, Remark, hashed
from quizapp.study.card_import.html_text import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.study.card_import.found import Found

KEPT_PLAIN = Remark(
    "{} formula with LaTeX that is not known here is kept as plain text",
    "{} formulas with LaTeX that is not known here are kept as plain text",
)
MEDIA = Remark(
    "{} picture or sound is named in the text; the file itself is not taken in",
    "{} pictures and sounds are named in the texts; the files are not taken in",
)
GROWN = Remark(
    "{} blank within a formula has become the whole formula",
    "{} blanks within formulas have become the whole formula",
)
_EXPLANATIONS = {"explanation", "erklärung", "explication"}
_OCCLUSION = "image-occlusion:"


class NoteReader:
    """Turns notes into cards of one import. ``html`` says how their fields are written."""

    def __init__(self, found: Found, *, html: bool = True) -> None:
        self._found = found
        self._html = html

    def text(self, source: str) -> str:
        """The text of a field in our own form."""
        if self._html:
            source, media = text_of(source)
            self._found.remarks[MEDIA] += media
        return self.sound(in_dollars(source, dollars=False))

    def sound(self, text: str) -> str:
        """The text with formulas that cannot be read as plain text."""
        text, kept = sound(text)
        self._found.remarks[KEPT_PLAIN] += kept
        return text

    def read(self, note: Note) -> None:
        """Add the cards of a note, or say why there are none."""
        if any(len(field) > LONGEST_FIELD for field in note.fields):
            self._found.leave_out(note.place, f"a field of more than {LONGEST_FIELD} characters")
            return
        if note.cloze:
            self._cloze(note)
        elif note.turned is not None:
            self._reversed(note, note.turned)
        else:
            self._basic(note)

    def _basic(self, note: Note) -> None:
        question, *others = [self.text(field) for field in note.fields]
        answer, explanation = note.sorted_out(others)
        given = {"question": question, "answer": answer, **explanation}
        self._add(note, note.id, "basic", given)

    def _reversed(self, note: Note, turned: tuple[int, int, int, int]) -> None:
        texts = [self.text(field) for field in note.fields]
        texts += [""] * (max(turned) + 1 - len(texts))
        names = ("question", "answer", "reverse_question", "reverse_answer")
        given = {name: texts[place] for name, place in zip(names, turned, strict=True)}
        rest = ["" if place in turned else text for place, text in enumerate(texts)]
        more = "\n\n".join(text for text in rest if text)
        self._add(note, note.id, "reversed", given | ({"explanation": more} if more else {}))

    def _cloze(self, note: Note) -> None:
        source, *others = note.fields
        if _OCCLUSION in source:
            self._found.leave_out(note.place, "its blanks are parts of a picture")
            return
        cloze = blanks.read_cloze(source)
        if not cloze.numbers:
            self._found.leave_out(note.place, "a cloze note without a blank")
            return
        if len(cloze.numbers) > MOST_BLANKS:
            self._found.leave_out(note.place, f"more than {MOST_BLANKS} blanks; split it")
            return
        more = "\n\n".join(filter(None, map(self.text, others)))
        given = {"explanation": more} if more else {}
        for number in cloze.numbers:
            try:
                text = self.cloze_text(cloze.marked(number))
            except blanks.BlankError as error:
                self._found.leave_out(note.place, f"blank {number}: {error}")
            else:
                self._add(note, f"{note.id}-c{number}", "cloze", {"text": text, **given})

    def cloze_text(self, marked: str) -> str:
        """A text whose blanks are marked, in our own form. Raises BlankError."""
        if self._html:
            marked, media = text_of(marked)
            self._found.remarks[MEDIA] += media
        text, grown = blanks.around_formulas(in_dollars(marked, dollars=False))
        self._found.remarks[GROWN] += grown
        return blanks.braced(self.sound(text))

    def _add(self, note: Note, name: str, kind: str, given: Mapping[str, object]) -> None:
        fields = {"tags": list(note.tags), **given}
        self._found.add(FoundCard(name, kind, fields, note.deck, note.place))


class Note:
    """A note with what its type says of it."""

    def __init__(
        self,
        guid: str,
        fields: Sequence[str],
        *,
        names: Sequence[str] = (),
        tags: Sequence[str] = (),
        deck: Sequence[str] = (),
        cloze: bool = False,
        turned: tuple[int, int, int, int] | None = None,
        place: str,
    ) -> None:
        self.id = f"anki-{hashed(guid)}"
        self.fields = fields
        self.names = names
        self.tags = tuple(dict.fromkeys(tags))
        self.deck = tuple(part for part in deck if part.strip())
        self.cloze = cloze
        self.turned = turned
        """Fields with question, answer, reverse question and reverse answer."""
        self.place = place

    def sorted_out(self, others: Sequence[str]) -> tuple[str, dict[str, str]]:
        """Answer and explanation from the texts of all fields but the first.

        What is named an explanation is one; several others stand below each other by name.
        """
        named = dict(enumerate(self.names[1:]))
        explained = [i for i, name in named.items() if name.strip().casefold() in _EXPLANATIONS]
        filled = [
            (named.get(place, ""), text)
            for place, text in enumerate(others)
            if text and place not in explained
        ]
        if len(filled) > 1:
            filled = [
                (name, f"{_label(name)}{text}" if i else text)
                for i, (name, text) in enumerate(filled)
            ]
        more = "\n\n".join(others[i] for i in explained if i < len(others) and others[i])
        answer = "\n\n".join(text for _, text in filled)
        return answer, {"explanation": more} if more else {}


def _label(name: str) -> str:
    shown = re.sub(r"[${}\\]", "", name).strip()
    return f"{shown}: " if shown else ""
