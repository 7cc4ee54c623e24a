"""评标评审的读取: values, never rows. Who may see what is asked first of `rules.disclosure`."""

from ggzy.trading.evaluation.queries.draws import draw, draws, overdue, seats, waiting_seats
from ggzy.trading.evaluation.queries.offers import offers
from ggzy.trading.evaluation.queries.present import standing
from ggzy.trading.evaluation.queries.reports import committee, committee_read, report, reported_at
from ggzy.trading.evaluation.queries.schemes import scheme, scorings
from ggzy.trading.evaluation.queries.sittings import (
    at_work,
    correction,
    drafts,
    hand_criteria,
    my_seat,
    my_sittings,
    questions,
    sitting,
    state,
)
from ggzy.trading.evaluation.queries.table import files_of, table

__all__ = [
    "at_work",
    "committee",
    "committee_read",
    "correction",
    "drafts",
    "draw",
    "draws",
    "files_of",
    "hand_criteria",
    "my_seat",
    "my_sittings",
    "offers",
    "overdue",
    "questions",
    "report",
    "reported_at",
    "scheme",
    "scorings",
    "seats",
    "sitting",
    "standing",
    "state",
    "table",
    "waiting_seats",
]
