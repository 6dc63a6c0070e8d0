"""Families on what a network is made of."""
