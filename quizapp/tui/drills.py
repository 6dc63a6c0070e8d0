"""Opening the practice of slips, from wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.study.slips import Drill, SlipError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.study.slips import SlipRecord
    from quizapp.tui.app import QuizApp


def practise_slips(app: QuizApp, slips: Sequence[SlipRecord] = ()) -> None:
    """Practise these slips, or without any the most frequent ones; or say why there are none."""
    try:
        drill = Drill(app.workspace, slips) if slips else Drill.of_mine(app.workspace)
    except SlipError as none:
        app.tell(f"{none.message[:1].upper()}{none.message[1:]}")
        return
    except QuizError as error:
        app.attempt(error)
        return
    app.go("exercise", drill=drill)
