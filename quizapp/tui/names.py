"""How the keys of the pack are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.topics import topic_name

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

__all__ = ["course_name", "topic_name"]


def course_name(pack: Pack, key: str) -> str:
    """The title of a course, its key where the pack has none."""
    course = pack.courses.get(key)
    return course.title if course else key
