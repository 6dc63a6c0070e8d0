"""Optimization steps."""
