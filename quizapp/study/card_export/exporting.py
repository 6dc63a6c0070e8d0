"""The cards of a pack as a file for another program: the use case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from quizapp.study.card_export.chosen import choose

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.packs.model import Pack

Form = Literal["markdown", "csv", "apkg"]
FORMS: tuple[Form, ...] = ("markdown", "csv", "apkg")
ENDINGS: dict[Form, str] = {"markdown": ".md", "csv": ".csv", "apkg": ".apkg"}


def export_cards(
    pack: Pack, form: Form, now: datetime, course: str | None = None, topic: str | None = None
) -> tuple[bytes, int]:
    """The bytes of the file, and how many cards are in it. Raises ExportCardsError."""
    chosen = choose(pack, course, topic)
    if form == "markdown":
        from quizapp.study.card_export.markdown_cards import markdown_cards

        content = markdown_cards(chosen).encode()
    elif form == "csv":
        from quizapp.study.card_export.csv_cards import csv_cards

        content = csv_cards(chosen).encode()
    else:
        from quizapp.study.card_export.anki_cards import anki_cards

        content = anki_cards(chosen, now.timestamp())
    return content, sum(1 for _ in chosen.cards)
