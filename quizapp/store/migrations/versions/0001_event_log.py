"""The event log and the card state derived from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("learner", sa.Integer, nullable=False, server_default=sa.text("1")),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("clock", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("utc_offset", sa.Integer, nullable=False),
        sa.Column("study_day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("events_by_clock", "events", ["clock", "id"])
    op.create_index("events_by_device", "events", ["device", "clock"])
    op.create_index("events_by_kind", "events", ["kind", "study_day"])
    op.create_index("events_by_subject", "events", ["subject", "kind"])
    op.create_table(
        "undone",
        sa.Column("event", sa.Text, sa.ForeignKey("events.id"), primary_key=True, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "card_state",
        sa.Column("learner", sa.Integer, nullable=False, server_default=sa.text("1")),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("phase", sa.Text),
        sa.Column("step", sa.Integer),
        sa.Column("stability", sa.REAL),
        sa.Column("difficulty", sa.REAL),
        sa.Column("due_at", sa.Integer),
        sa.Column("due_day", sa.Text),
        sa.Column("last_day", sa.Text),
        sa.Column("reps", sa.Integer),
        sa.Column("lapses", sa.Integer),
        sa.Column("first_day", sa.Text),
        sa.Column("suspended", sa.Integer, nullable=False),
        sa.Column("buried_until", sa.Text),
        sa.Column("flag", sa.Integer, nullable=False),
        sa.Column("clock", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("learner", "card"),
        sqlite_strict=True,
    )
    op.create_index("card_state_by_due", "card_state", ["learner", "due_day", "due_at"])
