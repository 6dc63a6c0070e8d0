"""Exam-day recall of the planner against other policies, over learners and budgets.

Prints a table: ``pytest tests/benchmarks/test_planner.py -n 0 -s``. ``SEEDS`` is how many times the
usual number of learners a row may take (default 1), ``CARDS`` and ``DAYS`` which sizes (with commas
between; default all). With ``REPORT=1`` the table is kept as ``report/planner.md``.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from tests.benchmarks.planning.learners import HELD_OUT
from tests.benchmarks.planning.rows import (
    FIRST_SEED,
    POLICIES,
    TIGHTNESS,
    WITHIN,
    Row,
    row,
    special,
    usual,
)

REPORT = Path(__file__).parent / "report" / "planner.md"
HEAD = (
    "days",
    "cards",
    "min a day",
    "budget",
    "learner",
    *POLICIES,
    "margin",
    "error",
    "n",
    "",
    "unmet",
    "theirs",
    "cost",
    "its error",
    "unmet without",
)


def sizes(name: str, default: str) -> list[int]:
    """Return the numbers of an environment variable."""
    return [int(number) for number in os.environ.get(name, default).split(",")]


def cells(made: Row) -> list[str]:
    """Return a row as it is printed."""
    budget = made.case.budget
    cost = made.cost
    verdict = "short" if made.surely else "short?" if made.short else ""
    return [
        str(budget.days),
        str(budget.cards),
        f"{budget.minutes:.1f}",
        made.case.label,
        made.case.kind,
        *(f"{value:.2f}" for value in made.recall),
        f"{made.margin:+.2f}",
        f"{made.error:.2f}",
        str(made.seeds),
        verdict,
        f"{made.unmet:.1f}",
        f"{made.theirs:.1f}",
        *([f"{cost.recall:+.2f}", f"{cost.error:.2f}", f"{cost.unmet:.1f}"] if cost else [""] * 3),
    ]


def line(texts: list[str] | tuple[str, ...]) -> str:
    """Return a line of a table in Markdown."""
    return "| " + " | ".join(texts) + " |"


def summary(rows: list[Row]) -> str:
    """Return how many rows there are, and how many fall short."""
    margins = [made.margin for made in rows]
    return (
        f"{len(rows)} rows; {sum(made.short for made in rows)} with a margin below -{WITHIN}, "
        f"{sum(made.surely for made in rows)} of them by more than two standard errors; "
        f"worst {min(margins):+.2f}, mean {np.mean(margins):+.2f}. "
        f"Ours leaves items unmet in {sum(made.unmet > 0 for made in rows)} rows."
    )


def shortfalls(rows: list[Row]) -> list[str]:
    """Return the rows that fall short, one a line, those of unequal weights by themselves."""
    lines = []
    for made in sorted((made for made in rows if made.short), key=lambda made: made.margin):
        budget = made.case.budget
        unmet = f"; the best other leaves {made.theirs:.0f} items unmet" if made.theirs else ""
        lines.append(
            f"- {budget.days} days, {budget.cards} cards, {made.case.label}, {made.case.kind}: "
            f"{made.margin:+.2f} (standard error {made.error:.2f}, {made.seeds} learners){unmet}"
        )
    return lines or ["None."]


def costs(rows: list[Row]) -> list[str]:
    """Return by kind of budget what it costs that every item is met."""
    lines = []
    for label in dict.fromkeys(made.case.label for made in rows):
        told = [made.cost for made in rows if made.case.label == label and made.cost]
        if told:
            recall, unmet = [one.recall for one in told], [one.unmet for one in told]
            lines.append(
                f"- {label}: on average {np.mean(recall):+.2f} points over {len(told)} rows, worst "
                f"{min(recall):+.2f}; without it {np.mean(unmet):.1f} items stay unmet on average, "
                f"at most {max(unmet):.1f}"
            )
    return lines


def report(rows: list[Row]) -> str:
    """Return the report as Markdown."""
    times = ", ".join(f"{name} {value}" for name, value in TIGHTNESS.items())
    held = " and ".join(HELD_OUT)
    table = [line(HEAD), line(["---"] * len(HEAD)), *(line(cells(made)) for made in rows)]
    method = (
        f"Made by `REPORT=1 SEEDS={os.environ.get('SEEDS', '1')} pytest "
        "tests/benchmarks/test_planner.py -n 0 -s`. Each row is a learner, a deck and an exam; "
        "the figures are the mean recall on the day in per cent (by weight of the topic; a card "
        "never met counts 0), with the same minutes for every policy. The schedule always "
        "believes in the defaults of FSRS-6, whatever the learner is like. `margin` is ours less "
        "the best of the others, `error` its standard error over the `n` learners of the row, "
        f"all policies on the same luck; where `n` is 2 or 3 that error is itself a guess. "
        f"`short` is a margin below -{WITHIN} by more than two "
        f"standard errors, `short?` one that chance may explain. Seeds from {FIRST_SEED}; the "
        f"planner's constants were tuned on lower ones, and never on the learners {held}."
    )
    budgets = (
        f"Time in multiples of meeting every card once: {times}. `weights`: five topics of weights "
        "40, 25, 20, 10, 5; `weights 0.6`: with time for 60 % of the cards; `days off`: two in "
        "seven; `known before`: half of the deck learned in the 40 days before."
    )
    items = (
        "Cards belong to syllabus items, 1 to 4 to each (2.5 on average). In all rows there is "
        "time to meet one card of every item, and ours must: `unmet` are the items it leaves out, "
        "`theirs` those that the best other policy leaves out. `cost` is what that duty costs: "
        "ours less ours without it, with `unmet without` items left out then (computed where time "
        "is short). The others have no such duty, so where topics weigh unequally they may gain "
        "by leaving light topics alone."
    )
    head = ["# Recall on the exam day", "", method, "", budgets, "", items, ""]
    uneven = [made for made in rows if made.case.label.startswith("weights")]
    even = [made for made in rows if made not in uneven]
    short = ["## Rows that fall short", "", f"All: {summary(rows)}", ""]
    for title, mine in (("Topics of equal weight", even), ("Topics of unequal weight", uneven)):
        short += [f"{title}: {summary(mine)}", "", *shortfalls(mine), ""] if mine else []
    duty = ["## What meeting every item costs", "", *costs(rows), ""]
    return "\n".join([*head, *short, *duty, "## All rows", "", *table, ""])


def test_recall_on_the_exam_day() -> None:
    cards, days = sizes("CARDS", "300,1000"), sizes("DAYS", "7,14,30,60")
    times = float(os.environ.get("SEEDS", "1"))
    rows = []
    print(f"\n{line(HEAD)}")
    uneven = special([n for n in days if n in {14, 30}])
    for case in [*usual(cards[:1], days), *uneven, *usual(cards[1:], days)]:
        rows.append(row(case, times))
        print(line(cells(rows[-1])), flush=True)
        if os.environ.get("REPORT"):
            REPORT.parent.mkdir(exist_ok=True)
            REPORT.write_text(report(rows), encoding="utf-8")
    print(summary(rows))
    assert rows
