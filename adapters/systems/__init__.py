"""Far systems, a folder each: bytes to schemas and back, pure."""
