"""Graph neural networks and colour refinement."""
