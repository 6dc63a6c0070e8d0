"""The vocabulary that all layers share; standard library only."""
