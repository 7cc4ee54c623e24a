"""对外映射: one file per standard."""
