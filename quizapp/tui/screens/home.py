"""Home: what is due, what is new, when the exam is, and one key for each thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.spans import day_of
from quizapp.tui.names import topic_name
from quizapp.tui.say import Said, heading, join, lines, say
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.overview import Overview
    from quizapp.tui.app import QuizApp

_KEYS = (
    ("r", "review", "Review", "Today's cards"),
    ("p", "practise", "Practise a computation", "Fresh numbers, checked line by line"),
    ("m", "slips", "Practise my slips", "Numbers on which the slips you make would show"),
    ("c", "check", "Check my own sheet", "Type in the numbers of a sheet from class"),
    ("x", "exam", "Practice exam", "On screen, against the clock"),
    ("d", "discrepancies", "Slides against textbook", "Where they differ and what to write"),
    ("b", "browse", "Browse the cards", "Search, read and edit them"),
    ("s", "statistics", "Statistics", "What was answered, how it sits, what comes; your slips"),
    ("comma", "settings", "Settings", "Course, exam date, limits, colours"),
    ("q", "leave", "Quit", "Everything is saved"),
)
_SHOWN = {"comma": ","}
_QUIET = "$text-muted"
_NAME = 25
"""The column for the name of a topic."""
_TOPICS = 10
"""More topics than this are counted and not listed."""
_SOON = 3
"""An exam in so few days stands out."""


class HomeScreen(Screen[None]):
    """Where one starts and comes back to."""

    DEFAULT_CSS = """
    HomeScreen #home { height: 1fr; max-width: 112; layout: vertical; overflow-y: auto;
        scrollbar-size-vertical: 1; }
    HomeScreen #today { width: 1fr; height: auto; padding: 1 1 0 1; }
    HomeScreen #today > Said { padding: 0 1; }
    HomeScreen Choices { margin-top: 1; max-height: 10; }
    HomeScreen #aside { width: 1fr; height: auto; padding: 1 1 0 2; scrollbar-size-vertical: 1; }
    HomeScreen.-normal #home, HomeScreen.-wide #home { layout: horizontal; overflow-y: hidden; }
    HomeScreen.-normal #aside, HomeScreen.-wide #aside { width: 38; height: 1fr; overflow-y: auto;
        border-left: solid $foreground 15%; }
    HomeScreen.-wide #aside { width: 48; }
    HomeScreen.-short #today { padding-top: 0; }
    HomeScreen.-short Choices { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            key,
            action,
            label,
            id=f"home.{action}",
            tooltip=tip,
            key_display=_SHOWN.get(key),
            show=action == "leave",  # the others stand in the menu
        )
        for key, action, label, tip in _KEYS
    ]

    app: QuizApp

    def compose(self) -> ComposeResult:
        """The frame; the facts come when they are there."""
        yield Title(say("quizapp", "bold"), id="title")
        with Container(id="home"):
            with Vertical(id="today"):
                yield Said(heading("Today"))
                yield Said(say("Opening your cards …", _QUIET), id="due")
                yield Choices(_menu(), id="menu")
            with Vertical(id="aside"):
                yield Said(id="topics")
                yield Said(id="slips")
        yield Keybar()

    def on_mount(self) -> None:
        """The arrow keys move in the menu."""
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """Fresh facts whenever one comes back."""
        if self.app.ready:
            self.refresh_facts()

    def content_changed(self) -> None:
        """Other cards may be due now."""
        self.refresh_facts()

    def refresh_facts(self) -> None:
        """Ask what is due and show it."""
        from quizapp.study.overview import overview

        try:
            facts = overview(self.app.workspace)
        except QuizError as error:
            self.query_one("#due", Said).show(say("⚠ What is due cannot be read.", "$text-warning"))
            self.app.attempt(error)
            return
        self.query_one(Title).show(
            join(say("quizapp", "bold"), say(f" · {facts.course}", _QUIET)), _exam(facts)
        )
        self.query_one("#due", Said).show(_due(facts))
        self.query_one("#topics", Said).show(_topics(facts))
        self.query_one("#slips", Said).show(_slips(facts))

    @on(Choices.Chosen)
    async def _chosen(self, event: Choices.Chosen) -> None:
        await self.run_action(event.id)

    def action_review(self) -> None:
        """Today's cards."""
        self.app.go_soon("review")

    def action_practise(self) -> None:
        """Choose a family and a level."""
        self.app.go_soon("practice")

    def action_slips(self) -> None:
        """Practise the slips one makes."""
        if self.app.ready:
            from quizapp.tui.drills import practise_slips

            practise_slips(self.app)

    def action_check(self) -> None:
        """A problem of the student's own."""
        self.app.go_soon("own")

    def action_exam(self) -> None:
        """Choose an exam or take one up again."""
        self.app.go_soon("exams")

    def action_discrepancies(self) -> None:
        """Where slides and textbook differ."""
        self.app.go_soon("discrepancies")

    def action_browse(self) -> None:
        """All cards."""
        self.app.go_soon("browse")

    def action_statistics(self) -> None:
        """How practice has gone."""
        self.app.go_soon("statistics")

    def action_settings(self) -> None:
        """Change the settings."""
        self.app.go_soon("settings")

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit(0)


def _menu() -> list[Row]:
    return [
        Row(action, join(say(f"{_SHOWN.get(key, key)}  ", "bold $text-accent"), label))
        for key, action, label, _ in _KEYS
    ]


def _exam(facts: Overview) -> Content:
    """When the exam is."""
    if facts.days_left is None or facts.exam_date is None:
        return say("exam date not set", _QUIET)
    when = day_of(facts.exam_date)
    if facts.days_left > 1:
        told = f"exam in {facts.days_left} days, {when}"
    elif facts.days_left == 1:
        told = f"exam tomorrow, {when}"
    elif facts.days_left == 0:
        told = "exam today"
    else:
        told = f"exam was on {when}"
    return say(told, "bold $text-warning" if 0 <= facts.days_left <= _SOON else "bold")


def _due(facts: Overview) -> Content:
    """What is left today, what is done, which exam waits."""
    total = facts.total
    rows: list[Content] = []
    if total.total:
        gap = say("  ·  ", _QUIET)
        rows.append(
            gap.join(
                [
                    join(say(str(total.due + total.learning), "bold"), " due"),
                    join(say(str(total.new), "bold"), " new"),
                    say(f"about {facts.minutes} min", _QUIET),
                ]
            )
        )
    else:
        rows.append(say("✓ Nothing is due", "$text-success"))
    if facts.done_today:
        rows.append(say(f"✓ {facts.done_today} done today", _QUIET))
    if facts.unfinished_exam:
        rows.append(say("⚠ An exam is waiting to be finished: x", "$text-warning"))
    elif facts.last_exam:
        exam = facts.last_exam
        told = f"Last exam: {exam.points:g} of {exam.of:g} points, {exam.share:.0%}"
        rows.append(say(told, _QUIET))
    return lines(rows)


def _topics(facts: Overview) -> Content:
    """The cards left today, by topic."""
    if not facts.topics:
        return Content("")
    rows = [join(heading(f"{'By topic':<{_NAME}}"), say(f"{'due':>4}{'new':>4}", _QUIET))]
    for topic, counts in list(facts.topics.items())[:_TOPICS]:
        due = counts.due + counts.learning
        name = topic_name(topic)[:_NAME]
        rows.append(say(f"{name:<{_NAME}}{due or '·':>4}{counts.new or '·':>4}"))
    if len(facts.topics) > _TOPICS:
        rows.append(say(f"and {len(facts.topics) - _TOPICS} more topics", _QUIET))
    return lines(rows)


def _slips(facts: Overview) -> Content:
    """The mistakes made most often."""
    if not facts.slips:
        return Content("")
    rows = [Content(""), join(heading("Slips this week"), say("  m practises them", _QUIET))]
    rows += [join(say(f"{slip.times}×  ", "bold"), slip.says) for slip in facts.slips]
    return lines(rows)


SCREEN = HomeScreen
