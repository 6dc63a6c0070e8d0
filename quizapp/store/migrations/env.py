"""Alembic's way in: run the steps on the connection that the store hands over.

The connection is inside one BEGIN IMMEDIATE, and Alembic joins it: an abort leaves nothing.
"""

from __future__ import annotations

from alembic import context


def run() -> None:
    """Take the steps, without a transaction or a commit of Alembic's own."""
    context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


run()
