"""What the student has agreed to leave out because it does not fit before the exam.

Each agreement is an event ``exam-drop``; taking it back is an undo of that event. It holds for
one exam: with another date the plan asks anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.study.exam_plan import Dropped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizapp.store.events import Event
    from quizapp.study.exam_terms import ExamTerms
    from quizapp.study.workspace import Workspace

KIND = "exam-drop"


def left_out(workspace: Workspace, terms: ExamTerms) -> tuple[Dropped, ...]:
    """What is left out of an exam, in the order in which that was agreed. Raises StoreError."""
    return tuple(one for event in _events(workspace, terms) for one in _read(event))


def leave_out(workspace: Workspace, terms: ExamTerms, dropped: Sequence[Dropped]) -> None:
    """Agree to leave something out. Raises StoreError."""
    told = [_told(one) for one in dropped]
    payload = {"exam": terms.exam.isoformat(), "dropped": told}
    workspace.store.append(KIND, terms.course, payload)


def take_back_in(workspace: Workspace, terms: ExamTerms) -> int:
    """Take back all that was left out; return how many cards and skills that is."""
    count = 0
    for event in _events(workspace, terms):
        count += sum(len(one.cards) for one in _read(event))
        workspace.store.take_back(event)
    return count


def _events(workspace: Workspace, terms: ExamTerms) -> list[Event]:
    exam = terms.exam.isoformat()
    found = workspace.store.events(KIND, terms.course)
    return [event for event in found if event.payload.get("exam") == exam]


def _told(one: Dropped) -> dict[str, Any]:
    return {
        "topic": one.topic,
        "deck": one.deck,
        "items": list(one.items),
        "cards": list(one.cards),
        "weight": one.weight,
        "minutes": one.minutes,
    }


def _read(event: Event) -> Iterator[Dropped]:
    """What an event names; entries that this version cannot read are passed over."""
    told = event.payload.get("dropped")
    for one in told if isinstance(told, list) else []:
        try:
            yield Dropped(
                topic=str(one["topic"]),
                deck="skills" if one["deck"] == "skills" else "cards",
                items=tuple(map(str, one["items"])),
                cards=tuple(map(str, one["cards"])),
                weight=float(one["weight"]),
                minutes=float(one["minutes"]),
            )
        except (KeyError, TypeError, ValueError):
            continue
