"""监督的命令."""

from ggzy.oversight.cases.services.braking import end_lot, pull_brake, release_brake, review_brake
from ggzy.oversight.cases.services.casework import (
    call_hearing,
    close,
    drop,
    hold_hearing,
    keep_evidence,
    notify,
    open_case,
    state,
    transfer,
)
from ggzy.oversight.cases.services.deciding import decide, meet_order, publish
from ggzy.oversight.cases.services.listing import ACTIONS, gate
from ggzy.oversight.cases.services.reading import read_file

__all__ = [
    "ACTIONS",
    "call_hearing",
    "close",
    "decide",
    "drop",
    "end_lot",
    "gate",
    "hold_hearing",
    "keep_evidence",
    "meet_order",
    "notify",
    "open_case",
    "publish",
    "pull_brake",
    "read_file",
    "release_brake",
    "review_brake",
    "state",
    "transfer",
]
