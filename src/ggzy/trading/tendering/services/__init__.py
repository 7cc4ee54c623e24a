"""招标采购的命令. Fetch, judge, change, record; safe to repeat; refused with every reason."""

from ggzy.trading.tendering.services.announcing import announce, post_custodian_key, prepare
from ggzy.trading.tendering.services.arriving import arrive, assemble, pieces, put_piece
from ggzy.trading.tendering.services.bidding import note_late_bid, submit_bid, withdraw_bid
from ggzy.trading.tendering.services.clarifying import ask, clarify, extend, take_documents
from ggzy.trading.tendering.services.closing import close, close_if_due, fail, retender
from ggzy.trading.tendering.services.opening import (
    extend_window,
    open_bids,
    release_bidder_key,
    release_shares,
    sign_in,
)
from ggzy.trading.tendering.services.reading import (
    announce_base_price,
    conclude_opening,
    confirm_record,
    decide_failure,
    read_out,
)
from ggzy.trading.tendering.services.remedying import supply_plaintext
from ggzy.trading.tendering.services.tracing import enter_traces, note_visit, trace_bids

__all__ = [
    "announce",
    "announce_base_price",
    "arrive",
    "ask",
    "assemble",
    "clarify",
    "close",
    "close_if_due",
    "conclude_opening",
    "confirm_record",
    "decide_failure",
    "enter_traces",
    "extend",
    "extend_window",
    "fail",
    "note_late_bid",
    "note_visit",
    "open_bids",
    "pieces",
    "post_custodian_key",
    "prepare",
    "put_piece",
    "read_out",
    "release_bidder_key",
    "release_shares",
    "retender",
    "sign_in",
    "submit_bid",
    "supply_plaintext",
    "take_documents",
    "trace_bids",
    "withdraw_bid",
]
