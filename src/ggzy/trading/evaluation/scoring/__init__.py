"""评标办法: one file per method."""
