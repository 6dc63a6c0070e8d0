"""Autoencoders, principal components and variational autoencoders."""
