"""Power cuts while two writers work; run by ``test_power_cut``.

At a random moment both writers are halted and the three files are copied: what the copy holds is
what a disk has after a power cut, since an answer is acknowledged when it is on the disk. What a
power cut may tear or lose besides, is torn and lost in further copies: a transaction half written
at the end of the write-ahead log, and the shared-memory file.

Arguments: a folder, a seed, how many cuts.
"""

from __future__ import annotations

import json
import random
import shutil
import struct
import sys
import time
from pathlib import Path

from quizapp.store.store import DATABASE
from tests.store.faults.forked import Child, faults, hear, writer

CUTS_A_FOLDER = 10
MOST_LINES = 60
_FRAME_HEADER = 24


def _copied(folder: Path, target: Path) -> Path:
    target.mkdir()
    for side in ("", "-wal", "-shm"):
        file = folder / f"{DATABASE}{side}"
        if file.exists():
            shutil.copyfile(file, target / file.name)
    return target


def _end_of_commits(log: bytes) -> int:
    """Where the last whole transaction of a write-ahead log ends (SQLite file format, 4.1)."""
    if len(log) < 32:
        return len(log)
    size, salts = struct.unpack_from(">I", log, 8)[0], log[16:24]
    place = end = 32
    while place + _FRAME_HEADER + size <= len(log) and log[place + 8 : place + 16] == salts:
        committed = struct.unpack_from(">I", log, place + 4)[0]
        place += _FRAME_HEADER + size
        if committed:
            end = place
    return end


def _tear(folder: Path, rng: random.Random) -> None:
    """Leave half of a transaction behind the last whole one, as a disk may."""
    path = folder / f"{DATABASE}-wal"
    log = path.read_bytes() if path.exists() else b""
    end = _end_of_commits(log)
    if end < 32 + _FRAME_HEADER:
        return
    frame = bytearray(log[-(_FRAME_HEADER + struct.unpack_from(">I", log, 8)[0]) :])
    frame[8:16] = log[16:24]
    torn = rng.choice(
        [bytes(frame), bytes(frame[: rng.randrange(len(frame))]), rng.randbytes(9999)]
    )
    path.write_bytes(log[:end] + torn)


def _cut(folder: Path, writers: list[Child], copies: Path, rng: random.Random) -> list[str]:
    """Copy the files in a moment between two instructions; what was acknowledged by then."""
    said = hear(writers, rng.randrange(1, MOST_LINES))
    time.sleep(rng.uniform(0, 0.004))  # anywhere between two lines
    for one in writers:
        one.stop()
    for one in writers:
        said += one.heard_all()
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    for name in ("as it was", "torn", "without shm"):
        _copied(folder, copies / name)
    for one in writers:
        one.go_on()
    return said


def main(root: Path, seed: int, cuts: int) -> None:
    rng = random.Random(seed)
    told: list[str] = []
    count = logs = 0
    acknowledged: set[str] = set()
    writers: list[Child] = []
    for place in range(cuts):
        folder, copies = root / f"{place // CUTS_A_FOLDER}", root / "copies"
        if place % CUTS_A_FOLDER == 0:
            for one in writers:
                one.kill()
            acknowledged = set()
            writers = [writer(folder, rng.randrange(1 << 30)) for _ in range(2)]
        said = _cut(folder, writers, copies, rng)
        count += len(said)
        acknowledged.update(said)
        logs += (copies / "torn" / f"{DATABASE}-wal").stat().st_size > 0
        _tear(copies / "torn", rng)
        (copies / "without shm" / f"{DATABASE}-shm").unlink(missing_ok=True)
        for copy in sorted(copies.iterdir()):
            told += [f"cut {place}, {copy.name}: {one}" for one in faults(copy, acknowledged)]
    for one in writers:
        one.kill()
    print(json.dumps({"cuts": cuts, "acknowledged": count, "logs": logs, "faults": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
