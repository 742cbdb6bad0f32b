"""Connections: which area sends or is sent what, in which system's words, by which road, and how that goes."""
