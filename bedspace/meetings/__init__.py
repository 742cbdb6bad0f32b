"""Who must not meet whom, and whether anybody looked."""
