"""PostgreSQL and Valkey of our own, for one command on one machine."""
