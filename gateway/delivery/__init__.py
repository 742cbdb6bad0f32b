"""Outbox to the far side: leased, retried, dead with a reason."""
