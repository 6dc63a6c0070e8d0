"""How learning has gone, in pictures: a page for each question one has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.worker import get_current_worker

from quizapp.core.errors import QuizError
from quizapp.tui.drills import practise_slips
from quizapp.tui.pictures import practice, topics
from quizapp.tui.pictures.book import PAGES, place_of, tabs
from quizapp.tui.presence import present
from quizapp.tui.say import Said, say
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.fitted import Fitted, wrapped
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.study.figures.mastery import TopicMastery
    from quizapp.study.figures.reading import Figures
    from quizapp.study.statistics import Statistics
    from quizapp.tui.app import QuizApp
    from quizapp.tui.widgets.choices import Row

_MUTED = "$text-muted"
_READING = "Reading the log …"
_ABOVE = 3
"""The title, the names of the pages, the keys."""


class StatisticsScreen(Screen[None]):
    """Pages switched by their numbers or the arrows; two of them are lists to choose from."""

    DEFAULT_CSS = """
    StatisticsScreen #pages { height: 1; padding: 0 1; text-wrap: nowrap; }
    StatisticsScreen #none { padding: 1 2; display: none; }
    StatisticsScreen #figures { height: 1fr; margin-top: 1; text-wrap: nowrap; display: none; }
    StatisticsScreen #picture { height: 1fr; margin-top: 1; padding: 0 2; }
    StatisticsScreen.-short #figures { margin-top: 0; }
    StatisticsScreen.-short #picture { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "right", "turn(1)", "Next page", id="statistics.next", key_display="→",
            tooltip="The next page", priority=True,
        ),
        Binding(
            "left", "turn(-1)", "Previous page", id="statistics.previous", show=False,
            tooltip="The page before", priority=True,
        ),
        *(
            Binding(
                str(n), f"open({n - 1})", page.name, id=f"statistics.{page.id}", show=False,
                tooltip=f"Page {n}: {page.name}",
            )
            for n, page in enumerate(PAGES, 1)
        ),
        Binding(
            "m", "slips", "My slips", id="statistics.slips",
            tooltip="Practise the slips that you make most often, one after the other",
        ),
        Binding(
            "escape,q,s", "leave", "Back", id="statistics.leave", tooltip="Back",
            key_display="esc",
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, page: str = "days") -> None:
        super().__init__()
        self._place = place_of(page)
        self._topic: str | None = None
        """The topic whose items are shown."""
        self._facts: Statistics | None = None
        self._figures: Figures | None = None

    def compose(self) -> ComposeResult:
        """The names of the pages, and what of a page is needed: a picture or a list."""
        yield Title(id="title")
        yield Fitted(id="pages")
        yield Said(id="none")
        yield Choices(id="figures")
        with VerticalScroll(id="picture"):
            yield Fitted(id="drawn")
        yield Keybar()

    def on_screen_resume(self) -> None:
        """The figures of now."""
        self._read()
        self._show()

    def on_resize(self) -> None:
        """Another size, another picture."""
        self._show()

    @work(thread=True, exclusive=True, group="statistics")
    def _read(self) -> None:
        """Read the whole log, away from the screen."""
        from quizapp.study.figures.reading import figures
        from quizapp.study.statistics import statistics

        worker = get_current_worker()
        try:
            read = statistics(self.app.workspace), figures(self.app.workspace)
        except QuizError as error:
            self.app.call_from_thread(self.app.attempt, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, *read)

    def _take(self, facts: Statistics, figures: Figures) -> None:
        self._facts, self._figures = facts, figures
        if present(self):
            self._show()

    def _show(self) -> None:
        """Draw the current page."""
        page = PAGES[self._place]
        self.query_one(Title).show(say("Statistics", "bold"), say(self._told(), _MUTED))
        self.query_one("#pages", Fitted).show(lambda columns: [tabs(self._place, columns)])
        listed = [] if page.draw else list(self._rows())
        self.query_one("#figures").display = bool(listed)
        self.query_one("#none").display = not (listed or page.draw)
        self.query_one("#picture").display = page.draw is not None
        if listed:
            self.query_one(Choices).fill(listed)
            self.query_one(Choices).focus()
        elif page.draw:
            self.query_one("#drawn", Fitted).show(self._drawn)
            self.query_one("#picture").focus()
        else:
            self.query_one("#none", Said).show(say(self._nothing()))
        self.refresh_bindings()

    def _drawn(self, columns: int) -> Sequence[Content]:
        draw = PAGES[self._place].draw
        if self._figures is None or draw is None:
            return wrapped(_READING, columns, _MUTED)
        rows = self.size.height - _ABOVE - (0 if self.has_class("-short") else 1)
        return draw(self._figures, columns, rows)

    def _rows(self) -> Sequence[Row]:
        """The rows of a page that is a list; none while the log is read or where it is empty."""
        if self._facts is None or self._figures is None:
            return []
        columns = self.size.width
        if PAGES[self._place].id == "practice":
            return list(practice.rows(self._facts, columns))
        topic = self._opened()
        if topic is not None:
            return list(topics.item_rows(topic, columns))
        return list(topics.topic_rows(self._figures.mastery, columns))

    def _opened(self) -> TopicMastery | None:
        if self._figures is None:
            return None
        found = self._figures.mastery.topics
        return next((topic for topic in found if topic.topic == self._topic), None)

    def _told(self) -> str:
        """The sums of a list at the right of the title."""
        if self._facts is None or self._figures is None:
            return ""
        page = PAGES[self._place].id
        if page == "practice":
            return practice.told(self._facts)
        return topics.told(self._figures.mastery) if page == "topics" else ""

    def _nothing(self) -> str:
        if self._figures is None:
            return _READING
        return practice.EMPTY if PAGES[self._place].id == "practice" else topics.EMPTY

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        """Practise a slip, or a family at the level of the last time; open a topic."""
        kind, _, name = event.id.partition("-")
        if kind == "topic":
            self._topic = name
            self._show()
            self.query_one(Choices).action_first()
        elif self._facts is not None and kind == "slip":
            practise_slips(self.app, [self._facts.slips[int(name)]])
        elif self._facts is not None and kind == "family":
            record = next(one for one in self._facts.families if one.family == name)
            self.app.go("exercise", family=name, level=record.level)

    def action_open(self, place: int) -> None:
        """A page by its place."""
        self._place, self._topic = place, None
        self._show()
        self.query_one("#picture").scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """The next page or the one before, round and round."""
        self.action_open((self._place + by) % len(PAGES))

    def action_slips(self) -> None:
        """All slips, one after the other."""
        practise_slips(self.app)

    def action_leave(self) -> None:
        """From the items of a topic to the topics, else back."""
        if self._topic is None:
            self.dismiss()
            return
        opened, self._topic = self._topic, None
        self._show()
        self.query_one(Choices).put_on(f"topic-{opened}")


SCREEN = StatisticsScreen
