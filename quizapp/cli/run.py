"""From arguments to an exit status; the one place where errors become sentences."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Parse the arguments and run their command; the exit status."""
    _prepare_streams()
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return FAILED
    except OSError as error:
        if error.filename is None:  # the output itself, on a full disk
            _silence()
        return _complain(_system_error(error))
    return status


def _run(arguments: Sequence[str]) -> int:
    from quizapp.cli.parser import parse

    try:
        chosen = parse(arguments)
        status: int = chosen.run(chosen)
    except SystemExit as stop:  # argparse, after --help or --version
        return stop.code if isinstance(stop.code, int) else 0
    except QuizError as error:
        return _complain(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a student is told in a sentence, not by a traceback
        from quizapp.cli.sentences import breakdown

        return _complain(breakdown(error))
    return status


def _system_error(error: OSError) -> QuizError:
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return QuizError(f"the output cannot be written ({reason}).", code="system")
    where = os.fsdecode(error.filename) if not isinstance(error.filename, int) else None
    return QuizError(f"this cannot be used ({reason}).", where=where, code="system")


def _complain(error: QuizError) -> int:
    from quizapp.cli.sentences import sentence

    if sys.stderr is not None:
        print(f"quizapp: {sentence(error)}", file=sys.stderr)
    return BAD_INPUT


def _prepare_streams() -> None:
    """Formulas need more than ASCII; what a terminal cannot show is replaced, never an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _silence() -> None:
    """Write nothing more, not even at exit: whoever read us has gone, or the disk is full."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
