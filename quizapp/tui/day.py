"""What stands around a card of the daily review: what is left, what to press, when all is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Words
from quizapp.scheduling.queue import LEARN_AHEAD_MINUTES
from quizapp.scheduling.skills import family_of
from quizapp.tui.names import topic_name
from quizapp.tui.pictures.chances import percent
from quizapp.tui.say import join, say
from quizapp.tui.widgets.prose import Passage, ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from quizapp.cards import Ask
    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.review import ReviewSession, Shown
    from quizapp.study.skills import ShownSkill

_QUIET = "$text-muted"


def _key(key: str) -> Content:
    return say(f"{key} ", "bold $text-accent")


WHAT_NOW = join(
    _key("m"), "more   ", _key("k"), "cram   ", _key("p"), "practise a computation   ",
    _key("u"), "undo   ", _key("q"), "back",
)  # fmt: skip
"""What to press when nothing is left."""


def left_today(session: ReviewSession, shown: Shown | ShownSkill | None) -> Content:
    """How many cards are left today, the kind of the one in front underlined."""
    counts, here = session.counts, _kind(shown)
    kinds = [("due", counts.due), ("learning", counts.learning), ("new", counts.new)]
    if counts.skills:
        kinds.append(("skill" if counts.skills == 1 else "skills", counts.skills))
    return say(" · ", _QUIET).join(
        [
            say(f"{number} {kind}", "bold underline" if kind.startswith(here or "-") else _QUIET)
            for kind, number in kinds
        ]
    )


def _kind(shown: Shown | ShownSkill | None) -> str:
    """Under which of the counts a card stands."""
    if shown is None:
        return ""
    if family_of(shown.id) is not None:
        return "skill"
    if shown.memory is None:
        return "new"
    return "due" if shown.memory.phase == "review" else "learning"


def how_to_answer(ask: Ask) -> Content:
    """What to press before the answer."""
    match ask:
        case ChooseOne(options=options):
            return join(_key(f"1-{len(options)}"), "choose your answer")
        case ChooseMany(options=options):
            mark = join(_key(f"1-{len(options)}"), "mark all that apply   ")
            return join(mark, _key("Enter"), "check")
        case Number():
            return join(_key("Enter"), "check your number")
        case Words():
            return join(_key("Enter"), "check what you typed")
        case Order(steps=steps):
            move = join(_key("shift+↑↓"), "move   ", _key(f"1-{len(steps)}"), "place   ")
            return join(_key("↑↓"), "step   ", move, _key("Enter"), "check")
        case Match(columns=columns):
            choose = join(_key(f"1-{len(columns)}"), "choose its column   ")
            return join(_key("↑↓"), "row   ", choose, _key("Enter"), "check")
        case _:
            return join(_key("Space"), "show the answer")


def done(session: ReviewSession, today: int, plan: ExamPlan | None = None) -> Iterator[Passage]:
    """Yield what to say when nothing is left; ``today`` is how many cards were answered.

    The plan says what is predicted now.
    """
    wakes = session.wakes_at()
    yield ours(_all_done(session, waits=wakes is not None), "bold $text-success")
    told = []
    if session.answered:
        told.append(_counted(session.answered, "answer") + " just now")
    if today:
        told.append(_counted(today, "card") + " today")
    if told:
        yield ours(f"Done: {', '.join(told)}.")
    if plan is not None:
        yield ours(_predicted(plan))
    if wakes is not None:
        at = wakes - timedelta(minutes=LEARN_AHEAD_MINUTES)
        yield ours(f"The next one to learn comes at {at:%H:%M}; it shows here by itself.")
    elif not told:
        yield ours("No card is due, and today's new cards are done.")
    beyond = "cards beyond today's limits"
    if session.share is not None:
        beyond = "what the next days would, about ten minutes of it"
    yield ours(f"m brings {beyond}.", _QUIET)
    yield ours("Half of the exam is computing by hand: p draws fresh numbers.", _QUIET)


def _all_done(session: ReviewSession, *, waits: bool) -> str:
    if session.topic:
        return f"✓ Nothing is left in {topic_name(session.topic)} for now."
    if session.share is not None and not waits:
        return "✓ Today's share is done."
    return "✓ Nothing is left for now."


def _predicted(plan: ExamPlan) -> str:
    """What the exam would bring, if the days until then go as planned."""
    overall, goal = percent(plan.forecast.overall), percent(plan.goal)
    days = "1 day" if plan.days_left == 1 else f"{plan.days_left} days"
    return f"On the day of the exam, in {days}: predicted {overall}, goal {goal}."


def _counted(count: int, thing: str) -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"
