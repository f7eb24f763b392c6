"""What is true of results: how they are frozen, compared, objected to, sealed; no database, no clock."""
