"""竞价的读取. What is shown to whom is the business of `rules.may_see` and of access."""

from ggzy.trading.auctions.queries.applicants import (
    admitted,
    applicant_facts,
    application,
    bidders,
    overdue,
    paddle_of,
    paddles,
)
from ggzy.trading.auctions.queries.auctions import (
    auction,
    auctions,
    consent,
    facts_of,
    formats,
    row_of,
    to_prepare,
    to_reveal,
    to_settle,
    winner_of,
)
from ggzy.trading.auctions.queries.present import standing
from ggzy.trading.auctions.queries.rooms import (
    answered,
    due_rooms,
    offers,
    restored,
    room,
    room_row,
    stream,
    to_brake,
)

__all__ = [
    "admitted",
    "answered",
    "applicant_facts",
    "application",
    "auction",
    "auctions",
    "bidders",
    "consent",
    "due_rooms",
    "facts_of",
    "formats",
    "offers",
    "overdue",
    "paddle_of",
    "paddles",
    "restored",
    "room",
    "room_row",
    "row_of",
    "standing",
    "stream",
    "to_brake",
    "to_prepare",
    "to_reveal",
    "to_settle",
    "winner_of",
]
