"""How bytes travel and are acknowledged."""
