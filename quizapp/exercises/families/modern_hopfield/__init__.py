"""Modern (continuous) Hopfield networks."""
