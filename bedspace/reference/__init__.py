"""The organisation as published: regions, PDUs, authorities, prisons, the areas of 2003, premises."""
