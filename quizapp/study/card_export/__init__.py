"""Cards of a pack for other programs: Markdown, CSV and Anki packages."""
