from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.cards import Card, Source
from quizapp.core.place import Place
from quizapp.packs.errors import PackError
from quizapp.packs.files import signature
from quizapp.packs.load import load_pack
from quizapp.packs.model import Claim, Course, Item, Literature, NumberCheck, Section
from quizapp.packs.shipped import shipped_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def messages(root: Path, families: frozenset[str] | None = None) -> list[str]:
    """Return the faults with places as seen from the pack."""
    faults = load_pack(root, families=families).faults
    return [str(fault).removeprefix(f"{root}/") for fault in faults]


def test_a_pack_without_fault(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    pack = load_pack(root)

    assert pack.faults == ()
    assert (pack.name, pack.title, pack.version, pack.licence) == (
        "small",
        "A small pack",
        "1",
        "MIT",
    )
    assert pack.root == root
    assert list(pack.cards) == ["first", "second"]


def test_a_card_is_read_whole(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    card = load_pack(root).cards["second"]

    assert card == Card(
        id="second",
        type="true-false",
        topic="hopfield",
        items=("hub-energy", "hub-hebb"),
        sources=(Source("hub", "L31"),),
        discrepancies=("rising",),
        families=(),
        tags=("trap",),
        explanation="It never rises.",
        data={"statement": "The energy rises.", "answer": {"slides": False, "textbook": True}},
    )
    assert card.at == Place(str(root / "cards/hopfield.yaml"), 11, 5)


def test_a_course_and_an_item_are_read_whole(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    pack = load_pack(root)

    assert pack.courses["hub"] == Course(
        id="hub",
        title="Methods",
        subtitle="",
        about="A course.",
        conventions={"tie": "plus"},
        symbols={"pre-activation": "z_i"},
        exams=("hub-short",),
        answer_by="slides",
        at=Place("", 1, 1),
    )
    assert pack.items["hub-energy"] == Item(
        id="hub-energy",
        course="hub",
        topic="hopfield",
        kind="formula",
        place="L31",
        statement="The energy.",
        examinable=True,
        families=(),
        at=Place("", 1, 1),
    )


def test_a_discrepancy_is_read_whole(write_pack: Callable[..., Path]) -> None:
    found = load_pack(write_pack()).discrepancies["rising"]

    assert found.claims == (Claim("hub", "L43", "It rises.", "it rises"),)
    assert found.literature == Literature("It falls.", ("Hopfield 1982, Neural networks",))
    assert found.exam_advice == {"hub": "It falls.", "default": "It falls."}
    assert found.example is not None
    assert found.example.checks == (
        NumberCheck("hopfield-energy", {"y": [1, -1]}, {}, "energy", 0.5),
    )


def test_a_blueprint_is_read_whole(write_pack: Callable[..., Path]) -> None:
    found = load_pack(write_pack()).blueprints["hub-short"]

    assert (found.course, found.minutes) == ("hub", 10)
    assert found.sections == (
        Section("Say", "cards", ("true-false",), 1, 1, {"hopfield": 2}, {}, None),
        Section("Compute", "exercises", (), 1, 6, {}, {"hopfield-energy": 1}, 1),
    )


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            "type: basic\nquestion: a\nanser: b",
            "6:5: unknown field 'anser': did you mean 'answer'?",
        ),
        ("type: basic\nquestion: a", "3:5: `answer` is missing: add it"),
        ("type: basic\nquestion: 5\nanswer: b", "5:15: `question` must be text: put 5 in quotes"),
        ("type: basic\nquestion: a\nanswer: ' '", "6:13: an empty text: write it"),
        ("type: basik\nquestion: a", "4:11: unknown card type 'basik': did you mean 'basic'?"),
        ("typ: basic\nquestion: a", "3:5: `type` is missing or no text: add the type of the card"),
        (
            "type: basic\nquestion: a\nanswer: {slides: b}",
            "6:13: `textbook` is missing: add it",
        ),
        (
            "type: basic\nquestion: a\nanswer: {slides: b, textbook: c}",
            "6:13: the slides and the textbook differ here: name the discrepancy",
        ),
        (
            "type: basic\nquestion: a\nanswer: {slides: b, textbook: b}",
            "6:13: the slides and the textbook say the same here: write it once",
        ),
        (
            "type: true-false\nstatement: a\nanswer: yes",
            "6:13: `answer` must be true or false, or a mapping with slides and textbook, not 'yes",
        ),
        (
            "type: numeric\nquestion: a\nvalue: 1,5\ndecimals: 1",
            "6:12: `value` must be a number, or a mapping with slides and textbook, not '1,5'",
        ),
        ("type: numeric\nquestion: a\nvalue: 1\ndecimals: 1.5", "7:15: `decimals` must be a whole"),
        ("type: numeric\nquestion: a\nvalue: 1", "3:5: say how exact the answer has to be"),
        ("type: cloze\ntext: a b", "5:11: a cloze needs a blank"),
        ("type: cloze\ntext: a {{b}} {{}}", "5:19: the blank is empty"),
        (
            "type: choice\nquestion: a\nselect: mnay\noptions: []",
            "6:13: `select` must be one of one, many: did you mean 'many'?",
        ),
        (
            "type: choice\nquestion: a\noptions: [{text: a, right: true, wy: b}]",
            "6:38: unknown field 'wy': did you mean 'why'?",
        ),
        (
            "type: choice\nquestion: a\noptions:\n  - {text: a, right: true}",
            "7:7: a choice has 3 to 6 options, this one has 1",
        ),
        ("type: basic\nquestion: 'a $\\foo$'\nanswer: b", "5:19: "),
        ("type: basic\nquestion: |\n  a\n  b $\\foo$\nanswer: b", "7:10: "),
    ],
)
def test_a_faulty_card_is_left_out_and_its_fault_told(
    write_cards: Callable[[str], Path], fields: str, fault: str
) -> None:
    root = write_cards(fields)

    assert "only" not in load_pack(root).cards
    (message,) = [m for m in messages(root) if m.startswith("cards/")]
    assert message.startswith(f"cards/hopfield.yaml:{fault}")


def test_all_faults_of_a_card_are_told_at_once(write_cards: Callable[[str], Path]) -> None:
    root = write_cards("type: basic\nquestion: 5\nanswer: [a]\nfamilies: a\nextra: 1")

    assert len([m for m in messages(root) if m.startswith("cards/")]) == 4


def test_what_stands_beside_a_faulty_card_loads(write_pack: Callable[..., Path]) -> None:
    root = write_pack(
        {
            "cards/other.yaml": """
            topic: other
            cards:
              - 7
              - {id: Bad Id, type: basic}
              - id: good
                type: basic
                question: a
                answer: b
                explanation: c
                items: [hub-energy]
                sources: [{course: hub, place: L1}]
            """
        }
    )
    assert list(load_pack(root).cards) == ["first", "second", "good"]
    assert any("a card must be a mapping" in message for message in messages(root))


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("explanation: ''", "an empty text"),
        ("items: []", "covers no syllabus item"),
        ("sources: []", "has no source"),
    ],
)
def test_a_card_has_an_explanation_an_item_and_a_source(
    write_pack: Callable[..., Path], field: str, message: str
) -> None:
    fields = {
        "explanation": "explanation: c",
        "items": "items: [hub-energy]",
        "sources": "sources: [{course: hub, place: L1}]",
    }
    fields[field.split(":", maxsplit=1)[0]] = field
    card = "{id: a, type: basic, question: a, answer: b, " + ", ".join(fields.values()) + "}"
    root = write_pack({"cards/other.yaml": f"topic: other\ncards:\n  - {card}\n"})

    assert "a" not in load_pack(root).cards
    (found,) = messages(root)
    assert message in found


def test_an_id_has_only_small_letters_digits_and_hyphens(write_pack: Callable[..., Path]) -> None:
    card = (
        "{id: ../Etc, type: basic, question: a, answer: b, explanation: c, items: [hub-energy], "
        "sources: [{course: hub, place: L1}]}"
    )
    root = write_pack({"cards/other.yaml": f"topic: other\ncards:\n  - {card}\n"})

    assert messages(root) == [
        "cards/other.yaml:3:10: an id has only small letters, digits and hyphens, at most 80"
    ]


def test_a_file_that_cannot_be_read_is_left_out(write_pack: Callable[..., Path]) -> None:
    root = write_pack({"cards/broken.yaml": "topic: a\ncards: [\n"})

    assert list(load_pack(root).cards) == ["first", "second"]
    assert messages(root)[0].startswith("cards/broken.yaml:3:1: a value is missing here: close a {")


def test_what_refers_to_an_unreadable_file_is_not_at_fault(write_pack: Callable[..., Path]) -> None:
    root = write_pack({"syllabus/hopfield.yaml": "topic: hopfield\nitems: [\n"})
    pack = load_pack(root)

    assert len(pack.faults) == 1
    assert pack.cards["first"].items == ()


def test_a_quote_has_at_most_twelve_words(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    path = root / "discrepancies/hopfield.yaml"
    path.write_text(path.read_text().replace("quote: it rises", "quote: " + "word " * 13))

    assert messages(root) == [
        "discrepancies/hopfield.yaml:9:59: a quote has at most 12 words, this one has 13",
    ]
    assert load_pack(root).cards["second"].discrepancies == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("minutes: 10", "minutes: 0", "4:10: an exam takes at least one minute"),
        ("count: 1, points: 1", "count: 0, points: 1", "a section has at least one question"),
        ("points: 6", "points: .inf", "a question is worth a positive number of points"),
        ("{hopfield: 2}", "{hopfield: -2}", "a weight is a positive number"),
        ("level: 1", "level: 0", "levels count from 1"),
        ("types: [true-false], ", "", "a section that draws cards names its types"),
        ("level: 1", "types: [basic]", "types has no meaning in a section that draws exercises"),
        ("[true-false]", "[true-flase]", "unknown card type 'true-flase': did you mean 'true-fal"),
        ("level: 1", "scheme: {hopfield-enrgy: {}}", "did you mean 'hopfield-energy'?"),
        ("level: 1", "scheme: {hopfield-energy: {energy: -1}}", "a number from 0 to 1000"),
        ("level: 1", "scheme: {hopfield-energy: {energy: .nan}}", "a number from 0 to 1000"),
        ("level: 1", "scheme: {hopfield-energy: [1]}", "must be a mapping"),
        ("{hopfield: 2}", "{hopfield: 2}, scheme: {}", "scheme has no meaning in a section"),
    ],
)
def test_an_exam_that_cannot_be_drawn_is_left_out(
    write_pack: Callable[..., Path], old: str, new: str, fault: str
) -> None:
    root = write_pack()
    path = root / "exams/hub-short.yaml"
    path.write_text(path.read_text().replace(old, new))

    (message,) = messages(root)
    assert fault in message
    assert load_pack(root).blueprints == {}
    assert load_pack(root).courses["hub"].exams == ()


def test_a_symbol_is_maths_without_dollars(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    path = root / "courses/hub.yaml"
    path.write_text(path.read_text().replace("'z_i'", r"'z_i \foo'"))

    assert messages(root)[0].startswith("courses/hub.yaml:5:32: ")


def test_text_full_of_markup_survives_as_cleaned_literal_text(
    write_cards: Callable[[str], Path],
) -> None:
    root = write_cards(
        'type: basic\nquestion: "E[X] [/foo] [b \\x1b]0;x\\x07"\nanswer: "{0} %s {{x}} [/]"'
    )

    card = load_pack(root).cards["only"]
    assert card.data == {"question": "E[X] [/foo] [b ]0;x", "answer": "{0} %s {{x}} [/]"}


def test_a_pack_without_head_loads_under_the_name_of_its_folder(
    write_pack: Callable[..., Path],
) -> None:
    root = write_pack({"pack.yaml": None})
    pack = load_pack(root)

    assert (pack.name, len(pack.cards)) == ("small", 2)
    assert messages(root) == ["pack.yaml:1:1: pack.yaml is missing: write one"]


@pytest.mark.parametrize("name", ["nowhere", "pack.yaml"])
def test_a_path_that_is_no_folder_is_an_error_with_a_way_out(
    write_pack: Callable[..., Path], name: str
) -> None:
    with pytest.raises(PackError, match=r"no pack here: name a folder with a pack\.yaml"):
        load_pack(write_pack() / name)


def test_a_folder_and_a_file_that_are_not_read_are_told(write_pack: Callable[..., Path]) -> None:
    root = write_pack({"card/a.yaml": "x", "cards/b.yml": "x", "cards/notes.txt": "x"})

    assert messages(root) == [
        "card:1:1: unknown folder 'card': did you mean 'cards'?",
        "cards/b.yml:1:1: this file is not read: let its name end in .yaml",
    ]


def test_a_link_that_leads_out_of_the_pack_is_not_followed(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    root = write_pack()
    (tmp_path / "secret.yaml").write_text("secret: 1")
    (root / "cards/link.yaml").symlink_to(tmp_path / "secret.yaml")

    assert messages(root) == [
        "cards/link.yaml:1:1: a link that leads out of the pack: put the file itself here"
    ]


def test_a_broken_link_and_a_folder_named_like_a_file_are_told(
    write_pack: Callable[..., Path],
) -> None:
    root = write_pack()
    (root / "cards/circle.yaml").symlink_to(root / "cards/circle.yaml")
    (root / "cards/folder.yaml").mkdir()

    found = messages(root)
    assert found[0].startswith("cards/circle.yaml:1:1: ")
    assert found[1] == "cards/folder.yaml:1:1: folder.yaml is no file: delete it"


def test_thousands_of_faults_are_cut_short(write_pack: Callable[..., Path]) -> None:
    root = write_pack({"cards/many.yaml": "topic: many\ncards:\n" + "  - 1\n" * 5000})
    found = messages(root)

    assert len(found) == 200
    assert found[-1].endswith("and more faults in this file: mend the ones above first")


def test_the_shipped_pack_loads_without_fault() -> None:
    pack = load_pack(shipped_pack())

    assert pack.name == "neural-networks"
    assert [str(fault) for fault in pack.faults] == []


def test_a_folder_that_cannot_be_looked_into_is_a_fault(
    write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack()
    look = Path.iterdir

    def closed(folder: Path) -> Iterator[Path]:
        if folder.name == "syllabus":
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(Path, "iterdir", closed)

    assert messages(root) == ["syllabus:1:1: the folder cannot be read: Permission denied"]
    assert list(load_pack(root).cards) == ["first", "second"]


def test_a_text_made_of_braces_takes_no_long_time(write_cards: Callable[[str], Path]) -> None:
    root = write_cards("type: cloze\ntext: '$" + "{{a" * 50_000 + "$ {{b}}'")

    assert "only" not in load_pack(root).cards


def test_a_pack_keeps_its_name_where_the_rest_of_its_head_is_faulty(
    write_pack: Callable[..., Path],
) -> None:
    pack = load_pack(write_pack({"pack.yaml": "name: mine\ntitle: 5\n"}))

    assert (pack.name, len(pack.cards)) == ("mine", 2)
    assert pack.faults


@pytest.mark.parametrize("name", ["a~b", "a:b", "Mine", "[red]", " x"])
def test_a_name_that_ids_cannot_carry_is_a_fault(
    write_pack: Callable[..., Path], name: str
) -> None:
    head = f"name: '{name}'\ntitle: T\nversion: '1'\nlicence: MIT\nabout: A.\n"
    root = write_pack({"pack.yaml": head})

    assert load_pack(root).name == "small"
    assert "pack.yaml:1:7: a name has only small letters" in messages(root)[0]


def test_a_pack_that_may_not_be_looked_into_is_an_error_with_its_place(
    write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack()

    def locked(_: Path, **__: bool) -> os.stat_result:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "stat", locked)
    with pytest.raises(PackError, match="the pack cannot be read: Permission denied"):
        load_pack(root)
    signature(root)
