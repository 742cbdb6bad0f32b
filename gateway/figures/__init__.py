"""Figures over all regions: counts without persons."""
