"""Whole sessions of the line mode, as they are typed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.packs.model import Pack
    from tests.cli.conftest import Run

OWN = """\
family: attention
givens:
  Q: [[1, 0], [0, 1]]
  K: [[1, 1], [0, 1]]
  V: [[2, -1], [1, 3]]
"""
RIGHT = ["1 0; 1 1", ".707 0; .707 .707", "0.67 0.33; 1/2 1/2", "1.67 0.321; 1.5 1"]


def keys(*typed: str) -> str:
    return "".join(f"{line}\n" for line in typed)


@pytest.fixture
def own(tmp_path: Path) -> str:
    file = tmp_path / "own.yaml"
    file.write_text(OWN)
    return str(file)


# Review ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answered_by_a_digit() -> Pack:
    """The shipped content with those cards only that one digit answers."""
    pack = load_pack(shipped_pack())
    cards = pack.cards.values()
    four = [c for c in cards if len(c.data.get("options", ())) == 4 and "select" not in c.data]
    numbers = [card for card in cards if card.type == "numeric"]
    return replace(pack, cards={card.id: card for card in (*four, *numbers)})


@pytest.fixture(autouse=True)
def _use(monkeypatch: pytest.MonkeyPatch, answered_by_a_digit: Pack) -> None:
    monkeypatch.setattr(Workspace.__dict__["pack"], "func", lambda _: answered_by_a_digit)


def fronts(out: str) -> list[str]:
    """The cards that were shown, by the lines with their topics and the first of the question."""
    lines = out.splitlines()
    return [lines[n + 1] for n, line in enumerate(lines) if line.startswith("[")]


def test_end_of_input_ends_the_review(quizapp: Run) -> None:
    got = quizapp("review", "--plain")
    assert got.status == 0
    assert got.out.startswith("0 due, 15 new, 3 to compute.\n")
    assert got.out.endswith("\n0 answered.\n")
    assert got.err == ""


def test_q_quits_at_a_question_and_at_a_rating(quizapp: Run) -> None:
    assert quizapp("review", "--plain", typed="q\n").out.endswith(": q\n0 answered.\n")
    assert quizapp("review", "--plain", typed="1\nQ\n").out.endswith(": Q\n0 answered.\n")


def test_an_answer_is_shown_rated_and_kept(quizapp: Run) -> None:
    before = quizapp("review", "--json").json
    got = quizapp("review", "--plain", typed=keys("1", "3", "q"))
    assert "Answer: " in got.out
    assert "Source: " in got.out
    assert "1 answered." in got.out
    after = quizapp("review", "--json").json
    assert after["new"] == before["new"] - 1
    assert after["card"] != before["card"]


def test_enter_takes_the_rating_that_is_offered(quizapp: Run) -> None:
    got = quizapp("review", "--plain", typed=keys("1", "", "q"))
    assert "1 answered." in got.out
    assert quizapp("review", "--json").json["new"] == 14


def test_u_takes_the_last_answer_back_even_after_a_restart(quizapp: Run) -> None:
    before = quizapp("review", "--json").json
    quizapp("review", "--plain", typed=keys("1", "3", "q"))
    got = quizapp("review", "--plain", typed=keys("u", "q"))
    assert "Taken back." in got.out
    assert len(fronts(got.out)) == 2
    assert fronts(got.out)[1].startswith(before["front"][:40])
    assert quizapp("review", "--json").json == before


def test_u_with_nothing_behind_it_says_so(quizapp: Run) -> None:
    got = quizapp("review", "--plain", typed=keys("u", "q"))
    assert "There is nothing to take back." in got.out
    assert len(set(fronts(got.out))) == 1


def test_what_cannot_be_read_is_asked_again_and_costs_nothing(quizapp: Run) -> None:
    shown = quizapp("review", "--json").json
    assert shown["type"] == "choice"
    got = quizapp("review", "--plain", typed=keys("", "0", "9", "one", "1 2", "9" * 500, "q"))
    assert got.out.count("Type a number from 1 to 4.") == 5
    assert "Choose only one." in got.out
    assert len(fronts(got.out)) == 1
    assert quizapp("review", "--json").json == shown


def test_an_unknown_rating_is_asked_again(quizapp: Run) -> None:
    got = quizapp("review", "--plain", typed=keys("1", "5", "good", "2", "q"))
    assert got.out.count("Type 1, 2, 3 or 4, or press Enter.") == 2
    assert "1 answered." in got.out


def test_a_number_that_cannot_be_read_says_why(quizapp: Run) -> None:
    for _ in range(15):
        if quizapp("review", "--json").json["type"] == "numeric":
            break
        quizapp("review", "--plain", typed=keys("@", "q"))
    shown = quizapp("review", "--json").json
    assert shown["type"] == "numeric"
    got = quizapp("review", "--plain", typed=keys("", "x+", "1,234", "9**9**9", "q"))
    assert "Type a number." in got.out
    assert "This can be read as 1.234 or as 1234" in got.out
    assert len(fronts(got.out)) == 1
    assert quizapp("review", "--json").json == shown


def test_a_card_is_put_off_or_left_out_and_taken_back(quizapp: Run) -> None:
    first = quizapp("review", "--json").json["card"]
    for key, said in (("-", "Put off until tomorrow"), ("@", "Left out from now on")):
        assert said in quizapp("review", "--plain", typed=keys(key, "q")).out
        assert quizapp("review", "--json").json["card"] != first
        quizapp("review", "--plain", typed=keys("u", "q"))
        assert quizapp("review", "--json").json["card"] == first


def test_a_question_mark_shows_the_keys(quizapp: Run) -> None:
    got = quizapp("review", "--plain", typed=keys("?", "1", "?", "q"))
    assert got.out.count("At every question: q ends") == 3


def test_a_topic_alone_can_be_reviewed(quizapp: Run) -> None:
    got = quizapp("review", "--plain", "--topic", "hopfield", typed=keys("-", "-", "q"))
    shown = [line for line in got.out.splitlines() if line.startswith("[")]
    assert shown == ["[hopfield, new]"] * 3


def test_a_whole_day_is_reviewed_to_its_end(quizapp: Run) -> None:
    quizapp("settings", "new_a_day", "4")
    quizapp("settings", "skills_a_day", "0")
    got = quizapp("review", "--plain", typed=keys(*["1", "4"] * 12))
    assert "Nothing is left for now." in got.out
    assert "4 answered." in got.out
    assert quizapp("today", "--json").json["done_today"] == 4


def test_lines_fit_the_screen(quizapp: Run) -> None:
    got = quizapp("review", "--plain", typed=keys(*["1", "3"] * 15))
    assert max(map(len, got.out.splitlines())) <= 80


# Practice ----------------------------------------------------------------------------------


def test_a_computation_is_worked_through(quizapp: Run, own: str) -> None:
    got = quizapp("practice", "--plain", "--problem", own, typed=keys(*RIGHT))
    assert got.status == 0
    assert got.out.count("✓ Correct.") == 4
    assert "100% of the points." in got.out
    assert "1. Scores: QKᵀ (2 rows of 2)" in got.out


def test_a_file_may_be_named_alone_and_says_what_it_is(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "sheet.yaml"
    file.write_text(
        "title: Sheet 5\nnote: Mind the root.\nfamily: attention\n"
        "givens: {Q: [[1, 0]], K: [[1, 1]], V: [[2, -1]]}\nscheme: {scores: 3}\n"
    )
    got = quizapp("practice", str(file), "--plain", typed=keys("1", "q"))
    assert got.out.startswith("Sheet 5\n\nMind the root.\n\n")
    assert "50% of the points" in got.out
    assert quizapp("practice", str(file), "--json").json["family"] == "attention"


def test_a_slip_is_named_and_can_be_mended(quizapp: Run, own: str) -> None:
    typed = keys(RIGHT[0], "1 0; 1 1", *RIGHT[1:])
    got = quizapp("practice", "--plain", "--problem", own, typed=typed)
    assert "✗ The division by √d_k is missing." in got.out
    assert "Try again, or press Enter to go on with it." in got.out
    assert "100% of the points." in got.out
    assert quizapp("today", "--json").json["slips"][0]["slip"] == "no-scaling"


def test_a_wrong_line_can_stay_and_the_next_is_carried_on(quizapp: Run, own: str) -> None:
    typed = keys(RIGHT[0], "1 0; 1 1", "", ".731 .269; .5 .5", "")
    got = quizapp("practice", "--plain", "--problem", own, typed=typed)
    assert "Right, carried on from your line 2." in got.out
    assert "50% of the points." in got.out


def test_unreadable_lines_are_asked_again_with_the_reason(quizapp: Run, own: str) -> None:
    typed = keys("hello", "1 0 1", "9**9**9", "__import__('os')", *RIGHT)
    got = quizapp("practice", "--plain", "--problem", own, typed=typed)
    assert got.out.count("\n? ") + got.out.count("> ? ") >= 4
    assert "100% of the points." in got.out


def test_hints_go_from_what_is_next_to_the_first_entry(quizapp: Run, own: str) -> None:
    got = quizapp("practice", "--plain", "--problem", own, typed=keys("?", "?", "?", "?", "q"))
    assert "Its formula: QKᵀ" in got.out
    assert got.out.count("Its first entry: 1 · 1 + 0 · 1 = 1") == 2


def test_the_solution_ends_the_run(quizapp: Run, own: str) -> None:
    got = quizapp("practice", "--plain", "--problem", own, typed=keys("!", "1"))
    assert "1/√2 = 0.707" in got.out
    assert "of the points" not in got.out


def test_leaving_at_once_leaves_no_trace(quizapp: Run, own: str) -> None:
    for typed in ("", "q\n", "Q\n", "?\n"):
        got = quizapp("practice", "--plain", "--problem", own, typed=typed)
        assert got.status == 0
        assert "of the points" not in got.out


def test_a_family_is_picked_from_a_list(quizapp: Run) -> None:
    families = [entry["id"] for entry in quizapp("practice", "--json").json]
    number = families.index("softmax") + 1
    got = quizapp("practice", "--plain", typed=keys("", "0", "x", "9" * 99, str(number), "q"))
    assert got.out.count(f"Type a number from 1 to {len(families)}.") == 4
    assert "softmax of the logits" in got.out
    assert quizapp("practice", "--plain", typed=keys("softmax", "q")).status == 0
    assert quizapp("practice", "--plain", typed="q\n").status == 0
    assert quizapp("practice", "--plain", typed="").status == 0


@pytest.mark.parametrize("level", ["1", "2", "3"])
def test_a_run_can_be_answered_from_the_solution(quizapp: Run, tmp_path: Path, level: str) -> None:
    drawn = quizapp("generate", "attention", "--level", level, "--seed", "4", "--json").out
    file = tmp_path / "drawn.json"
    file.write_text(drawn)
    steps = json.loads(quizapp("solve", "-", typed=drawn).out)["steps"]
    typed = [
        "; ".join(" ".join(f"{x:.4f}" for x in row) for row in value) for value in steps.values()
    ]
    got = quizapp("practice", "--plain", "--problem", str(file), typed=keys(*typed))
    assert "100% of the points." in got.out


def test_control_characters_that_are_typed_are_not_printed(quizapp: Run, own: str) -> None:
    typed = "\x1b]0;title\x07\x1b[31m\n\u202e1\nq\n"
    for command in (["practice", "--plain", "--problem", own], ["review", "--plain"]):
        got = quizapp(*command, typed=typed)
        assert "\x1b" not in got.out
        assert "\u202e" not in got.out
