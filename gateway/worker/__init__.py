"""The worker: reads messages, delivers, ticks the clocks. PostgreSQL holds the truth; arq only wakes it sooner."""
