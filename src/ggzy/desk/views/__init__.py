"""Pages that need all floors: the lot, the workbench, the boards."""
