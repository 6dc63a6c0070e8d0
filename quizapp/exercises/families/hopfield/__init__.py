"""Hopfield networks."""
