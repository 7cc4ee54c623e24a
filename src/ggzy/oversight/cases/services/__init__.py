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
from ggzy.oversight.cases.services.complaints import (
    accept_complaint,
    decide_complaint,
    file_complaint,
    file_reply,
    refuse_complaint,
    send_copy,
    stay_complaint,
    withdraw_complaint,
)
from ggzy.oversight.cases.services.deciding import decide, meet_order, publish
from ggzy.oversight.cases.services.listing import ACTIONS, gate
from ggzy.oversight.cases.services.petitions import (
    answer_petition,
    file_petition,
    key_for,
    record_petition,
    route_petition,
)
from ggzy.oversight.cases.services.reading import read_file

__all__ = [
    "ACTIONS",
    "accept_complaint",
    "answer_petition",
    "call_hearing",
    "close",
    "decide",
    "decide_complaint",
    "drop",
    "end_lot",
    "file_complaint",
    "file_petition",
    "file_reply",
    "gate",
    "hold_hearing",
    "keep_evidence",
    "key_for",
    "meet_order",
    "notify",
    "open_case",
    "publish",
    "pull_brake",
    "read_file",
    "record_petition",
    "refuse_complaint",
    "release_brake",
    "review_brake",
    "route_petition",
    "send_copy",
    "state",
    "stay_complaint",
    "transfer",
    "withdraw_complaint",
]
