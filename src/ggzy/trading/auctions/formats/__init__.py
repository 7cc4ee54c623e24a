"""竞价方式: one file per format."""
