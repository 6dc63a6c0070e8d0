"""Large language models: loss, scaling laws, compute, voting and retrieval."""
