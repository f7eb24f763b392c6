"""A bulletin before its issue, and what became of it after."""
