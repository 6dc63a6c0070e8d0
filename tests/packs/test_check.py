from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.packs.check import check
from quizapp.packs.errors import PackError
from tests.packs.conftest import FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG = "because the flipped unit agrees with its net input"


def told(root: Path) -> list[str]:
    """Return the faults of the card file, from its line on."""
    start = f"{root}/cards/hopfield.yaml:"
    return [str(f).removeprefix(start) for f in check(root) if str(f).startswith(start)]


def choice(*options: str, select: str = "one") -> str:
    lines = [
        f"  - {{text: '{text}', right: {str(n == 0).lower()}}}" for n, text in enumerate(options)
    ]
    return "\n".join(["type: choice", "question: a", f"select: {select}", "options:", *lines])


def test_a_good_pack_has_no_faults(write_pack: Callable[..., Path]) -> None:
    assert check(write_pack()) == []


def test_the_shipped_pack_has_no_faults() -> None:
    assert [str(fault) for fault in check(None)] == []


def test_a_path_without_pack_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="name a folder"):
        check(tmp_path / "nowhere")


def test_what_the_loader_finds_comes_too_in_the_order_of_the_files(
    write_pack: Callable[..., Path],
) -> None:
    root = write_pack(
        {"exams/a.yaml": "[", "cards/a.yaml": "topic: b\ncards: [1]", "pack.yaml": "a"}
    )

    found = [str(fault).removeprefix(f"{root}/").split(": ")[0] for fault in check(root)]
    assert found == ["cards/a.yaml:1:8", "cards/a.yaml:2:9", "exams/a.yaml:1:1", "pack.yaml:1:1"]


def test_options_that_are_the_same(write_cards: Callable[[str], Path]) -> None:
    assert told(write_cards(choice("a b", "c", "A  b"))) == [
        "10:16: the same as option 1: make them differ"
    ]


def test_a_right_option_that_is_much_longer(write_cards: Callable[[str], Path]) -> None:
    (message,) = told(write_cards(choice(LONG, "c", "d")))

    assert message.startswith("8:16: the right option is much longer than the others")


@pytest.mark.parametrize(
    "options",
    [
        (LONG, LONG + " or", "somewhat shorter than the first, all in all"),
        ("twelve signs", "c", "d"),
        ("c", LONG, "d"),
        (r"$\mathrm{softmax}(\alpha_{\mathrm{long}})$", "$x_{\\alpha}$", "$s(a+b+c+d)$"),
    ],
)
def test_options_of_like_length_are_fine(
    write_cards: Callable[[str], Path], options: tuple[str, ...]
) -> None:
    assert told(write_cards(choice(*options))) == []


@pytest.mark.parametrize("text", ["All of the above", "none of these", "Both of the others"])
def test_options_that_point_to_each_other(write_cards: Callable[[str], Path], text: str) -> None:
    (message,) = told(write_cards(choice("a", "b", text)))

    assert message.startswith("10:16: options are shuffled, so this has no meaning")


def test_a_question_that_is_too_long_for_the_screen(write_cards: Callable[[str], Path]) -> None:
    words = "word " * (15 * 19)
    (message,) = told(write_cards(f"type: basic\nquestion: {words}\nanswer: b"))

    assert message == "3:5: 19 lines on a screen of 80×24: keep it under 18"


def test_options_count_with_the_question(write_cards: Callable[[str], Path]) -> None:
    words = "word " * (14 * 6)
    (message,) = told(write_cards(choice(f"{words}a", f"{words}b", f"{words}c")))

    assert "lines on a screen" in message


def test_an_explanation_that_is_too_long(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    path = root / "cards/hopfield.yaml"
    lines = "\n\n".join(["      It never rises."] * 8)
    path.write_text(
        path.read_text().replace("explanation: It never rises.", f"explanation: |\n{lines}", 1)
    )

    assert told(root) == ["7:18: 15 lines of explanation: keep it under 14"]


def test_a_control_character(write_cards: Callable[[str], Path]) -> None:
    root = write_cards('type: basic\nquestion: "a\\x1b[31m"\nanswer: b')

    assert told(root) == ["5:15: a control character in the text, never shown: delete it"]


@pytest.mark.parametrize("name", ["cards/hopfeld.yaml", "discrepancies/x.yaml", "exams/x.yaml"])
def test_a_file_whose_name_says_something_else(write_pack: Callable[..., Path], name: str) -> None:
    root = write_pack()
    folder = name.split("/", maxsplit=1)[0]
    (path,) = (root / folder).iterdir()
    path.rename(root / name)

    (fault,) = check(root)
    assert f"the file is named {name.split('/')[1]}: give both the same name" in fault.message


def test_steps_and_rows_count_with_the_question(write_cards: Callable[[str], Path]) -> None:
    words = "word " * (14 * 3)
    steps = "\n".join(f"  - {words} {number}" for number in range(6))
    (message,) = told(write_cards(f"type: ordering\nquestion: Which order?\nsteps:\n{steps}"))

    assert "lines on a screen" in message


def test_an_answer_that_nobody_recalls(write_cards: Callable[[str], Path]) -> None:
    words = "word " * (15 * 9)
    (message,) = told(write_cards(f"type: basic\nquestion: What?\nanswer: {words}"))

    assert message == "3:5: 9 lines of answer: nobody recalls more than a few, split it"


def test_a_symbol_that_the_pack_does_not_know(write_pack: Callable[..., Path]) -> None:
    head = """
        name: small
        title: A small pack
        version: "1"
        licence: MIT
        about: Two cards.
        symbols: {learning rate: '\\eta'}
        """
    root = write_pack({"pack.yaml": head})
    path = root / "cards/hopfield.yaml"
    text = path.read_text().replace("The energy.", r"'$\sym{lerning rate} \sym{learning rate}$'", 1)
    path.write_text(text)

    assert told(root) == [
        "6:15: the pack has no symbol 'lerning rate': did you mean 'learning rate'?"
    ]


def test_a_course_that_lists_its_topics_lists_them_all(write_pack: Callable[..., Path]) -> None:
    course = """
        id: hub
        title: Methods
        about: A course.
        exams: [hub-short]
        topics: [other]
        """
    items = """
        topic: other
        items:
          - {id: hub-other, course: hub, kind: formula, place: L31, statement: The energy.}
        """
    root = write_pack({"courses/hub.yaml": course, "syllabus/other.yaml": items})

    assert [str(f).removeprefix(f"{root}/") for f in check(root)] == [
        "courses/hub.yaml:5:9: the topic 'hopfield' is missing: say when it comes"
    ]
    path = root / "courses/hub.yaml"
    path.write_text(path.read_text().replace("[other]", "[hopfield, othr, other]"))
    assert "unknown topic 'othr'" in str(check(root)[0])


def test_a_card_without_an_explanation_is_told_only_where_all_is_to_be_covered(
    write_pack: Callable[..., Path],
) -> None:
    head = "name: small\ntitle: A\nversion: '1'\nlicence: MIT\nabout: B.\n"
    root = write_pack({"pack.yaml": head})
    path = root / "cards/hopfield.yaml"
    path.write_text(path.read_text().replace("    explanation: It never rises.\n", "", 1))

    assert check(root) == []
    (root / "pack.yaml").write_text(f"{head}coverage: full\n")
    assert told(root)[0] == "3:9: no explanation: say why, with an example"


def test_no_symbol_is_missed_where_the_head_is_faulty(write_pack: Callable[..., Path]) -> None:
    cards = FILES["cards/hopfield.yaml"].replace("What falls?", "'Does $\\sym{energy}$ fall?'")
    root = write_pack({"cards/hopfield.yaml": cards})
    assert any("the pack has no symbol 'energy'" in str(fault) for fault in check(root))

    (root / "pack.yaml").write_text("name: small\n", encoding="utf-8")
    assert not any("no symbol" in str(fault) for fault in check(root))
