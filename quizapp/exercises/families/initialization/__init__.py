"""Initial weights and what they do to signals over depth."""
