"""Pages of the portal: one module per kind of question a visitor asks."""
