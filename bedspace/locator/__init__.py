"""Who receives: from a postcode, place, authority, prison or area to the PDU and its SPOC."""
