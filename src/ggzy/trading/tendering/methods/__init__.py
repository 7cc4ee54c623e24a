"""交易方式: one file per method."""
