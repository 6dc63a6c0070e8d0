"""From arguments to an exit status; the one place where errors become sentences."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD_INPUT = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Parse the arguments and run their command."""
    from quizapp.cli.parser import parse

    _speak_utf8()
    try:
        chosen = parse(arguments)
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except QuizError as error:
        print(f"quizapp: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _speak_utf8() -> None:
    """Formulas need more than ASCII; what a terminal cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
