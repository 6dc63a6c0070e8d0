"""Biological neurons: potentials, spikes and how links change."""
