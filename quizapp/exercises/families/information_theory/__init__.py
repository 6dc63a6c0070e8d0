"""Entropy, cross-entropy and divergence."""
