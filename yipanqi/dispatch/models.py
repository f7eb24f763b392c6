"""Nothing kept yet."""
