"""What is asked of a place's score."""
