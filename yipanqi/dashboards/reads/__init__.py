"""What the pages of the desk ask of all modules."""
