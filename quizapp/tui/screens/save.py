"""Saving a problem as a file: its name, its folder, and what to tell those who open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from quizapp.core.errors import QuizError
from quizapp.core.text import clean
from quizapp.study.problem_files import TakenError, free_name, remember_folder, save, used_folder
from quizapp.study.sharing import read_shared, scheme_from_text, scheme_text
from quizapp.tui.say import join, say
from quizapp.tui.widgets.field import Field
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.sharing import Shared
    from quizapp.tui.app import QuizApp

_NAMES = ("name", "folder", "title", "note", "scheme")


class SaveScreen(Screen["Shared | None"]):
    """A form with five fields; gives what was saved, None where nothing was."""

    DEFAULT_CSS = """
    SaveScreen #form { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    SaveScreen.-short #form { padding: 0 2; }
    SaveScreen Field > Horizontal { max-width: 100%; }
    SaveScreen Field .label { width: 10; }
    SaveScreen Field .note { margin-left: 10; }
    SaveScreen.-high Field { margin-bottom: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "ctrl+s,f6", "save", "Save", id="save.save", key_display="^s/F6", priority=True,
            tooltip="Write the file",
        ),
        Binding(
            "f7", "replace", "Replace", id="save.replace", key_display="F7",
            tooltip="Write the file in the place of the one that is there",
        ),
        Binding(
            "down,enter", "move(1)", "Next", show=False, id="save.down",
            tooltip="The next field; Enter in the last one saves",
        ),
        Binding("up", "move(-1)", "Before", show=False, id="save.up", tooltip="The field before"),
        Binding("escape", "leave", "Back", id="save.leave", tooltip="Back, without a file"),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._shared = shared
        self._taken = False
        """Whether the last attempt found a file of this name."""

    def compose(self) -> ComposeResult:
        """The fields, each with a word on what it is for."""
        shared = self._shared
        family = shared.problem.family
        folder = used_folder(self.app.workspace)
        name = free_name(folder, f"{family.id}.yaml")
        yield Title(join(say("Save", "bold"), say(f" · {family.title}", "$text-muted")))
        with VerticalScroll(id="form", can_focus=False):
            yield Field.typing(
                "File", "name", name, "sheet-3.yaml", note=".yaml to read, .json for programs"
            )
            yield Field.typing("Folder", "folder", clean(str(folder)), "~/problems")
            yield Field.typing(
                "Title", "title", shared.title, "may be left blank", note="stands above the problem"
            )
            yield Field.typing(
                "Note", "note", " ".join(shared.note.split()), "may be left blank",
                note="for those who open it: where it is from, what to look out for",
            )  # fmt: skip
            yield Field.typing(
                "Points", "scheme", scheme_text(family, shared.scheme), "blank: 1 a line",
                note=_how_many(len(family.steps)),
            )  # fmt: skip
        yield Keybar()

    def on_mount(self) -> None:
        """Begin with the name."""
        self._entries[0].focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A file is replaced only after it was said that there is one."""
        return self._taken if action == "replace" else True

    @property
    def _entries(self) -> list[Input]:
        return list(self.query(Input))

    def _field(self, name: str) -> Field:
        return next(field for field in self.query(Field) if field.name == name)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        field = self._field(str(event.input.id))
        if field.complaining:
            field.calm()
        if event.input.id in {"name", "folder"}:
            self._set_taken(taken=False)

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self.focused is self._entries[-1]:
            self.action_save()
        else:
            self.action_move(1)

    def _set_taken(self, *, taken: bool) -> None:
        if taken != self._taken:
            self._taken = taken
            self.refresh_bindings()

    # Keys ----------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Another field."""
        entries = self._entries
        at = entries.index(self.focused) if self.focused in entries else 0
        entries[max(0, min(at + by, len(entries) - 1))].focus()

    def action_save(self) -> None:
        """Write the file, or say what is wrong where it is."""
        self._save(replace=False)

    def action_replace(self) -> None:
        """Write the file over the one of this name."""
        self._save(replace=True)

    def _save(self, *, replace: bool) -> None:
        for field in self.query(Field):
            field.calm()
        text = {name: self._field(name).text for name in _NAMES}
        try:
            shared = self._filled(text)
            path = save(shared, text["folder"], text["name"], replace=replace)
        except QuizError as error:
            self._set_taken(taken=isinstance(error, TakenError))
            self._complain(error)
            return
        remember_folder(self.app.workspace, path.parent)
        self.app.tell(f"Saved: {clean(str(path))}")
        self.dismiss(shared)

    def _filled(self, text: dict[str, str]) -> Shared:
        """The problem with what was typed about it. Raises a QuizError that names the field."""
        problem = self._shared.problem
        kept = " ".join(self._shared.note.split())
        note = self._shared.note if text["note"] == kept else text["note"]
        about = {"title": text["title"], "note": note}
        scheme = scheme_from_text(problem.family, text["scheme"])
        return read_shared({**about, "scheme": scheme}, lambda _: problem)

    def _complain(self, error: QuizError) -> None:
        where = (error.where or "").partition(".")[0]
        name = where if where in _NAMES else "name"
        told = f"{error.message} F7 replaces it." if self._taken else error.message
        self._field(name).complain(told)
        self.set_focus(self._field(name).entry)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def _how_many(steps: int) -> str:
    """What is to be typed for the points of so many lines."""
    if steps == 1:
        return "one number"
    return f"{steps} numbers, one for each line: {' '.join(['1', *'2' * (steps - 1)])}"


SCREEN = SaveScreen
