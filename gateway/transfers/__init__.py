"""NSIs: their life, clocks, actions and who is responsible."""
