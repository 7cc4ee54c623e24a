"""评标评审的规则: pure decisions, values in, verdict or value out."""

from ggzy.trading.evaluation.rules.folding import fold

__all__ = ["fold"]
