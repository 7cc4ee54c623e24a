"""电子交易系统: the conveyor, in travelling order."""
