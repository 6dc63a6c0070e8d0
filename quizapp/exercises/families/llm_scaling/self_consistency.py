"""The vote of self-consistency over sampled reasoning paths (Wang et al. 2023, section 2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.answers.groups import LONGEST_WORD
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import frac, num

_POOL = ("6", "9", "12", "15", "18", "24", "36")


def _votes(answers: list[str], candidate: str) -> list[int]:
    """The paths (from 0) that give a candidate."""
    return [path for path, answer in enumerate(answers) if answer == candidate]


def _candidates(answers: list[str]) -> list[str]:
    return list(dict.fromkeys(answers))


def _counts(answers: list[str], candidates: Any) -> Any:
    return np.array([len(_votes(answers, candidate)) for candidate in candidates])


def _weighted(answers: list[str], candidates: Any, confidence: Any) -> Any:
    return np.array([confidence[_votes(answers, c)].sum() for c in candidates])


def _first_largest(values: Any) -> int:
    """The first position of the largest value."""
    return int(np.argmax(np.asarray(values) >= np.max(values) - TIE))


def _winner(candidates: Any, counts: Any) -> Any:
    return candidates[_first_largest(counts)]


def _most_confident(answers: list[str], confidence: Any) -> str:
    return answers[_first_largest(confidence)]


def _counts_work(counts: Any) -> list[Work]:
    return [Work((at,), " + ".join(["1"] * int(count))) for at, count in enumerate(counts)]


def check(answers: Any, confidence: Any) -> None:
    """Every path has one answer, a text, and one confidence."""
    if not isinstance(answers, list) or not answers or len(answers) > MOST_ENTRIES:
        raise GivenError(
            f"'answers' is a list of 1 to {MOST_ENTRIES} answers, one per path.", where="answers"
        )
    for answer in answers:
        if not isinstance(answer, str) or not answer.strip() or len(answer) > LONGEST_WORD:
            raise GivenError(
                f"'answers' holds {quoted(answer)}; an answer is a text of at most {LONGEST_WORD} "
                "characters, such as '18'.",
                where="answers",
            )
    if len(answers) != len(confidence):
        raise GivenError(
            f"'confidence' has {len(confidence)} entries for {len(answers)} paths; each path "
            "needs one.",
            where="confidence",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Five paths with two answers, seven with three, seven of which the surest is wrong."""
    paths, kinds = (5, 2) if level == 1 else (7, 3)
    pool = rng.choice(_POOL, size=kinds, replace=False)
    answers = [str(pool[at]) for at in rng.integers(kinds, size=paths)]
    confidence = rng.choice(np.arange(20, 99), size=paths, replace=False) / 100
    if level == 3:
        winner = _winner(_candidates(answers), _counts(answers, _candidates(answers)))
        others = [path for path, answer in enumerate(answers) if answer != winner]
        if others:
            confidence[rng.choice(others)] = 0.99
    return {"answers": answers, "confidence": confidence}


def avoid(counts: Any) -> str | None:
    """Votes that are tied or unanimous, a second answer that is missing."""
    if len(counts) < 2:
        return "a unanimous vote"
    return "a tied vote" if np.sum(counts == counts.max()) > 1 else None


FAMILY = Family(
    id="self-consistency",
    topic="llm-scaling",
    title="Self-consistency vote",
    task="List the different answers in order of first appearance, count the paths of each, and "
    "name the answer of self-consistency (the earlier one in a tie) with its share of the paths.",
    sources=("ece493",),
    givens=(
        Given("answers", "a", "final answers, one per sampled path", kind="raw"),
        Given("confidence", "c", "confidence of the model in each path", "n"),
    ),
    steps=(
        Step(
            "candidates",
            "Different answers",
            r"\{a_1, \ldots, a_n\}",
            _candidates,
            kind="text",
        ),
        Step(
            "counts",
            "Paths per answer",
            r"n_j = \sum_i [a_i = j]",
            _counts,
            kind="integer",
            work=_counts_work,
        ),
        Step("winner", "Answer", r"\argmax_j n_j", _winner, final=True, kind="text"),
        Step(
            "share",
            "Share of the paths",
            r"\frac{\max_j n_j}{n}",
            lambda answers, counts: float(np.max(counts)) / len(answers),
            final=True,
            work=lambda answers, counts: [Work((), frac(num(np.max(counts)), num(len(answers))))],
        ),
    ),
    slips=(
        Slip(
            "first-path",
            "winner",
            lambda answers: answers[0],
            "The majority of the sampled paths decides, not the first path.",
            when=lambda answers, winner: answers[0] != winner,
        ),
        Slip(
            "most-confident",
            "winner",
            _most_confident,
            "Self-consistency counts votes; the confidence of a single path does not decide.",
            when=lambda answers, confidence, winner: _most_confident(answers, confidence) != winner,
        ),
        Slip(
            "confidence-weighted",
            "counts",
            _weighted,
            "Every path has one vote; the confidences are not added.",
            when=lambda answers, candidates, confidence, counts: bool(
                np.any(np.abs(_weighted(answers, candidates, confidence) - counts) > TIE)
            ),
        ),
        Slip(
            "share-of-candidates",
            "share",
            lambda counts: float(np.max(counts)) / len(counts),
            "The share is taken over all paths, not over the different answers.",
            when=lambda answers, counts: len(counts) < len(answers),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("cot-scale-threshold",),
    items=("dl-self-consistency",),
)
