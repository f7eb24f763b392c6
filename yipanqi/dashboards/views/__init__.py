"""Pages that look over all modules."""
