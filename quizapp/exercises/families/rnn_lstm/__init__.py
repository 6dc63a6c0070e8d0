"""Recurrent networks and the LSTM."""
