"""Far systems: what they say (`systems/`), how it travels (`channels/`), and bytes that several share (`formats/`)."""
