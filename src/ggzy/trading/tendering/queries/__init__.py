"""招标采购的读取: values, never rows. Who may see what is asked first of `rules.may_see`."""

from ggzy.trading.tendering.queries.bidders import bidder_facts, is_bidder, my_bid, my_bids, own_bid, waiting
from ggzy.trading.tendering.queries.ceremony import (
    bids_in_hall,
    failures,
    opened_bids,
    opening,
    stirring,
    untraced,
)
from ggzy.trading.tendering.queries.custody import custody_case, custody_todo
from ggzy.trading.tendering.queries.offers import offers
from ggzy.trading.tendering.queries.present import standing
from ggzy.trading.tendering.queries.tenders import (
    clarifications,
    due,
    facts_of,
    invitees,
    method,
    methods,
    plan_text,
    questions,
    row_of,
    taken,
    tender,
    tendered,
    tenders,
    terms,
    unanswered,
    versions_taken,
)

__all__ = [
    "bidder_facts",
    "bids_in_hall",
    "clarifications",
    "custody_case",
    "custody_todo",
    "due",
    "facts_of",
    "failures",
    "invitees",
    "is_bidder",
    "method",
    "methods",
    "my_bid",
    "my_bids",
    "offers",
    "opened_bids",
    "opening",
    "own_bid",
    "plan_text",
    "questions",
    "row_of",
    "standing",
    "stirring",
    "taken",
    "tender",
    "tendered",
    "tenders",
    "terms",
    "unanswered",
    "untraced",
    "versions_taken",
    "waiting",
]
