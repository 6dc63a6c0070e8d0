"""What a study day brings a student: the queue by the plan, or by what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.scheduling.choosing import Entry
from quizapp.scheduling.queue import Done, Limits, Queue
from quizapp.scheduling.skills import family_of
from quizapp.study.candidates import candidates
from quizapp.study.planning import day_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from quizapp.scheduling.memory import CardMemory
    from quizapp.study.course_order import CourseOrder
    from quizapp.study.exam_plan import TodayShare
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace

RESCHEDULE = "reschedule"
_MORE_MINUTES = 10.0
_MORE_NEW, _MORE_REVIEWS, _MORE_SKILLS = 10, 50, 1
_SECONDS = {"card": 15.0, "skill": 240.0}
"""About how long one takes; only to cut what goes beyond the plan into pieces."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a study day brings, as it stands."""

    queue: Queue
    share: TodayShare | None
    """The plan's share; None without a plan."""
    memories: dict[str, CardMemory]
    """Of the cards that the day may bring, of all skills, and of what was answered on the day."""


def build_day(
    workspace: Workspace,
    order: CourseOrder,
    skills: Iterable[Skill],
    *,
    topic: str | None = None,
    beyond: int = 0,
    also: Iterable[str] = (),
) -> Day:
    """The queue of today, of one topic or all; ``beyond`` is how often more was asked for.

    A single topic is reviewed by what is due, whatever the plan says. Of the course only the cards
    that may come are looked at, and those that ``also`` may. Raises StoreError.
    """
    store, day = workspace.store, workspace.today()
    able = [Entry(skill.card, skill.topic) for skill in skills]
    forward = {event.subject for event in store.events(RESCHEDULE)}
    memories = store.memories_of({*store.answered_on(day), *forward, *(one.card for one in able)})
    asked, held, limits = (
        wanted(workspace, memories, day),
        store.held(day),
        _limits(workspace, beyond),
    )
    plan = day_plan(workspace) if topic is None else None
    share = planned = None
    if plan is not None:
        share = plan.share(memories, held)
        further = _further(plan.order, share, memories, day, beyond)
        planned = (*share.left, *share.skills_left, *further)
    near = candidates(
        store,
        order,
        day,
        limits if planned is None else None,
        topic=topic,
        asked=(*asked, *(planned or ()), *also),
    )
    memories |= near.memories
    queue = Queue(
        [*near.entries, *(one for one in able if topic in {None, one.topic})],
        memories,
        day=day,
        limits=limits,
        done=_done(workspace, memories, day),
        held=held,
        wanted=asked,
        planned=planned,
    )
    return Day(queue, share, memories)


def wanted(workspace: Workspace, memories: Mapping[str, CardMemory], day: date) -> list[str]:
    """The cards that were brought forward to a day and not answered since, as they were asked for.

    Raises StoreError.
    """
    new = dict.fromkeys(workspace.store.wanted(day))
    found: dict[str, None] = {}
    for event in workspace.store.events(RESCHEDULE):
        asked, memory = event.payload.get("day"), memories.get(event.subject)
        if event.subject in new or (memory is not None and _waits(memory, asked, day)):
            found[event.subject] = None
    return list(found | new)


def _waits(memory: CardMemory, asked: object, day: date) -> bool:
    """Whether a card still waits for the day on which it was asked for."""
    due = memory.due_day
    return due is not None and memory.last_day < day and due <= day and due.isoformat() == asked


def _limits(workspace: Workspace, beyond: int) -> Limits:
    settings = workspace.settings
    return Limits(
        settings.new_a_day + beyond * _MORE_NEW,
        settings.reviews_a_day + beyond * _MORE_REVIEWS,
        settings.skills_a_day + beyond * _MORE_SKILLS,
    )


def _done(workspace: Workspace, memories: Mapping[str, CardMemory], day: date) -> Done:
    new, reviews = workspace.store.done_today(day)
    skills = sum(
        family_of(card) is not None and memory.last_day == day for card, memory in memories.items()
    )
    return Done(new, reviews, skills)


def _further(
    order: Sequence[str],
    share: TodayShare,
    memories: Mapping[str, CardMemory],
    day: date,
    beyond: int,
) -> list[str]:
    """What goes beyond the share, a few minutes each time more is asked for.

    It is what the next days would have brought, without what was answered today.
    """
    room = beyond * _MORE_MINUTES * 60
    today = {*share.left, *share.skills_left}
    found: list[str] = []
    for card in order:
        answered = card in memories and memories[card].last_day == day
        if room <= 0:
            break
        room -= _SECONDS["card" if family_of(card) is None else "skill"]
        if not answered and card not in today:
            found.append(card)
    return found
