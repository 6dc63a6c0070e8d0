"""Generalization: how well a model does on unseen data."""
