"""The invariants: what must never happen, each with the look that would find it."""
