"""The app: opens screens by name, loads what is heavy after the first paint."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding
from textual.color import Color
from textual.content import Content
from textual.screen import ModalScreen, Screen

from quizapp.core.errors import QuizError
from quizapp.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from quizapp.study.workspace import Workspace

_HEAVY = (
    "quizapp.packs.load",
    "quizapp.scheduling.memory",
    "quizapp.store.store",
    "quizapp.study.overview",
    "quizapp.tui.screens.review",
)


_QUIET_SHARE = 0.75
"""How much of the foreground is in a quiet text."""
_SIGNS = {"warning": "⚠ ", "error": "✗ "}
"""Before a notice, so that its colour is not all that tells."""


class QuizApp(App[int]):
    """quizapp on a terminal.

    ``start`` names a screen to open on top of the home screen, ``options`` are its arguments.
    """

    CSS_PATH = "app.tcss"
    TITLE = "quizapp"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (80, "-normal"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "question_mark,f1", "help", "Help", id="app.help", tooltip="All keys of this screen"
        ),
        Binding(
            "ctrl+q",
            "quit",
            "Quit",
            id="app.quit",
            tooltip="Leave; everything is saved",
            show=False,
        ),
    ]

    def __init__(
        self, workspace: Workspace, start: str | None = None, options: dict[str, Any] | None = None
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self._start = start
        self._options = options or {}
        self.ready = False
        """Whether content and log have been opened."""

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, with a quiet one that texts can wear, too.

        Textual's own is ``auto 60%``, which works for widgets; a span of content would show it
        as plain white or black, louder than the text around it.
        """
        variables = super().get_css_variables()
        for name in ("text-muted", "text-disabled"):
            if variables[name].startswith("auto"):
                variables[name] = _between(variables["background"], variables["foreground"])
        self.theme_variables = variables
        return variables

    def on_mount(self) -> None:
        """Show the home screen first; load behind it."""
        self.put_on(self.workspace.settings.theme)
        self.push_screen(HomeScreen())
        self.call_after_refresh(self._load)

    def put_on(self, theme: str) -> None:
        """Wear a theme, if there is one of that name."""
        if theme in self.available_themes:
            self.theme = theme

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        """Import and read what takes long, away from the screen."""
        for module in _HEAVY:
            importlib.import_module(module)
        try:
            _ = self.workspace.pack
        except QuizError as error:
            self.call_from_thread(self.go, "trouble", error=error, what="the cards")
            return
        self.call_from_thread(self._loaded)

    def _loaded(self) -> None:
        """Open the log; go where the student wanted to go."""
        try:
            _ = self.workspace.store
        except QuizError as error:
            self.go("trouble", error=error, what="your progress")
            return
        self.ready = True
        if self.workspace.complaint:
            self.tell(self.workspace.complaint, severity="warning")
        if self.workspace.pack.faults:
            count = len(self.workspace.pack.faults)
            self.tell(
                f"{count} faults in the content were left out; `quizapp content check` lists them.",
                severity="warning",
            )
        home = self.screen_stack[1] if len(self.screen_stack) > 1 else self.screen
        if isinstance(home, HomeScreen):
            home.refresh_facts()
        if self._start is not None:
            self.go(self._start, **self._options)
        elif self.workspace.is_new:
            self.go("welcome")

    def go(self, name: str, **options: Any) -> None:
        """Open a screen: the class SCREEN of ``quizapp.tui.screens.<name>``."""
        module = importlib.import_module(f"quizapp.tui.screens.{name}")
        screen: Screen[Any] = module.SCREEN(**options)
        self.push_screen(screen)

    def go_soon(self, name: str) -> None:
        """Open a screen as soon as content and log are there."""
        if self.ready:
            self.go(name)
        else:
            self._start, self._options = name, {}

    def swap(self, name: str, **options: Any) -> None:
        """Open a screen in place of the present one."""
        module = importlib.import_module(f"quizapp.tui.screens.{name}")
        self.switch_screen(module.SCREEN(**options))

    def tell(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """A short notice, its text as it is."""
        sign = _SIGNS.get(severity, "")
        self.notify(sign + message, severity=severity, markup=False, timeout=8)

    def attempt(self, error: QuizError) -> None:
        """Say what went wrong and what to do, and below it where."""
        said = error.message[:1].upper() + error.message[1:]
        self.tell(f"{said}\n{error.where}" if error.where else said, severity="error")

    def action_help(self) -> None:
        """All keys of the present screen."""
        if not isinstance(self.screen, ModalScreen):
            self.go("keys", of=self.screen)

    def on_unmount(self) -> None:
        """Let go of the log."""
        self.workspace.close()


def _between(background: str, foreground: str) -> str:
    """A text colour that stands back and can still be read."""
    return Color.parse(background).blend(Color.parse(foreground), _QUIET_SHARE).hex


def title_line(*parts: str) -> Content:
    """The first line of a screen: the app, then where one is."""
    shown = [Content.styled(" quizapp", "bold")]
    shown += [Content.styled(part, "$text-muted") for part in parts if part]
    return Content(" · ").join(shown)


def run(workspace: Workspace, start: str | None = None, **options: Any) -> int:
    """Run the app; its exit status, not 0 when it crashed."""
    app = QuizApp(workspace, start, options)
    app.run()
    return app.return_code or 0
