"""A frozen result as pages and papers show it."""
