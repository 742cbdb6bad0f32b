"""Message in, draft, then prepared, or a question to a person."""
