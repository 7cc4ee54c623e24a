"""统计指标: one file per figure."""
