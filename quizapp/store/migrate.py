"""Taking the migrations, all or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from quizapp.store.tables import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy import Engine

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(writer: Engine, *, scripts: Path = SCRIPTS, version: int = SCHEMA_VERSION) -> None:
    """Bring the database to a schema version, in one immediate transaction.

    After an abort, wherever it happens, the database is what it was. Of two programs that
    come at the same time, the second finds nothing left to do.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with writer.begin() as connection:
        if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == version:
            return
        config.attributes["connection"] = connection
        command.upgrade(config, f"{version:04d}")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
