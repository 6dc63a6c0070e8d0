"""The app: opens screens by name, loads what is heavy after the first paint."""

from __future__ import annotations

import asyncio
import importlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding
from textual.color import Color
from textual.screen import ModalScreen, Screen

from quizapp.core.errors import QuizError
from quizapp.tui.arrived import all_arrived, arrived
from quizapp.tui.presses import REPEAT_SECONDS, HeldKeys, Press
from quizapp.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from quizapp.study.library import Change
    from quizapp.study.workspace import Workspace

LOOK_AT_FILES_SECONDS = 0.4
"""How often the files of the packs in use are looked at."""
_HEAVY = (
    "quizapp.packs.load",
    "quizapp.scheduling.memory",
    "quizapp.store.store",
    "quizapp.study.overview",
    "quizapp.tui.screens.review",
)


_MOVING = {"enter", "tab", "shift+tab", "ctrl+e", "equals_sign"}
"""Keys that often take the focus elsewhere; what is typed next is meant for that place."""
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
        self.held: HeldKeys | None = None
        """What tells held keys; None where a program presses the keys."""
        self._unsure: events.Key | None = None
        """A key that acts as soon as it is known to be no repeat."""
        self.put_on(workspace.settings.theme)

    def get_default_screen(self) -> Screen[Any]:
        """Home, at the bottom of all screens, at once in the layout for its size."""
        home = HomeScreen(id="_default")
        for side, steps in (
            (self.size.width, home.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            home.add_class([name for least, name in steps if side >= least][-1])
        return home

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
        """Load behind the home screen."""
        self.held = None if self.is_headless else HeldKeys()
        self.call_after_refresh(self._load)

    async def on_event(self, event: events.Event) -> None:
        """Let a key act, once however long it is held down."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        press = self._judge(event)
        if press is not Press.REPEAT:
            await self._act_if_sure()
        self._unsure = None
        if press is Press.NEW:
            await self._press(event)
        elif press is Press.UNSURE:
            self._unsure = event
            self.set_timer(REPEAT_SECONDS, self._act_if_sure)

    def _judge(self, event: events.Key) -> Press:
        if self.held is None:
            return Press.NEW
        press = self.held.judge(event.key, event.time)
        focused = self.focused
        typed = focused is not None and focused.check_consume_key(event.key, event.character)
        return Press.NEW if typed else press

    async def _act_if_sure(self) -> None:
        """No repeat has followed: it was a press."""
        event, self._unsure = self._unsure, None
        if event is not None:
            await self._press(event)

    async def _press(self, event: events.Key) -> None:
        """Let a key act; one that moves the focus does so before the next key is looked at."""
        focused = self.focused
        if focused is None or event.key not in _MOVING:
            await super().on_event(event)
            return
        await arrived(focused)
        writes = event.key == "enter" and getattr(focused, "takes_enter", False)
        if writes or not await self._moved(event.key):
            await super().on_event(event)
        await all_arrived(focused)

    async def _moved(self, key: str) -> bool:
        """Whether a binding has taken the key, at once and not after what is in the queue."""
        return await self._check_bindings(key, priority=True) or await self._check_bindings(key)

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
        home = self.screen_stack[0]
        if isinstance(home, HomeScreen):
            home.refresh_facts()
        if self.workspace.reads_files:
            self._watch_content()
        self._back_up()
        if self._start is not None:
            self.go(self._start, **self._options)
        elif self.workspace.is_new:
            self.go("welcome")

    @work(exclusive=True, group="backup")
    async def _back_up(self) -> None:
        """Take the backup of a start, then look back over a long log, away from the screen."""
        from quizapp.study.log_care import backup_of_start

        try:
            await asyncio.to_thread(backup_of_start(self.workspace))
        except QuizError as error:
            self.tell(f"No backup could be made. {error}", severity="warning")
        # What cannot be read now is told where the statistics are opened.
        with suppress(QuizError):
            await asyncio.to_thread(_keep_up, self.workspace)

    @work(exclusive=True, group="content")
    async def _watch_content(self) -> None:
        """Take up files of the packs in use as soon as they have changed."""
        library = self.workspace.library
        while True:
            await asyncio.sleep(LOOK_AT_FILES_SECONDS)
            if await asyncio.to_thread(library.changed):
                self._take_up(await asyncio.to_thread(library.take_up))

    def _take_up(self, change: Change) -> None:
        """Go on with the new content; with the old where the new one has a fault."""
        if change.pack is None:
            self.tell(f"A changed file is not taken up. {change.fault}", severity="warning")
            return
        # An editor writes files of its own beside, and saves what nobody has changed.
        same = change.pack == self.workspace.pack
        self.workspace.take(change.pack)
        if same:
            return
        for screen in self.screen_stack:
            renew = getattr(screen, "content_changed", None)
            if renew is not None:
                renew()
        self.tell("The changed cards are taken up.")

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


def _keep_up(workspace: Workspace) -> None:
    """In a thread, the imports too."""
    from quizapp.study.figures.kept import keep_up

    keep_up(workspace)


def _between(background: str, foreground: str) -> str:
    """A text colour that stands back and can still be read."""
    return Color.parse(background).blend(Color.parse(foreground), _QUIET_SHARE).hex


def run(workspace: Workspace, start: str | None = None, **options: Any) -> int:
    """Run the app; its exit status, not 0 when it crashed."""
    app = QuizApp(workspace, start, options)
    app.run()
    return app.return_code or 0
