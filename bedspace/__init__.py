"""The register: premises, beds, claims, search, locator, reference data. People are opaque ids here."""
