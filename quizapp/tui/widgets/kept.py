"""Saved problems as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.text import clean
from quizapp.tui.say import join, say
from quizapp.tui.widgets.choices import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.study.problem_files import Kept

_MUTED = "$text-muted"


def kept_rows(files: Sequence[Kept], *, prefix: str) -> list[Row]:
    """A row a file under a heading; one that cannot be opened says so when it is chosen."""
    if not files:
        return []
    folder = clean(str(files[0].path.parent))
    heading = join(say("Saved problems", "bold $text-accent"), say(f"  {folder}", _MUTED))
    rows = [Row("heading-saved", heading, disabled=True)]
    for number, one in enumerate(files):
        name = clean(one.path.name)
        told = f" · {one.family} · {name}" if one.title else f" · {name}"
        if one.trouble:
            shown = join(say(f"  {name}"), say("  ⚠ cannot be opened as it is", _MUTED))
        else:
            shown = join(say(f"  {one.title or one.family}"), say(told, _MUTED))
        rows.append(Row(f"{prefix}{number}", shown))
    return rows
