"""Pages of pledges and of personal files."""
