"""谁可以看、可以办监督事项."""

from ggzy.oversight.cases.access.braking import brake_to_review, lot_to_watch
from ggzy.oversight.cases.access.casework import (
    case_to_handle,
    case_to_read,
    case_to_state,
    lot_to_open,
    lot_to_trace,
    numbered,
    order_to_meet,
    order_to_reply,
    region_to_open,
)
from ggzy.oversight.cases.access.deciding import authority_to_staff, post_to_end

__all__ = [
    "authority_to_staff",
    "brake_to_review",
    "case_to_handle",
    "case_to_read",
    "case_to_state",
    "lot_to_open",
    "lot_to_trace",
    "lot_to_watch",
    "numbered",
    "order_to_meet",
    "order_to_reply",
    "post_to_end",
    "region_to_open",
]
