"""Who uses which convention: the facts of the courses of a pack, as a problem prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.exercises.conventions import CONVENTIONS, describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.exercises.family import Family
    from quizapp.packs.model import Course
    from quizapp.study.workspace import Workspace

_NOT_THEIRS = frozenset({("modern-hopfield-update", "layout")})
"""There the layout is that of stored patterns, of which no course says anything."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the courses say, the student's own course first."""

    courses: tuple[Course, ...] = ()

    def users(self, family: Family, convention: str, value: str, *, places: bool = True) -> str:
        """The courses that teach this computation with this value; "" where none does.

        A course that uses the value in one place only is given with the place, or without where
        ``places`` are known already.
        """
        if (family.id, convention) in _NOT_THEIRS:
            return ""
        found = []
        for course in self.courses:
            if course.id not in family.sources:
                continue
            place = course.elsewhere.get(convention, {}).get(value)
            if course.conventions.get(convention) == value:
                found.append(course.short or course.title)
            elif place is not None:
                found.append((course.short or course.title) + (f": {place}" if places else ""))
        return ("; " if any(": " in told for told in found) else ", ").join(found)

    def in_words(self, family: Family, convention: str, value: str, *, places: bool = True) -> str:
        """A convention as a problem prints it, with the courses that use it."""
        wording = CONVENTIONS.get(convention, {}).get(value)
        told = wording.text if wording else describe(convention, value)
        users = self.users(family, convention, value, places=places)
        return f"{told} ({users})" if users else told


NOBODY = Usage()
"""No pack at hand: conventions are told without courses."""


def usage(courses: Iterable[Course], own: str = "") -> Usage:
    """The facts of these courses; ``own`` is the id of the student's course."""
    return Usage(tuple(sorted(courses, key=lambda course: course.id != own)))


def usage_of(workspace: Workspace) -> Usage:
    """The facts of the student's pack."""
    return usage(workspace.pack.courses.values(), workspace.course.id)
