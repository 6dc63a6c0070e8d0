"""One file a step; its revision is the schema version as four digits."""
