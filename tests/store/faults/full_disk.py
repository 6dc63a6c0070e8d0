"""What a store does while its disk is full; run by ``test_disk_full`` on a small disk.

Argument: the folder that is the disk.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.core.clock import system_clock
from quizapp.scheduling.memory import Rating
from quizapp.store.errors import StoreError
from quizapp.store.store import Store
from tests.store.faults.forked import SCHEDULERS, faults
from tests.store.faults.small_disk import fill

if TYPE_CHECKING:
    from collections.abc import Callable


def _said(do: Callable[[], Any]) -> str:
    """The code of what a call raises, or nothing."""
    try:
        do()
    except StoreError as error:
        return f"{error.code}: {error.message}"
    return ""


def main(disk: Path) -> None:
    data = disk / "data"
    said: dict[str, str] = {}
    acknowledged: list[str] = []

    def opened() -> Store:
        return Store.open(data, clock=system_clock)

    ballast = fill(disk)
    said["first start"] = _said(lambda: opened().close())
    ballast.unlink()
    store = opened()

    def answers(count: int) -> None:
        for n in range(count):
            store.review(f"c{n}", Rating.GOOD, ms=1, how="self", scheduler=SCHEDULERS[0])
            if store.last_event is not None:
                acknowledged.append(store.last_event.id)

    answers(20)
    fill(disk)
    # The log still has pages that it can write over; then there are none.
    said["answer"] = _said(lambda: answers(100_000))
    said["answer again"] = _said(lambda: answers(1))
    said["undo"] = _said(store.undo)
    said["rebuild"] = _said(store.rebuild)
    said["backup"] = _said(lambda: store.backup(data / "copy.db"))
    said["reading"] = _said(store.states)
    ballast.unlink()
    said["afterwards"] = _said(lambda: answers(3))
    store.close()
    found = faults(data, acknowledged)
    print(json.dumps({"said": said, "faults": found, "acknowledged": len(acknowledged)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
