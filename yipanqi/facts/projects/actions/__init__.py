"""What can be reported: a project, its parts, that it moved, that it reached a node."""
