"""信用库的命令."""

from ggzy.registers.credit.services.appeals import apply_for_repair, object_to, settle
from ggzy.registers.credit.services.grades import fix_grades
from ggzy.registers.credit.services.imports import import_entries
from ggzy.registers.credit.services.lists import (
    decide,
    expire,
    notify,
    plead,
    propose,
    publish,
    repair_listing,
    withdraw_listing,
)
from ggzy.registers.credit.services.records import ban, lift, record, repair

__all__ = [
    "apply_for_repair",
    "ban",
    "decide",
    "expire",
    "fix_grades",
    "import_entries",
    "lift",
    "notify",
    "object_to",
    "plead",
    "propose",
    "publish",
    "record",
    "repair",
    "repair_listing",
    "settle",
    "withdraw_listing",
]
