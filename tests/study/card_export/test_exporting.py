"""Cards for other programs: complete, escaped, and the same cards when they come back."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.cards import types
from quizapp.core.errors import QuizError
from quizapp.packs.load import load_pack
from quizapp.packs.write_yaml import yaml_text
from quizapp.store.anki_file import AnkiNote, notes
from quizapp.study.card_export.exporting import Form, export_cards
from quizapp.study.card_import.importing import import_cards
from tests.study.card_export.packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.packs.model import Pack

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
DIRECTIONS = 11
"""Cards of the pack; one of its ten is asked in both directions."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "nets")


@pytest.fixture
def pack(root: Path) -> Pack:
    loaded = load_pack(root)
    assert loaded.faults == ()
    assert {card.type for card in loaded.cards.values()} == set(types())
    return loaded


def text(pack: Pack, form: Form, course: str | None = None, topic: str | None = None) -> str:
    return export_cards(pack, form, NOW, course, topic)[0].decode()


def rows(pack: Pack, course: str | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(pack, "csv", course), newline="")))


def anki(pack: Pack, course: str | None = None) -> dict[str, AnkiNote]:
    """The notes of the Anki package by the id of their card, in its order."""
    content, _ = export_cards(pack, "apkg", NOW, course)
    ids = [row["id"] for row in rows(pack, course)]
    return dict(zip(ids, notes(io.BytesIO(content), "a"), strict=True))


# Which cards -------------------------------------------------------------------------------


def test_every_card_is_exported_once(pack: Pack) -> None:
    for form in ("markdown", "csv", "apkg"):
        assert export_cards(pack, form, NOW)[1] == DIRECTIONS - 1
    assert len(rows(pack)) == DIRECTIONS - 1


def test_a_course_or_a_topic_can_be_chosen(pack: Pack) -> None:
    assert export_cards(pack, "csv", NOW, course="nnt")[1] == 1
    assert export_cards(pack, "csv", NOW, topic="mlp-forward")[1] == 5


@pytest.mark.parametrize(
    ("course", "topic", "told"),
    [
        ("hubb", None, "there is no course 'hubb' here: did you mean 'hub'?"),
        (None, "mlp-forwards", "there is no topic 'mlp-forwards' here: did you mean"),
        ("nnt", "mlp-forward", "there is no card to export; choose another course or topic."),
    ],
)
def test_what_is_not_there_is_told(
    pack: Pack, course: str | None, topic: str | None, told: str
) -> None:
    with pytest.raises(QuizError) as caught:
        export_cards(pack, "csv", NOW, course, topic)
    assert caught.value.message.startswith(told)


# CSV ---------------------------------------------------------------------------------------


def test_csv_comes_back_without_a_change(pack: Pack, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "nets.csv"
    file.write_text(text(pack, "csv"))
    before = {path: path.read_bytes() for path in root.rglob("*.*")}
    report = import_cards(file, root, course="hub")

    assert (report.new, report.changed, report.same) == (0, 0, DIRECTIONS - 1)
    assert (report.left_out, report.remarks) == ((), ())
    assert {path: path.read_bytes() for path in root.rglob("*.*")} == before


def test_csv_makes_the_same_cards_in_another_pack(pack: Pack, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "nets.csv"
    file.write_text(text(pack, "csv"))
    for path in (root / "cards").iterdir():
        path.unlink()
    report = import_cards(file, root, course="hub")
    again = load_pack(root)

    assert report.new == DIRECTIONS - 1
    assert again.cards == pack.cards
    assert again.faults == ()


def test_a_cell_that_is_changed_changes_its_card(pack: Pack, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "nets.csv"
    file.write_text(text(pack, "csv").replace("How much is a half?", "How long is a half?"))
    report = import_cards(file, root, course="hub")

    assert report.changed == 1
    assert load_pack(root).cards["number"].data["question"] == "How long is a half?"


def test_simple_fields_stand_in_cells_of_their_own(pack: Pack) -> None:
    by_id = {row["id"]: row for row in rows(pack)}

    assert by_id["reversed-one"]["reverse_answer"] == "$E$"
    assert by_id["typed-one"]["families"] == "unit-forward"
    assert (by_id["number"]["value"], by_id["number"]["unit"]) == ("0.5", "m")
    assert by_id["basic-one"]["tags"] == '["a tag", "trap"]'


words = st.lists(
    st.sampled_from(["a", "é", '"', ",", ";", "\n", "\\$", "$x$", "'", ": ", "#", "- ", "\t", "{"])
    | st.sampled_from(["}", "[", "]", "=", "null", "1.5", " ", "$a$$b$", "\\(", "\u2028", "|"]),
    min_size=1,
    max_size=10,
).map("".join)


@given(question=words, answer=words, explanation=words)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_comes_back_from_csv_without_a_change(
    tmp_path_factory: pytest.TempPathFactory, question: str, answer: str, explanation: str
) -> None:
    root = write_pack(tmp_path_factory.mktemp("nets"))
    common = {"items": ["hub-energy"], "sources": [{"course": "hub", "place": "L1"}]}
    card: dict[str, object] = {"id": "own", "type": "basic", "question": question, "answer": answer}
    card |= {"explanation": explanation} | common
    (root / "cards/own.yaml").write_text(yaml_text({"topic": "own", "cards": [card]}))
    pack = load_pack(root)
    file = root.parent / f"{root.name}.csv"
    file.write_text(text(pack, "csv"), newline="")
    report = import_cards(file, root, course="hub")

    assert (report.new, report.changed, report.left_out) == (0, 0, ())
    assert report.same == len({card.note for card in pack.cards.values()})


# Markdown ----------------------------------------------------------------------------------


def test_markdown_shows_every_type_with_its_answer(pack: Pack) -> None:
    shown = text(pack, "markdown", "hub")

    assert shown.startswith(
        "# Nets: all \\& \\<more\\>: Methods\n\n## Hopfield\n\n### 1. basic-one\n"
    )
    for piece in (
        "**Answer:** Yes, $E \\le 0$.",
        "- Where slides and textbooks differ, the other answer: No::yes.",
        "First paragraph.\n\nThen:\n\n- one\n- two \\$5",
        "*Source:* Methods, Energy, L31; Slides, L7",
        "The \\[...\\] has \\[number\\] and \\[...\\].",
        "$z_{i}$ is a sum.",
        "**Answer:** True.",
        "- Also: logistic function, logistic.",
        "- Not tanh: It goes below 0.",
        "**Answer:** 0\\.5 m (within 0.01)",
        "- 1\\. weighted sum\n- 2\\. activation\n- 3\\. output",
        "Which of sigmoid, ReLU?",
    ):
        assert piece in shown


def test_markdown_takes_no_text_for_a_tag(pack: Pack) -> None:
    assert "1 \\< 2 \\& \\<b\\> \\[sound:x.mp3\\]" in text(pack, "markdown")


# Anki --------------------------------------------------------------------------------------


def test_anki_gets_a_deck_for_each_topic(pack: Pack) -> None:
    decks = {note.deck for note in anki(pack).values()}

    assert decks == {("Nets: all & <more>", "Hopfield"), ("Nets: all & <more>", "MLP forward")}


def test_what_anki_would_obey_is_escaped(pack: Pack) -> None:
    question, answer, explanation, source = anki(pack, "hub")["basic-one"].fields

    assert question == (
        "Is 1 &lt; 2 &amp; &lt;b&gt; &#91;sound:x.mp3] {&#123;c1&#58;&#58;y}&#125; a tag, for "
        r"\(x &lt; y\)?"
    )
    assert answer.startswith(r"Yes, \(E \le 0\).<br>Where slides and textbooks differ")
    assert explanation == "First paragraph.<br><br>Then:<ul><li>one</li><li>two $5</li></ul>"
    assert source == "Methods, Energy, L31<br>Slides, L7"


def test_blanks_become_those_of_anki(pack: Pack) -> None:
    note = anki(pack, "hub")["cloze-one"]

    assert note.type.cloze
    assert note.fields[0] == (
        r"The {{c1::energy}} has {{c1::\(\frac{1}{2^{x} }\)::number}} and "
        "{{c1::std&#58;&#58;vector}}."
    )


def test_both_directions_are_cards_of_one_note(pack: Pack) -> None:
    note = anki(pack, "nnt")["reversed-one"]

    assert note.cards == {0, 1}
    assert note.fields[:4] == (
        r"What is \(E\)?",
        "The energy",
        "Which letter has the energy?",
        r"\(E\)",
    )


def test_options_are_lettered_and_mixed_in_the_same_way_every_time(pack: Pack) -> None:
    question, answer, *_ = anki(pack, "hub")["choice-one"].fields
    letter = next(line[0] for line in question.split("<br>") if line.endswith(". The energy"))

    assert sorted(line[:3] for line in question.split("<br>")[1:]) == ["A. ", "B. ", "C. "]
    assert answer.startswith(f"{letter}. The energy<br>")
    assert anki(pack, "hub")["choice-one"].fields[0] == question


def test_tags_are_words(pack: Pack) -> None:
    assert anki(pack)["basic-one"].tags == ("a_tag", "trap")


def test_the_same_cards_give_the_same_bytes(pack: Pack) -> None:
    assert export_cards(pack, "apkg", NOW) == export_cards(pack, "apkg", NOW)


def test_an_id_of_a_note_depends_on_the_card_alone(pack: Pack, root: Path) -> None:
    before = {name: note.guid for name, note in anki(pack).items()}
    path = root / "cards/mlp-forward.yaml"
    path.write_text(path.read_text().replace("How much is a half?", "How long is a half?"))
    after = {name: note.guid for name, note in anki(load_pack(root)).items()}

    assert before == after
    assert len(set(before.values())) == len(before)


def test_what_is_exported_for_anki_can_be_imported(pack: Pack, tmp_path: Path) -> None:
    file = tmp_path / "nets.apkg"
    file.write_bytes(export_cards(pack, "apkg", NOW)[0])
    report = import_cards(file, tmp_path / "back")
    back = load_pack(tmp_path / "back")

    assert (report.new, report.left_out, report.remarks) == (DIRECTIONS - 1, (), ())
    assert {card.topic for card in back.cards.values()} == {"hopfield", "mlp-forward"}
    (cloze,) = (card for card in back.cards.values() if card.type == "cloze")
    assert cloze.data["text"] == (
        r"The {{energy}} has {{$\frac{1}{2^{x} }$::number}} and {{std::vector::}}."
    )
    assert cloze.explanation == "It falls.\n\nMethods, L31"
