"""Pages of results: their course, what is put up for objection, what is objected, what is sealed."""
