"""Stories of one preset, loaded once for all of them."""
