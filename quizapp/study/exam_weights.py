"""What the exam asks for and how much of it: the blueprint as weights of topics and skills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.selection import course_exams

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from quizapp.packs.model import Blueprint, Section
    from quizapp.study.workspace import Workspace

COMPUTING_UNKNOWN = 0.5
"""The share of computing in an exam without a blueprint."""
UNNAMED = 0.1
"""The share of the computing points that a paper may give to what the blueprint does not name."""


@dataclass(frozen=True, slots=True)
class ExamWeights:
    """The shares of an exam; those of ``topics`` and those of ``families`` add up to 1 each."""

    computing: float
    """The share of the points that computations earn, 0 to 1."""
    topics: Mapping[str, float]
    """Topic to its share of the questions on cards; empty where nothing is known."""
    families: Mapping[str, float]
    """Exercise family to its share of the computations."""


def exam_weights(
    workspace: Workspace, topics: Collection[str], families: Collection[str]
) -> ExamWeights:
    """The weights of the course's exam among the topics of its cards and its skills.

    Of several blueprints the one with the most points is the exam; the others are for practice.
    """
    exams = course_exams(workspace.pack, workspace.course)
    if not exams:
        return _made(COMPUTING_UNKNOWN, {}, {}, families)
    exam = max(exams, key=_points)
    asked: dict[str, float] = {}
    drawn: dict[str, float] = {}
    cards = exercises = 0.0
    for section in exam.sections:
        points = section.count * section.points
        if section.draw == "exercises":
            exercises += points
            _share_out(drawn, section.families or dict.fromkeys(families, 1.0), points, families)
        else:
            cards += points
            _share_out(asked, section.topics or dict.fromkeys(topics, 1.0), points, topics)
    computing = exercises / (cards + exercises) if cards + exercises else COMPUTING_UNKNOWN
    return _made(computing, asked, drawn, families)


def _points(exam: Blueprint) -> float:
    return sum(_worth(section) for section in exam.sections)


def _worth(section: Section) -> float:
    return section.count * section.points


def _share_out(
    found: dict[str, float], shares: Mapping[str, float], points: float, known: Collection[str]
) -> None:
    """Give the points of a section to those of its names that are known."""
    mine = {name: share for name, share in shares.items() if name in known and share > 0}
    total = sum(mine.values())
    for name, share in mine.items():
        found[name] = found.get(name, 0.0) + points * share / total


def _made(
    computing: float,
    asked: dict[str, float],
    drawn: dict[str, float],
    families: Collection[str],
) -> ExamWeights:
    others = [family for family in families if family not in drawn]
    left = 1.0 if not drawn else UNNAMED if others else 0.0
    shares = {family: (1 - left) * share for family, share in _as_one(drawn).items()}
    shares.update(dict.fromkeys(others, left / max(len(others), 1)))
    return ExamWeights(computing if families else 0.0, _as_one(asked), shares)


def _as_one(shares: Mapping[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()} if total > 0 else {}
