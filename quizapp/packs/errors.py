"""The error of a pack that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.core.place import Fault


class PackError(QuizError):
    """A file or a pack is refused; ``faults`` says why, each with its place. At least one."""

    code = "pack"

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        more = "" if len(faults) == 1 else f" ({len(faults) - 1} more in the same file)"
        super().__init__(first.message + more, where=str(first.place))
        self.faults = tuple(faults)
