"""The tables as SQLAlchemy Core sees them; the migrations make them."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

SCHEMA_VERSION = 2
"""The number of the newest migration, kept in ``PRAGMA user_version``."""

APPLICATION_ID = 0x71_7A_61_70
"""``qzap``, kept in ``PRAGMA application_id``: this file is ours."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

# The truth. Rows are only ever added; seq is the order in which this file received them.
events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("learner", Integer, nullable=False, server_default=text("1")),
    Column("device", Text, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("utc_offset", Integer, nullable=False),
    Column("study_day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("events_by_clock", "clock", "id"),
    Index("events_by_device", "device", "clock"),
    Index("events_by_kind", "kind", "study_day"),
    Index("events_by_subject", "subject", "kind"),
    sqlite_strict=True,
)

# Derived from the events of kind undo: which events an undo in force has taken back.
undone = Table(
    "undone",
    metadata,
    Column("event", Text, ForeignKey("events.id"), primary_key=True, nullable=False),
    sqlite_strict=True,
)

# Derived from the events about cards, by replay.
card_state = Table(
    "card_state",
    metadata,
    Column("learner", Integer, nullable=False, server_default=text("1")),
    Column("card", Text, nullable=False),
    Column("phase", Text),
    Column("step", Integer),
    Column("stability", REAL),
    Column("difficulty", REAL),
    Column("due_at", Integer),
    Column("due_day", Text),
    Column("last_day", Text),
    Column("reps", Integer),
    Column("lapses", Integer),
    Column("first_day", Text),
    Column("suspended", Integer, nullable=False),
    Column("buried_until", Text),
    Column("flag", Integer, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("tags", Text),
    Column("wanted", Text),
    PrimaryKeyConstraint("learner", "card"),
    # What is due and how much lies on a day is read from the index alone.
    Index("card_state_by_due", "learner", "due_day", "due_at", "suspended", "buried_until"),
    Index("card_state_by_wanted", "learner", "wanted", sqlite_where=text("wanted IS NOT NULL")),
    # Nearly all of a table that is read for a few columns: these are small enough to be walked.
    Index("card_state_known", "card", sqlite_where=text("phase IS NOT NULL")),
    Index(
        "card_state_held",
        "card",
        "suspended",
        "buried_until",
        sqlite_where=text("suspended = 1 OR buried_until IS NOT NULL"),
    ),
    sqlite_strict=True,
)
