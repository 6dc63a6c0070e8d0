"""Marking an attempt line by line, with follow-through, conventions and named slips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.attempt import Attempt
from quizapp.exercises.graph import stages
from quizapp.exercises.lines import mark_line, reconsider
from quizapp.exercises.loops import mark_loop
from quizapp.exercises.marks import Marking, each_entry
from quizapp.exercises.problem import Problem, plain
from quizapp.exercises.scoring import read_scheme, score
from quizapp.exercises.submission import read_answers
from quizapp.exercises.wording import message

if TYPE_CHECKING:
    from collections.abc import Mapping


def mark(
    problem: Problem, answers: Mapping[str, Any], scheme: Mapping[str, float] | None = None
) -> Marking:
    """Mark the lines of an attempt.

    ``answers`` holds text or values by step, missing ones are blank; ``scheme`` the points of
    each step (1 where it is silent). Raises ProblemError where the problem has no solution,
    AnswersError and SchemeError where those name no step or are of the wrong kind.
    """
    problem.solve()
    points = read_scheme(problem.family, {} if scheme is None else scheme)
    attempt = Attempt(problem, read_answers(problem.family, answers))
    with np.errstate(all="ignore"):
        for stage in stages(problem.family):
            if stage.loop:
                attempt.marks.extend(mark_loop(attempt, stage))
            else:
                attempt.marks.append(mark_line(attempt, stage.steps[0]))
        reconsider(attempt)
    return Marking(problem, score(problem, attempt.marks, points), tuple(attempt.marks))


def as_json(marking: Marking) -> dict[str, Any]:
    """A marking as the machine interface writes it."""
    return {
        "score": marking.score,
        "steps": [
            {
                "step": line.step.name,
                "verdict": line.verdict.value,
                "slips": [slip.name for slip in line.slips],
                "convention": dict(line.convention),
                "cells": None if line.cells is None else each_entry(line, line.cells),
                "got": plain(line.got, line.step.kind),
                "expected": plain(line.expected, line.step.kind),
                "message": message(marking, line),
            }
            for line in marking.lines
        ],
    }
