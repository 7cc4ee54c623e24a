"""工作台: one board per role. The folder is the registry."""
