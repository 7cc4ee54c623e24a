"""监督的规则."""

from ggzy.oversight.cases.rules.braking import BASIS, is_overdue, may_last, may_review
from ggzy.oversight.cases.rules.folding import fold

__all__ = ["BASIS", "fold", "is_overdue", "may_last", "may_review"]
