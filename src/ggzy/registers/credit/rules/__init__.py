"""信用的规则: values in, a verdict or a value out."""

from ggzy.registers.credit.rules.folding import fold
from ggzy.registers.credit.rules.gates import barred, holds
from ggzy.registers.credit.rules.records import (
    add_months,
    is_shown,
    may_ban,
    may_lift,
    may_record,
    may_repair,
    shown_until,
)

__all__ = [
    "add_months",
    "barred",
    "fold",
    "holds",
    "is_shown",
    "may_ban",
    "may_lift",
    "may_record",
    "may_repair",
    "shown_until",
]
