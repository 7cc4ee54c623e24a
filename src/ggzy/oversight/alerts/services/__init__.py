"""预警的命令: watching, telling, handling, tuning."""

from ggzy.oversight.alerts.services.handling import ask, confirm, dismiss, explain, transfer
from ggzy.oversight.alerts.services.registering import report_contracts
from ggzy.oversight.alerts.services.telling import tell
from ggzy.oversight.alerts.services.trying import Trial
from ggzy.oversight.alerts.services.tuning import tune
from ggzy.oversight.alerts.services.watching import batch, hear, look_again, look_at_all, settle

__all__ = [
    "Trial",
    "ask",
    "batch",
    "confirm",
    "dismiss",
    "explain",
    "hear",
    "look_again",
    "look_at_all",
    "report_contracts",
    "settle",
    "tell",
    "transfer",
    "tune",
]
