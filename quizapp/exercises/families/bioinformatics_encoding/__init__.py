"""Biological sequences as numbers."""
