from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pytest

from quizapp.cards import AnswerBy, Number, ask, judge, types
from quizapp.cards.sides import sided
from quizapp.exercises.catalogue import families, family_ids
from quizapp.exercises.problem import plain, read_problem
from quizapp.packs.check import check
from quizapp.packs.coverage import coverage
from tests.content.equations import equations
from tests.content.oracles import SLIPS, VALUES
from tests.content.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards import Card
    from quizapp.packs.model import Discrepancy, NumberCheck, Pack

IDS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "ids.json").read_text(encoding="utf-8")
)
"""The ids of the specification: items by course, those beyond the exam, discrepancies with the
courses that they are about."""

NO_NUMBERS = {
    "alexnet-introduced-relu-dropout",  # who was first
    "batchnorm-covariate-shift",  # why it works
    "nonexaminable-scope",  # which sections are asked for
}
"""Discrepancies about words alone: no number of theirs could go stale."""

SIDES: tuple[AnswerBy, ...] = get_args(AnswerBy)
AT_LEAST_CARDS = 900
AT_LEAST_EQUATIONS = 400
MOST_WORDS_QUOTED = 12


def words_of(discrepancy: Discrepancy) -> Iterator[str]:
    """Yield what a discrepancy tells a reader, without quotes and references."""
    yield from (claim.says for claim in discrepancy.claims)
    yield from (discrepancy.title, discrepancy.literature.says, discrepancy.verdict)
    yield from discrepancy.exam_advice.values()
    if discrepancy.example is not None:
        yield discrepancy.example.text


def words_of_card(card: Card) -> Iterator[str]:
    """Yield what a card tells a reader."""
    yield card.explanation
    yield from texts(dict(card.data))


def numeric(pack: Pack) -> list[Card]:
    """Return the cards that ask for a number."""
    return [card for card in pack.cards.values() if card.type == "numeric"]


def test_the_shipped_pack_has_nothing_to_be_said_against_it(pack: Pack) -> None:
    assert check(None, families=frozenset(family_ids())) == []
    assert pack.faults == ()


# What is covered


@pytest.mark.parametrize("course", IDS["items"])
def test_the_items_of_a_course_are_those_of_the_specification(pack: Pack, course: str) -> None:
    found = {item.id: item for item in pack.items.values() if item.course == course}

    assert sorted(found) == IDS["items"][course]
    beyond = [name for name, item in found.items() if not item.examinable]
    assert sorted(beyond) == [name for name in IDS["beyond_the_exam"] if name in found]


def test_there_are_513_items(pack: Pack) -> None:
    assert len(pack.items) == 513


def test_every_examinable_item_is_asked_for_and_the_important_ones_in_two_ways(pack: Pack) -> None:
    found = coverage(pack)

    assert [name for name, one in found.items() if not one.enough] == []
    assert sum(one.needed == 2 for one in found.values()) > 250


def test_every_examinable_item_has_a_card(pack: Pack) -> None:
    found = coverage(pack)
    asked = [item.id for item in pack.items.values() if item.examinable]

    assert [name for name in asked if not found[name].cards and not found[name].families] == []


def test_the_items_that_families_name_exist(pack: Pack) -> None:
    named = {item for family in families() for item in family.items}

    assert named
    assert named - set(pack.items) == set()


def test_an_item_leads_to_the_families_that_name_it(pack: Pack) -> None:
    lacking = [
        (item, family.id)
        for family in families()
        for item in family.items
        if item in pack.items and family.id not in pack.items[item].families
    ]

    assert lacking == []


def test_there_are_enough_cards_of_every_type(pack: Pack) -> None:
    count = Counter({card.note: card.type for card in pack.cards.values()}.values())

    assert count.total() >= AT_LEAST_CARDS
    assert set(count) == set(types())
    assert min(count.values()) >= 25
    assert sum(count[type_] for type_ in ("choice", "true-false", "numeric")) * 3 >= count.total()


@pytest.mark.parametrize("side", SIDES)
def test_about_half_of_the_statements_are_true(pack: Pack, side: AnswerBy) -> None:
    asks = [ask(card, side) for card in pack.cards.values() if card.type == "true-false"]
    true = sum(judge(each, 0).right is True for each in asks)

    assert 0.4 < true / len(asks) < 0.6


def test_every_card_names_a_line_of_the_course(pack: Pack) -> None:
    for card in pack.cards.values():
        for source in card.sources:
            assert source.course in pack.courses
            assert any(char.isdigit() for char in source.place), card.id


def test_a_card_with_two_answers_says_why(pack: Pack) -> None:
    two = [card for card in pack.cards.values() if next(sided(dict(card.data)), None)]

    assert two
    assert [card.id for card in two if not card.discrepancies] == []


# The discrepancies


def test_the_discrepancies_are_those_of_the_specification(pack: Pack) -> None:
    assert sorted(pack.discrepancies) == sorted(IDS["discrepancies"])
    assert len(pack.discrepancies) == 94


def test_every_discrepancy_is_about_the_courses_of_the_specification(pack: Pack) -> None:
    for name, courses in IDS["discrepancies"].items():
        claiming = {claim.course for claim in pack.discrepancies[name].claims}
        assert claiming == set(courses), name


def test_every_discrepancy_is_complete(pack: Pack) -> None:
    for entry in pack.discrepancies.values():
        assert all(claim.says and claim.place for claim in entry.claims), entry.id
        assert len(entry.claims) >= 1, entry.id
        assert entry.literature.says, entry.id
        assert entry.literature.references, entry.id
        assert entry.verdict, entry.id
        for claim in entry.claims:
            assert entry.exam_advice.get(claim.course), entry.id
        assert entry.exam_advice.get("default"), entry.id


def test_every_discrepancy_with_numbers_has_them_from_the_solver(pack: Pack) -> None:
    without = {
        entry.id
        for entry in pack.discrepancies.values()
        if entry.example is None or not entry.example.checks
    }

    assert without == NO_NUMBERS


def test_every_discrepancy_shows_on_a_card(pack: Pack) -> None:
    shown = {entry for card in pack.cards.values() for entry in card.discrepancies}

    assert set(pack.discrepancies) - shown == set()


def test_quotes_are_short(pack: Pack) -> None:
    quotes = [claim.quote for entry in pack.discrepancies.values() for claim in entry.claims]

    assert any(quotes)
    assert [quote for quote in quotes if len(quote.split()) > MOST_WORDS_QUOTED] == []


def test_a_discrepancy_leads_to_the_families_that_name_it(pack: Pack) -> None:
    lacking = [
        (name, family.id)
        for family in families()
        for name in family.discrepancies
        if family.id not in pack.discrepancies[name].families
    ]

    assert lacking == []


def test_the_numbers_of_the_examples_are_those_of_the_solver(pack: Pack) -> None:
    checked = 0
    for entry in pack.discrepancies.values():
        for number in entry.example.checks if entry.example else ():
            assert_same(entry.id, number)
            checked += 1

    assert checked >= len(pack.discrepancies)


def assert_same(entry: str, number: NumberCheck) -> None:
    problem = read_problem(
        {
            "family": number.family,
            "givens": plain_data(number.givens),
            "conventions": dict(number.conventions),
        }
    )
    found = problem.solve()[number.step]
    place = f"{entry}: {number.family} {number.step}"
    assert np.shape(plain(found)) == np.shape(number.value), place
    np.testing.assert_allclose(
        np.asarray(found, float), np.asarray(number.value, float), 1e-9, 1e-12, err_msg=place
    )


def plain_data(value: Any) -> Any:
    """Return frozen data as lists and dicts."""
    if hasattr(value, "items"):
        return {key: plain_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(inner) for inner in value]
    return value


# The numbers


def test_every_numeric_card_has_an_oracle(pack: Pack) -> None:
    assert {card.id for card in numeric(pack)} == set(VALUES)
    assert set(SLIPS) <= set(VALUES)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("card_id", VALUES)
def test_a_numeric_card_gives_the_value_of_its_oracle(
    pack: Pack, card_id: str, side: AnswerBy
) -> None:
    card, expected = pack.cards[card_id], VALUES[card_id]
    value = expected[side] if isinstance(expected, dict) else expected
    asked = ask(card, side)
    assert isinstance(asked, Number)

    # With k decimals the card shows the value rounded to k decimals, otherwise the value itself.
    within = 0.5 * asked.tolerance if "decimals" in card.data else 1e-6 * asked.tolerance
    assert asked.value == pytest.approx(value, abs=within + 1e-9 * abs(value))
    assert judge(asked, value).right


@pytest.mark.parametrize("card_id", SLIPS)
def test_a_numeric_card_refuses_the_usual_slips(pack: Pack, card_id: str) -> None:
    asked = ask(pack.cards[card_id], "slides")

    assert [slip for slip in SLIPS[card_id] if judge(asked, slip).right] == []


def test_the_equations_between_numbers_hold(pack: Pack) -> None:
    written = {card.id: list(words_of_card(card)) for card in pack.cards.values()}
    written |= {entry.id: list(words_of(entry)) for entry in pack.discrepancies.values()}
    written |= {item.id: [item.statement] for item in pack.items.values()}
    found = [
        (where, each) for where, said in written.items() for t in said for each in equations(t)
    ]

    assert len(found) >= AT_LEAST_EQUATIONS
    assert [(w, e) for w, e in found if abs(e.left - e.right) > e.within] == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (r"so $0.25^{10} = 9.54 \cdot 10^{-7}$", [True]),
        (r"so $0.25^{10} \approx 4 \cdot 10^{-7}$", [False]),
        (r"$y = 2 - 0.1 (1 + 0.4) = 1.86$", [True]),
        (r"$\frac{1}{8}(8^2 + 0^2) = 8 = 9$", [True, False]),
        (r"$\sigma(1) = 1/(1 + e^{-1}) = 0.731$ and $2 \pi = 6.28$", [True, True, True]),
        (r"$x = 3$, a price of \$5 = nothing", []),
    ],
)
def test_equations_are_found_and_evaluated(text: str, held: list[bool]) -> None:
    assert [abs(each.left - each.right) <= each.within for each in equations(text)] == held
