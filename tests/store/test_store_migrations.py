from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from quizapp.store import migrate, opening, tables
from quizapp.store.engine import open_engine, writer
from quizapp.store.errors import StoreMigrationError
from quizapp.store.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Answers, TestClock

ROOT = Path(__file__).resolve().parents[2]

VERSION = tables.SCHEMA_VERSION + 1
NEXT = '''
"""A further step."""
import sqlalchemy as sa
from alembic import op

revision = "LATER"
down_revision = "NOW"


def upgrade() -> None:
    op.create_table("places", sa.Column("name", sa.Text, nullable=False), sqlite_strict=True)
    op.add_column("card_state", sa.Column("note", sa.Text))
    op.execute("UPDATE card_state SET note = card")
'''.replace("NOW", f"{tables.SCHEMA_VERSION:04d}").replace("LATER", f"{VERSION:04d}")
FURTHER = f"{VERSION:04d}_further.py"
KILLS = "    import os; os.kill(os.getpid(), 9)\n"
BREAKS = '    raise RuntimeError("the power went off")\n'


def schema(path: Path) -> set[tuple[object, ...]]:
    """The columns of the tables and the text of the indexes.

    A column that was added stands elsewhere in the text of its table than one that was there.
    """
    with closing(sqlite3.connect(path)) as connection:
        tables_found = connection.execute(
            'SELECT t.name, t.strict, c.name, c.type, c."notnull", c.dflt_value, c.pk '
            "FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' "
            "AND t.name NOT GLOB 'sqlite_*'"
        ).fetchall()
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        keys = connection.execute(
            "SELECT t.name, f.* FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f"
        ).fetchall()
    rows = [*tables_found, *((name, " ".join(sql.split())) for name, sql in indexes), *keys]
    ours = (row for row in rows if row[0] != "alembic_version")
    return set(ours)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(
            migrate.SCRIPTS, tmp_path / "scripts 100%", ignore=shutil.ignore_patterns("__pycache__")
        )
    )


def bring_further(monkeypatch: pytest.MonkeyPatch, scripts: Path, text: str) -> None:
    """Make this a version of quizapp that knows one step more."""
    (scripts / "versions" / FURTHER).write_text(text)
    run = migrate.migrate
    monkeypatch.setattr(
        migrate, "migrate", lambda engine: run(engine, scripts=scripts, version=VERSION)
    )
    monkeypatch.setattr(opening, "SCHEMA_VERSION", VERSION)


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    tables.metadata.create_all(engine)
    engine.dispose()
    assert schema(store.path) == schema(tmp_path / "direct.db")


def test_the_newest_migration_is_the_version_of_the_code() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    (head,) = ScriptDirectory.from_config(config).get_heads()
    assert int(head) == tables.SCHEMA_VERSION


def test_a_new_database_has_the_version_and_our_mark(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA_VERSION,)
        assert connection.execute("PRAGMA application_id").fetchone() == (tables.APPLICATION_ID,)


def test_a_further_migration_keeps_the_data_and_a_backup(
    folder: Path,
    clock: TestClock,
    answer: Answers,
    scripts: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer("x")
    store = answer.store
    events = store.events()
    store.close()
    bring_further(monkeypatch, scripts, NEXT)
    with Store.open(folder, clock=clock) as migrated:
        assert migrated.events() == events
        assert migrated.memories().keys() == {"x"}
    with closing(sqlite3.connect(store.path)) as connection:
        found = connection.execute("PRAGMA user_version").fetchone()
        assert found == (VERSION,)
        assert connection.execute("SELECT note FROM card_state").fetchall() == [("x",)]
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.startswith(f"quizapp-format-{tables.SCHEMA_VERSION}-20250301T")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA_VERSION,)
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (2,)
    with Store.open(folder, clock=clock) as again:
        assert again.events() == events
    assert len(list((folder / "backups").iterdir())) == 1


def test_a_migration_that_breaks_off_leaves_nothing_behind(
    folder: Path,
    clock: TestClock,
    answer: Answers,
    scripts: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer("x")
    store = answer.store
    events = store.events()
    store.close()
    before = schema(store.path)
    with monkeypatch.context() as patch:
        bring_further(patch, scripts, NEXT + BREAKS)
        with pytest.raises(StoreMigrationError, match="power"):
            Store.open(folder, clock=clock)
    assert schema(store.path) == before
    with Store.open(folder, clock=clock) as again:
        assert again.events() == events
    assert len(list((folder / "backups").iterdir())) == 1


def test_a_first_migration_that_breaks_off_can_be_taken_again(
    folder: Path, clock: TestClock, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        bring_further(patch, scripts, NEXT + BREAKS)
        with pytest.raises(StoreMigrationError, match="power"):
            Store.open(folder, clock=clock)
    assert schema(folder / "quizapp.db") == set()
    with Store.open(folder, clock=clock) as store:
        assert store.memories() == {}


def test_a_migration_that_is_killed_leaves_nothing_behind(
    folder: Path, store: Store, clock: TestClock, scripts: Path
) -> None:
    store.flag("x", 3)
    store.close()
    before = schema(store.path)
    (scripts / "versions" / FURTHER).write_text(NEXT + KILLS)
    program = (
        "import pathlib, sys; from quizapp.store import engine, migrate;"
        "migrate.migrate(engine.writer(engine.open_engine(pathlib.Path(sys.argv[1]))),"
        " scripts=pathlib.Path(sys.argv[2]), version=int(sys.argv[3]))"
    )
    done = subprocess.run(
        [
            sys.executable, "-c", program,
            str(store.path), str(scripts), str(VERSION),
        ],
        cwd=ROOT,
        check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert schema(store.path) == before
    with Store.open(folder, clock=clock) as again:
        assert again.states()["x"].flag == 3


def test_migrating_twice_does_nothing(store: Store) -> None:
    engine = open_engine(store.path)
    before = schema(store.path)
    migrate.migrate(writer(engine))
    engine.dispose()
    assert schema(store.path) == before


def test_alembic_stays_out_of_an_ordinary_start(folder: Path, store: Store) -> None:
    store.close()
    program = (
        "import pathlib, sys; from quizapp.core.clock import system_clock;"
        "from quizapp.store.store import Store;"
        "Store.open(pathlib.Path(sys.argv[1]), clock=system_clock).close();"
        "print('alembic' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.split() == ["False", "False"]


def test_events_and_errors_come_without_sqlalchemy() -> None:
    program = (
        "import sys, quizapp.store.events, quizapp.store.errors; print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "False"
