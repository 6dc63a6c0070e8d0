from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.packs.load import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAMILIES = frozenset({"hopfield-energy", "attention"})


def changed(root: Path, name: str, old: str, new: str) -> Path:
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return root


def messages(root: Path) -> list[str]:
    faults = load_pack(root, families=FAMILIES).faults
    return [str(fault).removeprefix(f"{root}/") for fault in faults]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (
            "cards/hopfield.yaml",
            "[hub-energy, hub-hebb]",
            "[hub-energy, hub-heb]",
            "cards/hopfield.yaml:16:25: unknown syllabus item 'hub-heb': did you mean 'hub-hebb'?",
        ),
        (
            "cards/hopfield.yaml",
            "discrepancies: [rising]",
            "discrepancies: [rising, other]",
            "cards/hopfield.yaml:19:29: unknown discrepancy 'other': write it or correct the name",
        ),
        (
            "discrepancies/hopfield.yaml",
            "{course: hub,",
            "{course: hbu,",
            "discrepancies/hopfield.yaml:9:18: unknown course 'hbu': did you mean 'hub'?",
        ),
        (
            "discrepancies/hopfield.yaml",
            "exam_advice: {hub:",
            "exam_advice: {nnt:",
            "discrepancies/hopfield.yaml:12:19: unknown course 'nnt': write it or correct the name",
        ),
        (
            "discrepancies/hopfield.yaml",
            "families: [hopfield-energy]",
            "families: [hopfield-enrgy]",
            "unknown exercise family 'hopfield-enrgy': did you mean 'hopfield-energy'?",
        ),
        (
            "discrepancies/hopfield.yaml",
            "{family: hopfield-energy",
            "{family: atention",
            "unknown exercise family 'atention': did you mean 'attention'?",
        ),
        (
            "courses/hub.yaml",
            "[hub-short]",
            "[hub-shrt]",
            "courses/hub.yaml:6:9: unknown exam 'hub-shrt': did you mean 'hub-short'?",
        ),
        (
            "exams/hub-short.yaml",
            "{hopfield: 2}",
            "{hopfeild: 2}",
            "exams/hub-short.yaml:8:15: unknown topic 'hopfeild': did you mean 'hopfield'?",
        ),
        (
            "exams/hub-short.yaml",
            "{hopfield-energy: 1}",
            "{hopfield-enrgy: 1}",
            "exams/hub-short.yaml:9:50: unknown exercise family 'hopfield-enrgy': did you mean",
        ),
        (
            "exams/hub-short.yaml",
            "course: hub",
            "course: hbu",
            "exams/hub-short.yaml:2:9: unknown course 'hbu': did you mean 'hub'?",
        ),
    ],
)
def test_a_reference_to_nothing_is_told_with_its_place(
    write_pack: Callable[..., Path], name: str, old: str, new: str, fault: str
) -> None:
    (message,) = messages(changed(write_pack(), name, old, new))

    assert fault in message


def test_an_unknown_course_leaves_out_its_item(write_pack: Callable[..., Path]) -> None:
    root = changed(
        write_pack(), "syllabus/hopfield.yaml", "hub-hebb, course: hub", "hub-hebb, course: hbu"
    )

    assert messages(root) == [
        "syllabus/hopfield.yaml:4:28: unknown course 'hbu': did you mean 'hub'?"
    ]
    assert list(load_pack(root).items) == ["hub-energy"]


def test_a_card_keeps_its_references_that_hold(write_pack: Callable[..., Path]) -> None:
    root = changed(write_pack(), "cards/hopfield.yaml", "hub-hebb]", "nothing]")

    assert load_pack(root).cards["second"].items == ("hub-energy",)


def test_an_exam_that_would_be_another_one_is_left_out(write_pack: Callable[..., Path]) -> None:
    root = changed(write_pack(), "exams/hub-short.yaml", "{hopfield: 2}", "{hopfeild: 2}")
    pack = load_pack(root)

    assert pack.blueprints == {}
    assert pack.courses["hub"].exams == ()


SCHEMES = [
    ("{energy: 2, local: 0.5}", ""),
    ("{enrgy: 2}", "hopfield-energy has no step 'enrgy': did you mean 'energy'?"),
    ("{softmax: 2}", "hopfield-energy has no step 'softmax': its steps are local, quadratic,"),
    ("{local: 0, quadratic: 0, offset_term: 0, energy: 0}", "no step is worth a point"),
]


@pytest.mark.parametrize(("points", "fault"), SCHEMES)
def test_a_scheme_names_steps_of_its_family(
    write_pack: Callable[..., Path], points: str, fault: str
) -> None:
    scheme = f"level: 1, scheme: {{hopfield-energy: {points}}}"
    root = changed(write_pack(), "exams/hub-short.yaml", "level: 1", scheme)
    found = messages(root)
    assert len(found) == bool(fault)
    assert all(one.startswith("exams/hub-short.yaml:10:") and fault in one for one in found)
    plans = load_pack(root, families=FAMILIES).blueprints
    assert list(plans) == ([] if fault else ["hub-short"])
    if not fault:
        assert plans["hub-short"].sections[1].scheme == {
            "hopfield-energy": {"energy": 2, "local": 0.5}
        }


def test_families_are_not_checked_where_they_are_not_known(
    write_pack: Callable[..., Path],
) -> None:
    root = changed(write_pack(), "discrepancies/hopfield.yaml", "[hopfield-energy]", "[any]")

    assert load_pack(root).faults == ()
    assert load_pack(root).discrepancies["rising"].families == ("any",)


def test_an_id_that_is_used_twice_names_both_places(write_pack: Callable[..., Path]) -> None:
    again = (
        "topic: other\ncards:\n  - {id: first, type: basic, question: a, answer: b, "
        "explanation: c, items: [hub-energy], sources: [{course: hub, place: L1}]}\n"
    )
    root = write_pack({"cards/other.yaml": again})

    (message,) = messages(root)
    assert message.startswith(
        "cards/other.yaml:3:10: the id 'first' is already used at cards/hopfield.yaml:3:9"
    )
    assert load_pack(root).cards["first"].topic == "hopfield"


def test_items_of_two_topics_share_one_space_of_ids(write_pack: Callable[..., Path]) -> None:
    other = (
        "topic: other\nitems:\n"
        "  - {id: hub-hebb, course: hub, kind: trap, place: L1, statement: Again.}\n"
    )
    (message,) = messages(write_pack({"syllabus/other.yaml": other}))

    assert "is already used at syllabus/hopfield.yaml:4:10" in message
