"""Cramming from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_what_there_is_to_cram_is_listed(quizapp: Run) -> None:
    got = quizapp("cram", "--json")

    kinds = {one["what"].partition(":")[0] for one in got.json}
    assert kinds == {"course", "topic"}  # nothing was failed, no leech, no flag yet
    whole = next(one["cards"] for one in got.json if one["what"] == "course")
    topics = sum(one["cards"] for one in got.json if one["what"].startswith("topic:"))
    assert whole == topics > 100
    assert "topic:hopfield" in quizapp("cram", "--plain").out


def test_a_query_says_which_cards(quizapp: Run) -> None:
    got = quizapp("cram", "topic:hopfield type:true-false", "--json")

    assert got.json["cards"]
    assert all(card.startswith("hop-") for card in got.json["cards"])


def test_each_card_comes_until_it_is_known_and_nothing_is_scheduled(
    quizapp: Run, home: Path
) -> None:
    cards = quizapp("cram", "topic:hopfield type:basic", "--json").json["cards"]
    typed = "\n1\n" + "\n\n" * len(cards)

    got = quizapp("cram", "topic:hopfield type:basic", "--plain", typed=typed)

    assert got.status == 0
    assert got.out.splitlines()[-1] == (
        f"{len(cards)} of {len(cards)} known, {len(cards) - 1} of them at once."
    )
    assert ", again]" in got.out
    workspace = Workspace.open({"QUIZAPP_HOME": str(home)})
    crammed = workspace.store.events("cram")
    assert len(crammed) == len(cards) + 1
    assert {event.payload["why"] for event in crammed} == {"search:topic:hopfield type:basic"}
    assert workspace.store.memories() == {}
    workspace.close()


def test_an_answer_is_taken_back(quizapp: Run, home: Path) -> None:
    quizapp("cram", "topic:hopfield type:basic", "--plain", typed="\n2\nu\nq\n")

    workspace = Workspace.open({"QUIZAPP_HOME": str(home)})
    assert workspace.store.events("cram") == []
    workspace.close()


def test_a_query_that_cannot_be_read_is_one_sentence(quizapp: Run) -> None:
    for query in ("is:leach", "topic:nowhere"):
        got = quizapp("cram", query, "--plain")
        assert (got.status, got.out) == (2, "")
        assert got.err.count("\n") == 1
