"""Pictures of characters: each a function from numbers and a width to lines of content."""
