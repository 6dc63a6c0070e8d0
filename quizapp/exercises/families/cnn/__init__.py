"""Convolution, pooling and residual blocks."""
