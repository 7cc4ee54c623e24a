"""案卷章节: one fold per stage."""
