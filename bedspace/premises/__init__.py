"""Premises, rooms, beds and what they offer."""
