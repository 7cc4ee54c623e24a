"""评标评审的规则: pure decisions, values in, verdict or value out."""
