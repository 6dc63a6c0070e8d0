"""Exercise families as rows of a list, under the names of their topics."""

from __future__ import annotations

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
    from quizapp.study.practice import PracticeRun

_MUTED = "$text-muted"


class FamilyList(Choices):
    """The list; its arrows to the side turn the level of the screen."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "enter", "select", "Start", id="families.start", key_display="⏎",
            tooltip="Start with the family that has the highlight",
        ),
        Binding(
            "right", "screen.turn(1)", "Level", id="families.harder", key_display="1 2 3 ←→",
            tooltip="The level: 1, 2 or 3, or one up with the arrow",
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
    found = [one for one in families if _matches(one, words)]
    found.sort(key=lambda family: (topic_name(family.topic), family.title))
    out: list[Row] = []
    for topic, group in groupby(found, key=lambda family: family.topic):
        out.append(_heading(f"topic-{topic}", topic_name(topic)))
        out += [Row(family.id, _family(family, scores.get(family.id))) for family in group]
    return out or [_heading("nothing", "No family has these words; Esc shows all.")]


def left_rows(runs: Sequence[PracticeRun], *, prefix: str) -> list[Row]:
    """The runs that can be taken up again, under a heading; nothing where there are none."""
    rows = [Row(prefix + run.id, _left(run)) for run in runs]
    return [_heading("left", "Go on with"), *rows] if rows else []


def _matches(family: Family, words: Sequence[str]) -> bool:
    text = f"{family.title} {family.id} {topic_name(family.topic)}".lower()
    return all(word in text for word in words)


def _heading(key: str, text: str) -> Row:
    return Row(f"heading-{key}", say(text, "bold $text-accent"), disabled=True)


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
