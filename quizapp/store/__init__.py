"""The user's own data: an event log in SQLite, and the card state derived from it.

``events`` and ``errors`` are light; ``store`` brings SQLAlchemy and is imported late.
"""
