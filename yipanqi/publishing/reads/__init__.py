"""What is asked of results on their way to publication."""
