"""Learners, policies and their simulation: how much of what was studied is there on the day."""
