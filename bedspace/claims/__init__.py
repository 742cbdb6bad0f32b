"""Claims on a bed: holds, bookings, stays, beds out of service."""
