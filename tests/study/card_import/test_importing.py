"""Cards into a pack: new ones, changed ones, and what a person has changed in between."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.packs.check import check
from quizapp.packs.load import load_pack
from quizapp.study.card_import.importing import Report, import_cards
from tests.store.anki_packages import CLOZE, DATA, old_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quizapp.cards import Card


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "nets"


@pytest.fixture
def take(tmp_path: Path, folder: Path) -> Callable[..., Report]:
    """Import a text or bytes as a file of a name into the folder."""

    def take_in(content: str | bytes, name: str = "nets.csv", **options: Any) -> Report:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return import_cards(file, folder, **options)

    return take_in


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.same, len(report.left_out)


def files(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.*")}


def cards(root: Path) -> dict[str, Card]:
    pack = load_pack(root)
    assert pack.faults == ()
    return pack.cards


TWO = "question,answer,topic\nWhat falls?,energy,Hopfield nets\nWhat rises?,nothing,CNN\n"


# A new pack --------------------------------------------------------------------------------


def test_a_new_pack_is_right_by_the_format(take: Callable[..., Report], folder: Path) -> None:
    report = take(TWO)

    assert counts(report) == (2, 0, 0, 0)
    assert check(folder) == []
    assert sorted(files(folder)) == [
        "cards/cnn.yaml",
        "cards/hopfield-nets.yaml",
        "courses/nets.yaml",
        "imported.json",
        "pack.yaml",
        "syllabus/cnn.yaml",
        "syllabus/hopfield-nets.yaml",
    ]
    assert {card.topic for card in cards(folder).values()} == {"hopfield-nets", "cnn"}


def test_the_options_name_the_course_and_the_topic(
    take: Callable[..., Report], folder: Path
) -> None:
    take(TWO, course="hub", topic="Own cards")
    pack = load_pack(folder)

    assert list(pack.courses) == ["hub"]
    assert {card.topic for card in pack.cards.values()} == {"own-cards"}
    assert [item.course for item in pack.items.values()] == ["hub"]


def test_without_a_topic_the_name_of_the_file_is_one(
    take: Callable[..., Report], folder: Path
) -> None:
    take("a,b", "My Cards.csv")

    assert [card.topic for card in cards(folder).values()] == ["my-cards"]


@pytest.mark.parametrize("name", ["legacy.apkg", "latest.apkg", "notes.txt"])
def test_what_anki_exports_becomes_cards(
    take: Callable[..., Report], folder: Path, name: str
) -> None:
    report = take((DATA / name).read_bytes(), name)
    found = cards(folder)

    assert counts(report) == (12, 0, 0, 0)
    assert sorted({card.topic for card in found.values()}) == [
        "history",
        "nets-activations",
        "nets-hopfield",
        "nets-odd",
    ]
    assert sorted(card.type for card in found.values()) == (
        ["basic"] * 5 + ["cloze"] * 5 + ["reversed"] * 4
    )
    assert report.remarks == (
        "1 picture or sound is named in the text; the file itself is not taken in",
        "1 formula with LaTeX that is not known here is kept as plain text",
        "1 blank within a formula has become the whole formula",
    )


def test_every_form_of_the_same_notes_gives_the_same_ids(
    take: Callable[..., Report], folder: Path
) -> None:
    take((DATA / "latest.apkg").read_bytes(), "latest.apkg")
    report = take((DATA / "legacy.apkg").read_bytes(), "legacy.apkg")

    assert counts(report) == (0, 0, 12, 0)
    assert counts(take((DATA / "notes.txt").read_bytes(), "notes.txt"))[0] == 0


# Again -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["legacy.apkg", "notes.txt"])
def test_a_second_import_changes_nothing(
    take: Callable[..., Report], folder: Path, name: str
) -> None:
    content = (DATA / name).read_bytes()
    take(content, name)
    before = files(folder)

    assert counts(take(content, name)) == (0, 0, 12, 0)
    assert files(folder) == before


def test_a_changed_answer_updates_the_card_in_place(
    take: Callable[..., Report], folder: Path
) -> None:
    take(TWO)
    before = cards(folder)
    report = take(TWO.replace("energy", "the energy"))

    assert counts(report) == (0, 1, 1, 0)
    after = cards(folder)
    assert list(after) == list(before)
    assert [card.data["answer"] for card in after.values()] == ["nothing", "the energy"]


def test_a_note_of_anki_keeps_its_id_whatever_changes(
    take: Callable[..., Report], folder: Path
) -> None:
    take(old_package(("g1", "a", "b")), "a.apkg")
    (before,) = cards(folder)
    take(old_package(("g1", "another question", "c"), ("g2", "d", "e")), "a.apkg")

    assert next(iter(cards(folder))) == before
    assert cards(folder)[before].data["question"] == "another question"


def test_new_cards_stand_behind_those_that_are_there(
    take: Callable[..., Report], folder: Path
) -> None:
    take("a,b")
    take("a,b\nc,d")

    assert [card.data["question"] for card in cards(folder).values()] == ["a", "c"]


# A person's own changes --------------------------------------------------------------------


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_change_by_hand_survives_an_import_of_the_same(
    take: Callable[..., Report], folder: Path
) -> None:
    take(TWO)
    edit(folder / "cards/cnn.yaml", "answer: nothing", "answer: nothing at all")
    before = files(folder)

    assert counts(take(TWO)) == (0, 0, 2, 0)
    assert files(folder) == before


def test_what_the_source_does_not_change_stays_as_the_person_wrote_it(
    take: Callable[..., Report], folder: Path
) -> None:
    take("question,answer,explanation\na,b,Because.\n")
    path = folder / "cards/nets.yaml"
    edit(path, "explanation: Because.", "explanation: 'Because of me.'\n    families: [softmax]")
    take("question,answer,explanation\na,other,Because.\n")
    (card,) = cards(folder).values()

    assert (card.data["answer"], card.explanation) == ("other", "Because of me.")
    assert card.families == ("softmax",)


def test_comments_and_other_cards_stay_where_they_are(
    take: Callable[..., Report], folder: Path
) -> None:
    take("a,b\nc,d")
    path = folder / "cards/nets.yaml"
    edit(path, "topic: nets", "# mine\ntopic: nets")
    text = path.read_text()
    second = text.index("\n  - id:", text.index("  - id:") + 5)
    text = text[:second] + "\n  # about the second\n" + text[second + 1 :] + "\n# the end\n"
    path.write_text(text)
    take("a,B\nc,d\ne,f")
    after = path.read_text()

    assert after.startswith("# mine\ntopic: nets\n")
    assert "\n\n  # about the second\n  - id: " in after
    assert after.endswith("\n# the end\n")
    assert [card.data["answer"] for card in cards(folder).values()] == ["B", "d", "f"]


def test_a_card_that_was_moved_to_another_topic_stays_there(
    take: Callable[..., Report], folder: Path
) -> None:
    take(TWO)
    (folder / "cards/cnn.yaml").rename(folder / "cards/other.yaml")
    edit(folder / "cards/other.yaml", "topic: cnn", "topic: other")
    take(TWO.replace("nothing", "nothing ever"))

    assert not (folder / "cards/cnn.yaml").exists()
    assert "nothing ever" in (folder / "cards/other.yaml").read_text()


def test_cards_go_into_a_pack_written_by_hand(take: Callable[..., Report], folder: Path) -> None:
    (folder / "cards").mkdir(parents=True)
    (folder / "courses").mkdir()
    (folder / "pack.yaml").write_text(
        "name: own\ntitle: Own\nversion: '1'\nlicence: MIT\nabout: Mine.\n"
    )
    (folder / "courses/hub.yaml").write_text("id: hub\ntitle: Hub\nabout: A course.\n")
    (folder / "cards/nets.yaml").write_text("topic: nets\ncards: []\n")
    head = (folder / "pack.yaml").read_text()

    assert counts(take("a,b")) == (1, 0, 0, 0)
    assert (folder / "pack.yaml").read_text() == head
    assert [card.sources[0].course for card in cards(folder).values()] == ["hub"]


# What is left out --------------------------------------------------------------------------


def told(report: Report) -> list[str]:
    return [f"{one.place}: {one.why}" for one in report.left_out]


def test_the_same_question_twice_is_told(take: Callable[..., Report]) -> None:
    assert told(take("a,b\na,b\na,c")) == [
        "nets.csv:2:1: the same card as at nets.csv:1:1",
        "nets.csv:3:1: the same question as at nets.csv:1:1",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("question,answer,id\na,b,Not An Id", "id: an id has only small letters, digits"),
        ('question,answer,type\na,"$x$",typed', "answer: nobody types LaTeX"),
        ('question,steps,type\na,"[""x""]",ordering', "steps: an ordering has 3 to 8 steps"),
        ('question,steps,type\na,"{}",ordering', "`steps` must be a list"),
        ("question,reverse_question,reverse_answer,answer\na,a,b,c", "reverse_question: the same"),
        ("text,type\na {{ b,cloze", "a cloze needs a blank"),
    ],
)
def test_a_card_that_is_not_right_by_the_format_is_told(
    take: Callable[..., Report], text: str, why: str
) -> None:
    (one,) = take(text).left_out

    assert one.why.startswith(why)


def test_references_to_what_the_pack_does_not_have_are_told(
    take: Callable[..., Report], folder: Path
) -> None:
    report = take("question,answer,items,discrepancies\na,b,no-such-item,no-such-one\n")

    (remark,) = report.remarks
    assert remark.startswith("2 references to items, courses and discrepancies that this pack")
    assert check(folder) == []


def test_nothing_is_written_where_no_card_is_right(
    take: Callable[..., Report], folder: Path
) -> None:
    take("question,answer\n,b")

    assert not folder.exists()


# What is refused ---------------------------------------------------------------------------


def refusal(take: Callable[..., Report], *arguments: Any, **options: Any) -> str:
    with pytest.raises(QuizError) as caught:
        take(*arguments, **options)
    return caught.value.message


def test_a_folder_with_other_things_is_refused(take: Callable[..., Report], folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear")

    assert "holds other things and no pack.yaml" in refusal(take, "a,b")
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(
    take: Callable[..., Report], folder: Path
) -> None:
    folder.write_text("Dear")

    assert "cards go into a folder, not into a file" in refusal(take, "a,b")


def test_a_pack_with_several_courses_wants_to_know_which(
    take: Callable[..., Report], folder: Path
) -> None:
    take("a,b", course="hub")
    take("c,d", course="nnt")

    assert "name one with --course: hub, nnt" in refusal(take, "e,f")


def test_a_pack_that_cannot_be_read_is_left_as_it_is(
    take: Callable[..., Report], folder: Path
) -> None:
    take("a,b")
    (folder / "cards/nets.yaml").write_text("topic: nets\ncards: [\n")

    assert "a value is missing here" in refusal(take, "a,c")


def test_a_link_out_of_the_pack_is_not_followed(
    take: Callable[..., Report], folder: Path, tmp_path: Path
) -> None:
    take("a,b")
    (tmp_path / "elsewhere").mkdir()
    (folder / "syllabus/x.yaml").write_text("topic: x\nitems: []\n")
    for path in (folder / "cards").iterdir():
        path.unlink()
    (folder / "cards").rmdir()
    (folder / "cards").symlink_to(tmp_path / "elsewhere")

    assert "leads out of the pack" in refusal(take, "a,c")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["cards.docx", "cards"])
def test_an_unknown_ending_asks_what_it_is(take: Callable[..., Report], name: str) -> None:
    assert "add --as with one of csv, tsv, markdown, apkg" in refusal(take, "a,b", name)


def test_a_form_that_is_named_counts_more_than_the_ending(take: Callable[..., Report]) -> None:
    assert counts(take("Q: a\nA: b\n", "notes.txt", form="markdown")) == (1, 0, 0, 0)


def test_hostile_html_becomes_harmless_text(take: Callable[..., Report], folder: Path) -> None:
    front = "<script>alert(1)</script>\x1b]0;x\x07[/red] {{c1::\u202ea}} {name!r} ../../etc"
    take(old_package(("g", front, "extra"), model=CLOZE), "a.apkg")
    (card,) = cards(folder).values()

    assert card.data["text"] == "]0;x[/red] {{a}} {name!r} ../../etc"


@pytest.mark.parametrize(
    "name", ["a$b.csv", "\\frac{{.csv", "\x1b[31m.csv", " .csv", "ü" * 80 + ".csv"]
)
def test_a_name_of_a_file_is_text_too(
    take: Callable[..., Report], folder: Path, tmp_path: Path, name: str
) -> None:
    assert counts(take("a,b", name)) == (1, 0, 0, 0)
    assert check(folder) == []
    report = import_cards(tmp_path / name, tmp_path / "x$y: \\foo")
    assert counts(report) == (1, 0, 0, 0)
    assert check(report.folder) == []


def test_a_file_of_another_topic_is_never_written_over(
    take: Callable[..., Report], folder: Path
) -> None:
    take("question,answer,topic\nA?,a,one\nB?,b,two\n")
    for topic, name in (("one", "three.yaml"), ("two", "three-2.yaml")):
        for where in ("cards", "syllabus"):
            (folder / where / f"{topic}.yaml").rename(folder / where / name)
    take("question,answer,topic\nC?,c,three\n", "more.csv")

    assert {card.topic for card in cards(folder).values()} == {"one", "two", "three"}


fields = st.lists(
    st.sampled_from(["a", "$x$", "$", "\\", "{{", "}}", "::", "<b>", "\n", "'", '"', ": ", "# "])
    | st.sampled_from(["- ", "\t", "\u2028", "\x1b", "é", "null", "1", "<img src=x>", "\\(", "\\)"])
    | st.text(max_size=3),
    min_size=1,
    max_size=12,
).map("".join)


@given(notes=st.lists(st.tuples(fields, fields), min_size=1, max_size=4), cloze=st.booleans())
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_notes_give_a_pack_without_a_fault(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[str, str]], cloze: bool
) -> None:
    root = tmp_path_factory.mktemp("import")
    made = [
        (f"g{number}", f"{{{{c1::{front}}}}}" if cloze else front, back.replace("\x1f", ""))
        for number, (front, back) in enumerate(notes)
    ]
    (root / "a.apkg").write_bytes(old_package(*made, model=CLOZE if cloze else None))
    report = import_cards(root / "a.apkg", root / "pack")
    again = import_cards(root / "a.apkg", root / "pack")

    assert (again.new, again.changed, again.same) == (0, 0, report.new)
    if report.new:
        assert load_pack(root / "pack").faults == ()
