"""How practice has gone, on the command line; practising slips on plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_plain import OWN, RIGHT, keys

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

NO_ROOT = [RIGHT[0], RIGHT[0], "", "", ""]


def forget_the_root(quizapp: Run, folder: Path) -> None:
    """Work on attention once and forget the division by √d_k."""
    file = folder / "own.yaml"
    file.write_text(OWN)
    quizapp("practice", "--plain", "--problem", str(file), typed=keys(*NO_ROOT))


def test_nothing_practised_is_said(quizapp: Run) -> None:
    assert "Nothing has been practised yet" in quizapp("statistics").out
    facts = quizapp("statistics", "--json").json
    assert {name: facts.pop(name) for name in ("attempts", "right", "seconds")} == {
        "attempts": 0, "right": 0, "seconds": 0,
    }  # fmt: skip
    assert [facts.pop(name) for name in ("slips", "families")] == [[], []]
    assert sorted(facts) == [
        "calendar", "calibration", "exams", "load", "mastery", "memory", "retention", "time",
    ]  # fmt: skip
    assert (facts["calendar"]["days"], facts["retention"]["weeks"]) == ([], [])


def test_slips_and_computations_are_listed(quizapp: Run, tmp_path: Path) -> None:
    forget_the_root(quizapp, tmp_path)
    out = quizapp("statistics").out
    assert "1 attempt, 0 right" in out
    assert "   1×  The division by √d_k is missing." in out
    assert max(map(len, out.splitlines())) < 80
    facts = quizapp("statistics", "--json").json
    (slip,) = facts["slips"]
    assert (slip["family"], slip["slip"], slip["times"]) == ("attention", "no-scaling", 1)
    (family,) = facts["families"]
    assert family["attempts"] == 1
    assert family["last"] == family["best"] < 1
    assert len(slip["last"]) == len(family["last_day"]) == len("2026-03-02")


def test_the_figures_of_a_review_are_told(quizapp: Run) -> None:
    quizapp("review", "--plain", typed="\n3\n\n3\n\n")
    facts = quizapp("statistics", "--json").json
    answers = facts["calendar"]["answers"]
    assert answers > 0
    assert sum(one["cards"] for one in facts["memory"]["stability"]) == facts["memory"]["cards"]
    out = quizapp("statistics").out
    assert f"Answers: {answers} on 1 day" in out
    assert "Cards that fall due: 0 overdue" in out
    assert "Known of the syllabus" in out
    assert max(map(len, out.splitlines())) < 80


def test_slips_are_practised_on_numbers_on_which_they_show(quizapp: Run, tmp_path: Path) -> None:
    forget_the_root(quizapp, tmp_path)
    problem = quizapp("practice", "--slips", "--json").json
    assert problem["family"] == "attention"
    got = quizapp("practice", "attention", "--slips", "--plain", typed=keys("", "", "", ""))
    assert got.status == 0
    assert "1. Scores" in got.out


def test_without_a_slip_there_is_none_to_practise(quizapp: Run) -> None:
    got = quizapp("practice", "--slips", "--plain")
    assert got.status != 0
    assert "no slip is in your log yet" in got.err
    assert "no exercise family" in quizapp("practice", "nonsense", "--slips", "--json").err


def test_slips_and_a_file_do_not_go_together(quizapp: Run, tmp_path: Path) -> None:
    got = quizapp("practice", "--slips", "--problem", str(tmp_path / "x.yaml"), "--plain")
    assert got.status == 2
    assert "--slips draws its own numbers" in got.err


def test_an_equals_sign_calculates_between_the_lines(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN)
    typed = keys("= 3*0.25", "=ans*2", "= 9**9**9", "=", *RIGHT)
    out = quizapp("practice", "--plain", "--problem", str(file), typed=typed).out
    assert "= 0.75\n" in out
    assert "= 1.5\n" in out
    assert "? The result at character 2 is too large" in out
    assert "Nothing to calculate yet." in out
    assert quizapp("statistics", "--json").json["right"] == 1
