"""The skills of a course: the exercise families on its schedule, beside its cards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.scheduling.skills import skill_card
from quizapp.study.selection import course_exams, taught_items

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from quizapp.packs.model import Item
    from quizapp.scheduling.memory import CardMemory, Rating
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Skill:
    """One exercise family on the schedule; each of its reviews has fresh numbers."""

    card: str
    """The id on the schedule."""
    family: str
    topic: str
    """The topic of the course in which it is taught, not always that of the family."""
    items: tuple[str, ...]
    """The items of the course that name it, in the order of teaching."""

    @property
    def title(self) -> str:
        """What the exercise is called. Imports the family."""
        from quizapp.exercises.catalogue import family

        return family(self.family).title


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill in front of the student: an exercise with fresh numbers."""

    skill: Skill
    memory: CardMemory | None
    intervals: Mapping[Rating, str]
    """What each rating would lead to, as it stands on the button."""
    since: datetime
    due: Mapping[Rating, date | None] = field(default_factory=dict)
    """The day on which it would come again, chosen by what the days bring."""

    @property
    def id(self) -> str:
        """The id on the schedule."""
        return self.skill.card

    @property
    def topic(self) -> str:
        """The topic in which it is taught."""
        return self.skill.topic

    @property
    def is_new(self) -> bool:
        """Whether the skill is put to the test for the first time."""
        return self.memory is None


def course_skills(workspace: Workspace) -> list[Skill]:
    """The families that the exams of the course draw from or its items name, as it teaches them.

    Those of items that the exam does not ask for only where the settings want them. Imports no
    family.
    """
    beyond = workspace.settings.beyond_exam
    taught = taught_items(workspace.pack, workspace.course)
    naming: dict[str, list[Item]] = {}
    for item in taught:
        for family in item.families:
            naming.setdefault(family, []).append(item)
    drawn = _drawn(workspace)
    asked = [
        family
        for family, items in naming.items()
        if beyond or family in drawn or any(item.examinable for item in items)
    ]
    skills = [_skill(family, naming[family]) for family in asked]
    place = {item.id: number for number, item in enumerate(taught)}
    topic_of = {item.id: item.topic for item in taught}
    # The order of teaching is that of the first item of the skill's own topic.
    skills.sort(key=lambda one: min(place[i] for i in one.items if topic_of[i] == one.topic))
    return skills + [_unnamed(family) for family in drawn if family not in naming]


def skill_of(workspace: Workspace, family: str) -> Skill | None:
    """The skill of a family, None where the course has none."""
    return next((skill for skill in course_skills(workspace) if skill.family == family), None)


def _drawn(workspace: Workspace) -> dict[str, None]:
    """The families that the exams of the course draw from, in order."""
    return {
        family: None
        for exam in course_exams(workspace.pack, workspace.course)
        for section in exam.sections
        for family in section.families
    }


def _skill(family: str, items: list[Item]) -> Skill:
    """A skill stands under the topic of most of its items, the first of several such."""
    topic, _ = Counter(item.topic for item in items).most_common(1)[0]
    return Skill(skill_card(family), family, topic, tuple(item.id for item in items))


def _unnamed(family: str) -> Skill:
    """The skill of a family that an exam draws and no item names; such ones come last."""
    from quizapp.exercises.catalogue import family as find_family

    return Skill(skill_card(family), family, find_family(family).topic, ())
