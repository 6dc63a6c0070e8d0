"""The exercise families, one file each, in a folder per topic."""
