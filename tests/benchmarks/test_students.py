"""What becomes of many simulated students, family by family.

Prints a table and never asserts: ``STUDENTS=100 pytest tests/benchmarks/test_students.py -n 0 -s``.
``STUDENTS`` is how many variants of every family and level (default 20), ``FAMILIES`` which
families (ids with commas between; default all), ``SEED`` another seed than 1.
"""

from __future__ import annotations

import os
from collections import Counter

from quizapp.exercises.catalogue import family, family_ids
from tests.exercises.students.simulation import simulate, variants
from tests.exercises.students.table import header, legend, row
from tests.exercises.students.tally import Tally

EXAMPLES = 2


def class_before(family_id: str, count: int, seed: int) -> Tally:
    """What becomes of a class before so many variants of every level."""
    tally = Tally()
    of = family(family_id)
    for level in of.levels:
        tally.add(simulate(variants(of, level, seed, range(count))))
    return tally


def test_students_of_every_family() -> None:
    count, seed = int(os.environ.get("STUDENTS", "20")), int(os.environ.get("SEED", "1"))
    chosen = os.environ.get("FAMILIES", "")
    total = Tally()
    print(f"\n{count} variants of every family and level\n{header()}")
    for family_id in chosen.split(",") if chosen else family_ids():
        tally = class_before(family_id, count, seed)
        total.add(tally)
        print(row(family_id, tally), flush=True)
    print(row("all", total), "", *legend(), "", sep="\n")
    seen: Counter[tuple[str, str]] = Counter()
    for failure in total.failures:
        key = failure.measure.title, str(failure.what).split(" level")[0]
        seen[key] += 1
        if seen[key] <= EXAMPLES:
            print(failure)
