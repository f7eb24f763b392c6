"""Lists that people keep for themselves, share with their place, and take away as sheets."""
