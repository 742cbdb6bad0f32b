"""The `bedspace` command."""
