"""Tags of cards, the days on which new cards are wanted, and what is due from one index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# A computer with the first version keeps the events of a newer one and passes over them.
_PASSED_OVER = """
SELECT EXISTS (
    SELECT 1 FROM events
    WHERE kind IN ('tag', 'reschedule', 'forget')
    OR (kind = 'review' AND payload LIKE '%"due":%')
)
"""


def upgrade() -> None:
    """Add what is new to the states, and note whether they have to be derived anew."""
    op.add_column("card_state", sa.Column("tags", sa.Text))
    op.add_column("card_state", sa.Column("wanted", sa.Text))
    op.drop_index("card_state_by_due", "card_state")
    op.create_index(
        "card_state_by_due",
        "card_state",
        ["learner", "due_day", "due_at", "suspended", "buried_until"],
    )
    op.create_index(
        "card_state_by_wanted",
        "card_state",
        ["learner", "wanted"],
        sqlite_where=sa.text("wanted IS NOT NULL"),
    )
    op.create_index(
        "card_state_known", "card_state", ["card"], sqlite_where=sa.text("phase IS NOT NULL")
    )
    op.create_index(
        "card_state_held",
        "card_state",
        ["card", "suspended", "buried_until"],
        sqlite_where=sa.text("suspended = 1 OR buried_until IS NOT NULL"),
    )
    if op.get_bind().execute(sa.text(_PASSED_OVER)).scalar_one():
        op.execute("INSERT INTO meta (key, value) VALUES ('outdated', 'states')")
