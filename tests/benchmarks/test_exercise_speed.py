"""How fast variants are drawn and attempts marked, family by family, and what they leave behind.

Prints and never asserts: ``pytest tests/benchmarks/test_exercise_speed.py -n 0 -s``. Milliseconds
are for the eye; the ratios to solving alone, taken in the same run, can be compared.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
import tracemalloc
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from quizapp.exercises.catalogue import families, family
from quizapp.exercises.generate import generate
from quizapp.exercises.grading import mark
from quizapp.exercises.graph import evaluate
from tests.exercises.variants import existing, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.exercises.family import Family
    from quizapp.exercises.problem import Problem

VARIANTS = 30
SMALLEST = 10
PROBLEMS = 5000
MANY = 10_000


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came out."""
    start = time.perf_counter()
    out = act()
    return (time.perf_counter() - start) * 1e3, out


def variant(of: Family, number: int) -> Problem:
    return generate(of, seed=7, level=of.levels[number % len(of.levels)], variant=number)


def with_all_slips(of: Family, number: int) -> Problem:
    """A variant, solved, with the lines of every slip that can be made on it."""
    problem = variant(of, number)
    problem.solve()
    for slip in existing(problem):
        evaluate(of, problem.env, replaced={slip.step: slip.rule})
    return problem


def sheets(problem: Problem) -> list[dict[str, Any]]:
    """The right lines, and those of every slip, as they are handed in."""
    wrong = [
        evaluate(problem.family, problem.env, replaced={slip.step: slip.rule})
        for slip in existing(problem)
    ]
    return [shown(values) for values in (problem.solve(), *wrong)]


def test_drawing_and_marking_of_every_family() -> None:
    rows = [_figures(of) for of in families()]
    solving = median(row["solve"] for row in rows)
    print(f"\nsolving a problem takes {solving:.3f} ms (median of the families)")
    print(f"{'family':<26} {'variant':>8} {'x solve':>8} {'right':>7} {'slips':>7} {'worst':>7}")
    for row in sorted(rows, key=lambda row: row["variant"]):
        print(
            f"{row['id']:<26} {row['variant']:>8.2f} {row['variant'] / row['solve']:>8.1f} "
            f"{row['right']:>7.2f} {row['slipped']:>7.2f} {row['worst']:>7.2f}"
        )
    print(f"the {SMALLEST} smallest: {_smallest(rows):.2f} ms at most")


def _smallest(rows: list[dict[str, Any]]) -> float:
    return float(sorted(row["variant"] for row in rows)[SMALLEST - 1])


def _figures(of: Family) -> dict[str, Any]:
    drawing = [timed(partial(with_all_slips, of, n)) for n in range(VARIANTS)]
    solving, right, slipped = [], [], []
    for _, problem in drawing[:6]:
        solving.append(timed(partial(evaluate, of, problem.env))[0])
        honest, *wrong = sheets(problem)
        right.append(timed(partial(mark, problem, honest))[0])
        slipped += [timed(partial(mark, problem, answers))[0] for answers in wrong]
    return {
        "id": of.id,
        "variant": median(took for took, _ in drawing),
        "solve": median(solving),
        "right": median(right),
        "slipped": median(slipped),
        "worst": max(slipped),
    }


def test_problems_a_second_through_the_command_line() -> None:
    of = family("attention")
    lines = "".join(json.dumps(variant(of, n).as_json()) + "\n" for n in range(PROBLEMS))
    command = [sys.executable, "-m", "quizapp", "solve", "-"]
    alone, _ = timed(lambda: _fed(command, lines.splitlines()[0]))
    took, out = timed(lambda: _fed(command, lines))
    seconds = took / 1e3
    print(f"\n{len(out.splitlines())} attention problems in {seconds:.2f} s: ", end="")
    print(f"{PROBLEMS / seconds:.0f} a second; one alone takes {alone:.0f} ms")


def _fed(command: list[str], text: str) -> str:
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def test_many_variants_leave_no_memory_behind() -> None:
    print("\nfamily                     kB kept after 100, 1000 and 10000 variants")
    for name in ("attention", "hopfield-recall", "backprop-hidden", "update-count"):
        print(f"{name:<26}", *(f"{kept:>9.0f}" for kept in _kept(family(name))))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest the process ever was: {peak:.0f} MB")


def _kept(of: Family) -> list[float]:
    tracemalloc.start()
    done, kept = 0, []
    for count in (100, 1000, MANY):
        for number in range(done, count):
            variant(of, number)
        done = count
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0] / 1024)
    tracemalloc.stop()
    return kept
