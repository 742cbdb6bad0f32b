"""Placements with their persons: whom a referral is about, and what readers are shown."""
