"""Persons, their identifiers and merges."""
