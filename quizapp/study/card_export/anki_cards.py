"""Cards as an Anki package: imported again, it updates the notes and doubles none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from quizapp.core.topics import topic_name
from quizapp.store.anki_package import packed
from quizapp.study.card_export.chosen import asked
from quizapp.study.card_export.html_cards import as_html, as_lines, cloze_as_html
from quizapp.study.card_export.pieces import answer, question

if TYPE_CHECKING:
    from quizapp.cards import Card
    from quizapp.study.card_export.chosen import Asked, Chosen

# Numbers by which Anki knows a note type again; they never change.
_BASIC, _REVERSED, _CLOZE = 1_640_511_001, 1_640_511_002, 1_640_511_003
_BASE = 1 << 30
_BEHIND = "<div class='explanation'>{{Explanation}}</div><div class='source'>{{Source}}</div>"
_CSS = """
.card { font-family: sans-serif; font-size: 20px; line-height: 1.4; text-align: left;
  max-width: 42em; margin: 0 auto; }
.explanation { margin-top: 1em; font-size: 85%; }
.source { margin-top: 1em; font-size: 70%; opacity: 0.7; }
.cloze { font-weight: bold; }
"""


def anki_cards(chosen: Chosen, timestamp: float) -> bytes:
    """The bytes of an .apkg with a deck for each topic.

    ``timestamp`` are seconds since 1970; a note that Anki already has is updated where it is
    later than Anki's own.
    """
    import genanki  # type: ignore[import-untyped]

    models = _models(genanki)
    decks = []
    title = chosen.pack.title.replace("::", ": ")
    for topic, cards in chosen.topics.items():
        name = topic_name(topic).replace("::", ": ")
        deck = genanki.Deck(_deck_id(chosen, topic), f"{title}::{name}")
        for card in cards:
            deck.add_note(_note(genanki, models, chosen, card))
        decks.append(deck)
    return packed(decks, timestamp)


def guid_of(pack: str, card: Card) -> str:
    """The id of a card's note in Anki, the same in every export of a pack of this name."""
    import genanki

    guid: str = genanki.guid_for("quizapp", pack, card.note)
    return guid


def _deck_id(chosen: Chosen, topic: str) -> int:
    digest = hashlib.sha256(f"{chosen.pack.name}\x1f{topic}".encode()).digest()
    return _BASE + int.from_bytes(digest[:4]) % _BASE


def _note(genanki: Any, models: dict[str, Any], chosen: Chosen, card: Card) -> Any:
    kind = card.type if card.type in models else "basic"
    return genanki.Note(
        model=models[kind],
        fields=[*_FIELDS[kind](asked(chosen, card)), *_behind(chosen, card)],
        guid=guid_of(chosen.pack.name, card),
        tags=["_".join(tag.split()) for tag in card.tags if tag.strip()],
    )


def _behind(chosen: Chosen, card: Card) -> tuple[str, str]:
    made = asked(chosen, card)
    sources = [f"{chosen.title(one.course)}, {one.place}" for one in card.sources]
    return as_html(made.card.explanation), as_lines(sources)


def _basic(made: Asked) -> list[str]:
    return [as_lines(question(made)), as_lines(answer(made))]


def _reversed(made: Asked) -> list[str]:
    names = ("question", "answer", "reverse_question", "reverse_answer")
    return [as_html(made.card.data[name]) for name in names]


def _cloze(made: Asked) -> list[str]:
    return [cloze_as_html(made.card.data["text"])]


_FIELDS = {"basic": _basic, "reversed": _reversed, "cloze": _cloze}


def _models(genanki: Any) -> dict[str, Any]:
    """A note type for each way of asking."""

    def fields(*names: str) -> list[dict[str, str]]:
        return [{"name": name} for name in (*names, "Explanation", "Source")]

    def template(name: str, front: str, back: str) -> dict[str, str]:
        shown = "{{FrontSide}}<hr id=answer>{{" + back + "}}" + _BEHIND
        return {"name": name, "qfmt": "{{" + front + "}}", "afmt": shown}

    cloze = "{{cloze:Text}}"
    return {
        "basic": genanki.Model(
            _BASIC,
            "quizapp basic",
            fields("Question", "Answer"),
            [template("Card 1", "Question", "Answer")],
            css=_CSS,
        ),
        "reversed": genanki.Model(
            _REVERSED,
            "quizapp basic and reversed",
            fields("Question", "Answer", "Reverse question", "Reverse answer"),
            [
                template("Card 1", "Question", "Answer"),
                template("Card 2", "Reverse question", "Reverse answer"),
            ],
            css=_CSS,
        ),
        "cloze": genanki.Model(
            _CLOZE,
            "quizapp cloze",
            fields("Text"),
            [{"name": "Cloze", "qfmt": cloze, "afmt": f"{cloze}<hr id=answer>{_BEHIND}"}],
            css=_CSS,
            model_type=genanki.Model.CLOZE,
        ),
    }
