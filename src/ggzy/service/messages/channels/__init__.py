"""渠道: one file per channel."""
