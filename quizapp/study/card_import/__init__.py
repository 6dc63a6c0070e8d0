"""Cards of other programs into a pack: CSV, Markdown and Anki packages."""
