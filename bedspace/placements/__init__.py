"""Placements: from the decision that approved premises suit to the departure. People are opaque ids here."""
