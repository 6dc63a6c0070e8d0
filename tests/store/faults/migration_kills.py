"""Migrations that are killed at every step and at random moments; run by ``test_migration``.

Arguments: a folder, a seed, how many kills.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import time
from pathlib import Path

from quizapp.core.clock import system_clock
from quizapp.scheduling.memory import Rating
from quizapp.store import migrate, opening
from quizapp.store.errors import BACKUPS
from quizapp.store.store import DATABASE, Store
from quizapp.store.tables import SCHEMA_VERSION
from tests.store.faults.forked import SCHEDULERS, Child, hear

NEXT = SCHEMA_VERSION + 1
STEPS = 8
_SCRIPT = '''
"""A migration of many steps, each told on a pipe."""
import os
import sqlalchemy as sa
from alembic import op

revision = "NEXT"
down_revision = "NOW"


def upgrade() -> None:
    for step in range(STEPS):
        op.create_table(f"step_{step}", sa.Column("card", sa.Text), sqlite_strict=True)
        op.execute("UPDATE card_state SET flag = flag + 1")
        os.write(int(os.environ["QUIZAPP_STEPS"]), b"step\\n")
'''


def _become_next(scripts: Path) -> None:
    """Make this program one of the next format."""
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = _SCRIPT
    words = {"NEXT": f"{NEXT:04d}", "NOW": f"{SCHEMA_VERSION:04d}", "STEPS)": f"{STEPS})"}
    for word, value in words.items():
        script = script.replace(word, value)
    (scripts / "versions" / f"{NEXT:04d}_next.py").write_text(script)
    run = migrate.migrate

    def to_next(writer: object) -> None:
        run(writer, scripts=scripts, version=NEXT)  # type: ignore[arg-type]

    migrate.migrate = to_next  # type: ignore[assignment]
    vars(opening)["SCHEMA_VERSION"] = NEXT


def _opening(folder: Path) -> Child:
    def work(said: int) -> None:
        os.environ["QUIZAPP_STEPS"] = str(said)
        os.write(said, b"begun\n")
        Store.open(folder, clock=system_clock).close()
        os.write(said, b"opened\n")

    return Child(work)


def _faults(folder: Path, ids: list[str], flags: int, *, opened: bool) -> list[str]:
    """What is wrong after the next start has gone through; whether a copy was due says opened."""
    found = []
    os.environ["QUIZAPP_STEPS"] = str(os.open(os.devnull, os.O_WRONLY))
    with Store.open(folder, clock=system_clock) as store:
        with store.reading() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            told = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            steps = connection.exec_driver_sql(
                "SELECT count(*) FROM sqlite_master WHERE name LIKE 'step%'"
            ).scalar_one()
            flagged = connection.exec_driver_sql("SELECT max(flag) FROM card_state").scalar_one()
        if (version, told, steps, flagged) != (NEXT, "ok", STEPS, flags + STEPS):
            found.append(f"half migrated: {version}, {told}, {steps} steps, flag {flagged}")
        if [event.id for event in store.events(undone=True)] != ids:
            found.append("the log is another one")
    copies = sorted((folder / BACKUPS).glob("*.db"))
    if not copies:
        found.append("there is no backup")
    for copy in copies:
        target = folder / "copy" / DATABASE
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(copy, target)
        with Store.open(target.parent, clock=system_clock) as store:
            if [event.id for event in store.events(undone=True)] != ids:
                found.append(f"the backup {copy.name} has another log")
        shutil.rmtree(target.parent)
    if opened and len(copies) != 1:
        found.append(f"{len(copies)} backups of one migration")
    return found


def main(root: Path, seed: int, kills: int) -> None:
    rng = random.Random(seed)
    first = root / "first"
    with Store.open(first, clock=system_clock) as store:
        for n in range(60):
            store.review(f"c{n}", Rating.GOOD, ms=1, how="self", scheduler=SCHEDULERS[0])
        store.flag("c0", 1)
        ids = [event.id for event in store.events(undone=True)]
    _become_next(root / "scripts")
    told: list[str] = []
    within = 0
    for place in range(kills):
        folder = root / f"{place}"
        shutil.copytree(first, folder)
        child = _opening(folder)
        said = hear([child], 1 + place % (STEPS + 1))
        time.sleep(rng.uniform(0, 0.01))  # anywhere between two steps
        said += child.kill()
        within += "step" in said and "opened" not in said
        kept = _faults(folder, ids, 1, opened="opened" in said)
        told += [f"kill {place}, after {len(said)} lines: {fault}" for fault in kept]
        shutil.rmtree(folder)
    print(json.dumps({"kills": kills, "within": within, "faults": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
