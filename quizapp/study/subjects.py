"""What an id of the plan stands for: an item of the syllabus, a card, a computation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.catalogue import UnknownFamily
from quizapp.exercises.catalogue import family as find_family
from quizapp.scheduling.skills import family_of

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


def subject(workspace: Workspace, name: str) -> str:
    """The statement of an item, the title of a computation; for anything else the id itself."""
    item = workspace.pack.items.get(name)
    if item is not None:
        return item.statement
    family = family_of(name)
    if family is None:
        return name
    try:
        return find_family(family).title
    except UnknownFamily:
        return family
