"""The standard records and the words. Frozen msgspec Structs; no behaviour beyond checking themselves."""
