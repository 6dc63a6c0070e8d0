"""Content packs: YAML in, validated content out, faults with file, line and column."""
