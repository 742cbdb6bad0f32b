"""Releases: the one place where a claim on a bed and an NSI meet."""
