"""评标评审: drawn committee, review, score sheets, ranking.

Owns the committee and its report.
Does not own the decision.
"""
