"""The pages of the screen of the exam in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from quizapp.tui.pictures.plan import days, drops, held, overview, topics
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.content import Content

    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.held import HeldExam
    from quizapp.study.met import Met


@dataclass(frozen=True, slots=True)
class Known:
    """What the pages are drawn from."""

    plan: ExamPlan | None
    """None where there is nothing to plan."""
    met: Mapping[str, Met] = field(default_factory=dict)
    """By topic."""
    named: Callable[[str], str] = str
    """What an item, a card or a computation is about, from its id."""
    held: HeldExam | None = None
    """How the prediction for the last exam held; None while there is none, or it is looked up."""


Draw: TypeAlias = "Callable[[ExamPlan, Known, int], Sequence[Content]]"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One page."""

    id: str
    name: str
    told: str
    """What it shows, for the help."""
    draw: Draw | None = None
    """Lines of a plan for columns; None for the page that needs no plan."""


PAGES = (
    PlanPage(
        "overview",
        "Overview",
        "what is predicted, the time that is left, whether everything fits",
        lambda plan, _, columns: overview.page(plan, columns),
    ),
    PlanPage(
        "topics",
        "Topics",
        "what each topic weighs in the exam and what is predicted of it",
        lambda plan, known, columns: topics.page(plan, known.met, columns),
    ),
    PlanPage(
        "days",
        "Days",
        "what each day until the exam brings",
        lambda plan, _, columns: days.page(plan, columns),
    ),
    PlanPage(
        "drops",
        "To drop",
        "what could be left out where the time does not suffice",
        lambda plan, known, columns: drops.page(plan, known.named, columns),
    ),
    PlanPage("held", "How it held", "after the exam, how the predictions came true"),
)


def place_of(name: str) -> int:
    """The place of a page by its id; the first one for a name that none has."""
    return next((place for place, page in enumerate(PAGES) if page.id == name), 0)


def drawn(place: int, known: Known, why: str, columns: int) -> Sequence[Content]:
    """The lines of a page; ``why`` stands in the place of a plan where there is none."""
    page = PAGES[place]
    if page.draw is None:
        return held.page(known.held, columns)
    return wrapped(why, columns) if known.plan is None else page.draw(known.plan, known, columns)
