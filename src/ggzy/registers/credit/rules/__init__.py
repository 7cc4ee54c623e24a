"""信用的规则: values in, a verdict or a value out."""

from ggzy.kernel.instants import add_months
from ggzy.registers.credit.rules.appeals import (
    CHECK_DAYS,
    OUTCOMES,
    is_late,
    may_apply,
    may_grant,
    may_object,
    may_settle,
    settled,
)
from ggzy.registers.credit.rules.effects import applied, deposit, factor
from ggzy.registers.credit.rules.folding import fold
from ggzy.registers.credit.rules.gates import barred, holds
from ggzy.registers.credit.rules.grading import rate
from ggzy.registers.credit.rules.importing import BYTES_MAX, HEAD, MORE, decoded, read
from ggzy.registers.credit.rules.lists import (
    earliest_repair,
    may_decide,
    may_end,
    may_plead,
    may_propose,
    may_publish,
    may_repair_listing,
)
from ggzy.registers.credit.rules.records import (
    by_recorder,
    is_published_late,
    is_shown,
    may_ban,
    may_lift,
    may_record,
    may_repair,
    shown_until,
)

__all__ = [
    "BYTES_MAX",
    "CHECK_DAYS",
    "HEAD",
    "MORE",
    "OUTCOMES",
    "add_months",
    "applied",
    "barred",
    "by_recorder",
    "decoded",
    "deposit",
    "earliest_repair",
    "factor",
    "fold",
    "holds",
    "is_late",
    "is_published_late",
    "is_shown",
    "may_apply",
    "may_ban",
    "may_decide",
    "may_end",
    "may_grant",
    "may_lift",
    "may_object",
    "may_plead",
    "may_propose",
    "may_publish",
    "may_record",
    "may_repair",
    "may_repair_listing",
    "may_settle",
    "rate",
    "read",
    "settled",
    "shown_until",
]
