"""${message}."""  # noqa: N999 - Alembic orders the files by number

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Take the step."""
    ${upgrades if upgrades else "raise NotImplementedError"}
