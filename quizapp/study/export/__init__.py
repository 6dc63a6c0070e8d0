"""Worked solutions as documents: Markdown, and Typst for paper."""
