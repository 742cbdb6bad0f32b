"""Where things are: postcodes, and distances between them."""
