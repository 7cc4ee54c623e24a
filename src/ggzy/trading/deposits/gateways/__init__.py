"""银行接口: one file per bank."""
