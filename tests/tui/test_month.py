"""A month of daily use through the app, with a clock that is moved: then everything must agree.

A student studies for an exam from 9 March to 7 April: through the change to summer time, with a
day off, a day missed, a second computer, mistakes taken back, cards put away, crammed and flagged,
exercises right and wrong. What is known is drawn from the recall that FSRS predicts, so that the
prediction can hold.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.scheduling.skills import family_of
from quizapp.study import log_care
from quizapp.study.figures.reading import figures
from quizapp.study.held import held, past_exams
from quizapp.study.log_files import export_to, import_from
from quizapp.study.overview import overview
from quizapp.study.planning import exam_plan
from quizapp.study.review import ReviewSession
from quizapp.study.syncing import sync
from quizapp.tui.screens.review import ReviewScreen
from quizapp.tui.screens.skill import SkillScreen
from tests.tui.acting import Watch, running, until, workspace_at
from tests.tui.working import paste

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from quizapp.packs.model import Pack
    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.workspace import Workspace

FIRST, EXAM = date(2026, 3, 9), date(2026, 4, 8)
DAYS_OFF = (date(2026, 3, 22),)
MISSED = date(2026, 3, 18)
SUMMER_TIME = datetime(2026, 3, 29, 1, tzinfo=UTC)
MINUTES = 2
MOST_TURNS = 60
"""Of a day: no share of so few minutes has more answers."""


class Berlin(Watch):
    """A clock in a place that puts its clocks forward on 29 March."""

    def __init__(self) -> None:
        super().__init__()
        self.utc = datetime(2026, 3, 9, 17, tzinfo=UTC)

    def __call__(self) -> datetime:
        hours = 2 if self.utc >= SUMMER_TIME else 1
        return self.utc.astimezone(timezone(timedelta(hours=hours)))

    def wake(self, day: date, hour: int) -> None:
        """Go on to an hour of a day."""
        self.utc = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class Student:
    """Answers what is in front, with the keys that a person presses."""

    def __init__(self, pilot: Pilot[Any], clock: Berlin, luck: random.Random) -> None:
        self.pilot, self.clock, self.luck = pilot, clock, luck
        self.given: Counter[str] = Counter()
        """What was done, as the student remembers it."""

    @property
    def workspace(self) -> Workspace:
        found: Workspace = self.pilot.app.workspace  # type: ignore[attr-defined]
        return found

    async def study(self) -> None:
        """Work through the share of the day."""
        await self.pilot.press("r")
        for _ in range(MOST_TURNS):
            await self.pilot.pause()
            screen = self.pilot.app.screen
            if isinstance(screen, SkillScreen):
                await self.compute(screen)
            elif isinstance(screen, ReviewScreen) and screen._shown is not None:
                await self.answer(screen)
            else:
                break
        else:
            raise AssertionError("the day does not end")
        await self.pilot.press("q")

    async def answer(self, screen: ReviewScreen) -> None:
        """One card: look at the answer, rate it as it was known."""
        shown = screen._shown
        assert shown is not None
        self.clock.utc += timedelta(seconds=self.luck.randrange(4, 20))
        for _ in range(3):  # what is asked for once may be left out
            if screen._judgement is None:
                await self.pilot.press("enter")
        rating = self.rating(shown.memory)
        await self.pilot.press(str(int(rating)))
        self.given["answers"] += 1
        await self.pilot.pause()
        if self.luck.random() < 0.05 and isinstance(self.pilot.app.screen, ReviewScreen):
            await self.think_again()

    async def think_again(self) -> None:
        """Take the last answer back, and perhaps bring it back again."""
        await self.pilot.press("ctrl+z")
        self.given["answers"] -= 1
        if self.luck.random() < 0.5:
            await self.pilot.press("ctrl+r")
            self.given["answers"] += 1

    def rating(self, memory: Any) -> Rating:
        if memory is None:
            return self.luck.choices(list(Rating), [24, 10, 53, 13])[0]
        workspace = self.workspace
        recall = workspace.scheduler.retrievability(memory, workspace.today())
        if self.luck.random() >= recall:
            return Rating.AGAIN
        return self.luck.choices([Rating.HARD, Rating.GOOD, Rating.EASY], [10, 80, 10])[0]

    async def compute(self, screen: SkillScreen) -> None:
        """An exercise: done right, or looked up; rated as the app proposes."""
        self.clock.utc += timedelta(seconds=self.luck.randrange(60, 240))
        if self.luck.random() < 0.6:
            for step in screen.run.problem.family.steps:
                await self.put(screen, step.name)
        if screen._rated is None:
            await self.pilot.press("f4")
            await until(self.pilot, lambda: self.pilot.app.screen is not screen)
            await self.pilot.press("escape")
        await until(self.pilot, lambda: screen._rated is not None)
        await self.pilot.press("enter")
        await until(self.pilot, lambda: self.pilot.app.screen is not screen)
        self.given["answers"] += 1
        self.given["exercises"] += 1

    async def put(self, screen: SkillScreen, step: str) -> None:
        """Put the right numbers into the line with the cursor."""
        value = screen.run.problem.truth.value(step)
        if screen._rated is None and value is not None:
            await paste(self.pilot, " ".join(f"{number:.3f}" for number in value.flat))
            await self.pilot.press("enter")


async def month(tmp_path: Path, shipped: Pack) -> tuple[Workspace, Berlin, Counter[str]]:
    """Live through the month; the workspace as it stands on its last evening."""
    clock, luck = Berlin(), random.Random(5)
    (tmp_path / "shared").mkdir()
    given: Counter[str] = Counter()
    laptop = workspace_at(tmp_path / "laptop", clock, shipped)
    laptop.change(
        course="nnt", exam_date=EXAM, minutes_a_day=MINUTES, days_off=DAYS_OFF, theme="nord"
    )
    desktop = workspace_at(tmp_path / "desktop", clock, shipped)
    desktop.settings = laptop.settings
    for number in range((EXAM - FIRST).days):
        day = FIRST + timedelta(days=number)
        if day in {*DAYS_OFF, MISSED}:
            continue
        clock.wake(day, luck.choice([6, 12, 19, 23]))
        here = desktop if number % 9 == 4 else laptop
        sync(here, tmp_path / "shared")
        async with running(here, size=(60, 16)) as pilot:
            student = Student(pilot, clock, luck)
            await student.study()
            given += student.given
        sync(here, tmp_path / "shared")
        here.close()
        if number == 12:
            card = next(iter(here.store.memories()))
            here.store.flag(card, 2)
            here.store.suspend(card)
    for one in (laptop, desktop):
        sync(one, tmp_path / "shared")
    desktop.close()
    return laptop, clock, given


async def test_after_a_month_log_state_plan_and_statistics_agree(
    tmp_path: Path, shipped: Pack
) -> None:
    workspace, clock, given = await month(tmp_path, shipped)
    store = workspace.store
    reviews = store.events("review")
    by_day = Counter(event.study_day for event in reviews)

    # The log holds what the student did, and the state is what follows from it.
    assert len(reviews) == given["answers"] > 120
    assert sum(event.payload["how"] == "exercise" for event in reviews) == given["exercises"] > 5
    assert log_care.examine(workspace) == []
    assert log_care.rebuild(workspace).changed == 0
    memories = store.memories()
    reps = Counter(event.subject for event in reviews)
    assert {card: memory.reps for card, memory in memories.items()} == reps
    assert not {day.isoformat() for day in (*DAYS_OFF, MISSED)} & set(by_day)
    other = workspace_at(tmp_path / "desktop", clock, shipped)
    assert other.store.states() == store.states()
    other.close()

    # The statistics count the same, day by day, summer time or not.
    found = figures(workspace)
    assert {day.day.isoformat(): day.answers for day in found.calendar.days} == by_day
    cards = [card for card in memories if family_of(card) is None]
    assert found.memory.cards == len(cards)
    due = [memories[card].due_day for card in cards if not store.state(card).suspended]
    ahead = found.load.overdue + sum(day.cards for day in found.load.days) + found.load.later
    assert ahead == sum(day is not None for day in due)
    # What was recalled was drawn from the prediction, so the two may differ by chance only.
    held_up = found.calibration
    assert held_up.predicted is not None
    assert held_up.actual is not None
    spread = math.sqrt(held_up.predicted * (1 - held_up.predicted) / held_up.answers)
    assert abs(held_up.actual - held_up.predicted) < 4 * spread

    # The plan sees the same cards, and what home says is what the queue brings.
    plan = exam_plan(workspace)
    assert plan is not None
    assert plan.days_left == (EXAM - workspace.today()).days == 1
    assert plan.forecast.now <= plan.forecast.overall + 1e-9
    assert plan == anew(workspace, clock, shipped, tmp_path)
    facts, session = overview(workspace), ReviewSession(workspace)
    assert facts.total == session.counts
    left = {*plan.share.left, *plan.share.skills_left}
    assert left <= session.cards_left()

    # After the exam the last prediction is held against what was answered.
    clock.wake(EXAM + timedelta(days=1), 9)
    assert exam_plan(workspace) is None
    (exam,) = past_exams(workspace)
    behind = held(workspace, exam)
    assert behind.eve is not None
    assert sum(day.answers for day in behind.days) == sum(topic.answers for topic in behind.topics)
    # On the evening before, what is forgotten how fast was taken from the log up to the morning.
    assert behind.eve.overall == pytest.approx(plan.forecast.now, abs=0.01)
    workspace.close()


def anew(workspace: Workspace, clock: Berlin, shipped: Pack, tmp_path: Path) -> ExamPlan | None:
    """The plan that a computer makes which has the exported log and the settings, and no more."""
    other = workspace_at(tmp_path / "third", clock, shipped)
    other.settings = workspace.settings
    file = tmp_path / "log.jsonl"
    export_to(workspace, file)
    import_from(other, str(file))
    found = exam_plan(other)
    other.close()
    return found
