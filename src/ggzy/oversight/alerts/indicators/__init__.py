"""监管模型: one file per indicator."""
