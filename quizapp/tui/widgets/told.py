"""What the file of a problem says beside its numbers, above the statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.points import shown
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.sharing import Shared
    from quizapp.tui.widgets.fitted import Setting

_MUTED = "$text-muted"


def with_note(shared: Shared | None, statement: Setting) -> Setting:
    """The statement under title, note and points of its file."""
    if shared is None or not (shared.title or shared.note or shared.scheme):
        return statement

    def setting(columns: int) -> list[Content]:
        out = wrapped(shared.title, columns, "bold $text-accent") if shared.title else []
        for part in shared.note.split("\n") if shared.note else []:
            out += wrapped(part, columns)
        if shared.scheme:
            steps = shared.problem.family.by_name
            told = ", ".join(shown(shared.scheme.get(name, 1.0)) for name in steps)
            out += wrapped(f"Points of the lines: {told}.", columns, _MUTED)
        return [*out, *statement(columns)]

    return setting
