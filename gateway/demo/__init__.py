"""Living demo data, made through the verbs."""
