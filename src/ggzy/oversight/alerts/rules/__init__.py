"""预警的规则: looking, grouping, handling, folding. Pure."""

from ggzy.oversight.alerts.rules.folding import fold
from ggzy.oversight.alerts.rules.grouping import (
    RANK,
    Standing,
    alert_code,
    answered,
    carried,
    group,
    put,
    raises,
)
from ggzy.oversight.alerts.rules.handling import (
    may_ask,
    may_decide,
    may_explain,
    may_move,
    may_transfer,
    may_tune,
    out_of_range,
    parsed,
    written,
)
from ggzy.oversight.alerts.rules.looking import Looked, collect, conclude, look, merged, uid

__all__ = [
    "RANK",
    "Looked",
    "Standing",
    "alert_code",
    "answered",
    "carried",
    "collect",
    "conclude",
    "fold",
    "group",
    "look",
    "may_ask",
    "may_decide",
    "may_explain",
    "may_move",
    "may_transfer",
    "may_tune",
    "merged",
    "out_of_range",
    "parsed",
    "put",
    "raises",
    "uid",
    "written",
]
