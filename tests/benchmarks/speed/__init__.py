"""How fast the app is as the log grows, beside Anki on the same history."""
