"""Units, groups, people and who answers for whom, on pages."""
