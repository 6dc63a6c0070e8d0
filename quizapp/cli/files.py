"""Problems and answers from files, JSON or YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizapp.cli.lines import decode
from quizapp.core.errors import QuizError

LARGEST = 4_000_000


class FileError(QuizError):
    """A file that cannot be read."""

    code = "file"


def read_file(name: str) -> Any:
    """The data of a JSON or YAML file. Raises a QuizError that names file, line and column."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise FileError(f"the file is larger than {LARGEST} bytes.", where=name)
        content = path.read_bytes()
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror}.", where=name) from None
    if path.suffix.lower() == ".json":
        try:
            return decode(content.decode("utf-8"))
        except UnicodeDecodeError:
            raise FileError("the file is not UTF-8 text.", where=name) from None
        except QuizError as error:
            raise FileError(error.message, where=name) from None
    from quizapp.packs.strict_yaml import parse

    return parse(content, name).tree
