"""Exercise families as rows of a list, under the names of their topics."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from quizapp.tui.names import topic_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.choices import Choices, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.content import Content

    from quizapp.exercises.family import Family
    from quizapp.packs.model import Course
    from quizapp.study.practice import PracticeRun

_MUTED = "$text-muted"


class FamilyList(Choices):
    """The list; its arrows to the side turn the level of the screen."""

    DEFAULT_CSS = """
    FamilyList { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "enter", "select", "Start", id="families.start", key_display="⏎",
            tooltip="Start with the family that has the highlight",
        ),
        Binding(
            "right", "screen.turn(1)", "Harder", id="families.harder", show=False,
            tooltip="The level one up",
        ),
        Binding(
            "left", "screen.turn(-1)", "Easier", id="families.easier", show=False,
            tooltip="The level one down",
        ),
    ]  # fmt: skip


def family_rows(
    families: Sequence[Family], scores: Mapping[str, float], *, search: str = ""
) -> list[Row]:
    """A row a family, a heading a topic; ``scores`` are those of the last attempts, 0 to 1."""
    words = search.lower().split()
    found = [one for one in families if _named(one, None, words)]
    return _by_topic(found, scores, "topic") or [_NOTHING]


def section_rows(
    sections: Sequence[tuple[Course, Sequence[Family]]],
    scores: Mapping[str, float],
    *,
    search: str = "",
) -> list[Row]:
    """The same for families by course, with a heading for every course.

    Families that have the words that are
    searched for in their lines only come last.
    """
    words = search.lower().split()
    out: list[Row] = []
    for course, families in sections:
        found = [one for one in families if _named(one, course, words)]
        if found:
            out.append(_heading(f"course-{course.id}", f"── {course.title} ──", "bold"))
        out += _by_topic(found, scores, course.id)
    if words:
        inside = [
            family
            for course, families in sections
            for family in families
            if not _named(family, course, words) and _inside(family, words)
        ]
        if inside:
            out.append(_heading("inside", "── Elsewhere in their text ──", "bold"))
            out += _by_topic(inside, scores, "inside")
    return out or [_NOTHING]


def _by_topic(families: Sequence[Family], scores: Mapping[str, float], key: str) -> list[Row]:
    found = sorted(families, key=lambda family: (topic_name(family.topic), family.title))
    out: list[Row] = []
    for topic, group in groupby(found, key=lambda family: family.topic):
        out.append(_heading(f"{key}-{topic}", topic_name(topic)))
        out += [Row(family.id, _family(family, scores.get(family.id))) for family in group]
    return out


def left_rows(runs: Sequence[PracticeRun], *, prefix: str) -> list[Row]:
    """The runs that can be taken up again, under a heading; nothing where there are none."""
    rows = [Row(prefix + run.id, _left(run)) for run in runs]
    return [_heading("left", "Go on with"), *rows] if rows else []


def _named(family: Family, course: Course | None, words: Sequence[str]) -> bool:
    """Whether each of the words begins a word of title, topic or course."""
    taught = "" if course is None else f" {course.id} {course.title}"
    text = f"{family.title} {family.id} {topic_name(family.topic)}{taught}".lower()
    return all(re.search(rf"(?<![^\W_]){re.escape(word)}", text) for word in words)


def _inside(family: Family, words: Sequence[str]) -> bool:
    """Whether the words stand anywhere in the title, the task or the names of the lines."""
    lines = " ".join(step.title for step in family.steps)
    text = f"{family.title} {family.id} {family.task} {lines}".lower()
    return all(word in text for word in words)


def _heading(key: str, text: str, style: str = "bold $text-accent") -> Row:
    return Row(f"heading-{key}", say(text, style), disabled=True)


_NOTHING = _heading("nothing", "No family has these words; Esc shows all.")


def _family(family: Family, score: float | None) -> Content:
    title = f"  {family.title}"
    if score is None:
        return say(title)
    sign = "✓" if score == 1.0 else "·"
    return join(say(title), say(f"  {sign} last {score:.0%}", _MUTED))


def _left(run: PracticeRun) -> Content:
    problem = run.problem
    level = f"level {problem.level}" if problem.level else "own numbers"
    filled = f"{len(run.standing)} of {len(problem.family.steps)} lines"
    return join(say(f"  {problem.family.title}"), say(f" · {level} · {filled}", _MUTED))
