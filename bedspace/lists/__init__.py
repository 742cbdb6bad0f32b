"""Lists that people choose from: reasons and the like, as dated data."""
