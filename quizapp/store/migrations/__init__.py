"""The database schema, step by step. Alembic is imported only when there is a step to take."""
