"""Connection, migrations in one sequence, queries."""
