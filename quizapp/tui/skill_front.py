"""What stands on the review screen while the exercise of a skill waits to be begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.catalogue import family as find_family
from quizapp.scheduling.effort import level_of
from quizapp.study.exercise_review import is_open
from quizapp.tui.say import join, say
from quizapp.tui.widgets.prose import Passage, ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from quizapp.study.skills import ShownSkill
    from quizapp.study.workspace import Workspace

_QUIET = "$text-muted"


def skill_front(workspace: Workspace, shown: ShownSkill) -> Iterator[Passage]:
    """Yield what is to be computed, and how it is rated."""
    family = find_family(shown.skill.family)
    level = level_of(shown.memory, family.levels)
    yield ours(f"Compute: {family.title}", "bold")
    yield ours(family.task, gap=False)
    begun = is_open(workspace, shown.skill)
    numbers = "It waits as you left it." if begun else f"Level {level}, with fresh numbers."
    yield ours(numbers)
    yield ours(
        "Right at once is Good; a hint or a line that was wrong makes it Hard. "
        "You can correct the rating.",
        _QUIET,
        gap=False,
    )


def how_to_begin(workspace: Workspace, shown: ShownSkill) -> Content:
    """What to press."""
    what = "go on with it" if is_open(workspace, shown.skill) else "begin"
    return join(say("Enter ", "bold $text-accent"), what)
