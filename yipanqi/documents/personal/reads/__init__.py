"""What stands in pledges and in personal files, drawn from everything below."""
