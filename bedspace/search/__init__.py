"""Search: a pure function over a snapshot of the register, proved current by a group refresh."""
