"""信用库的读取."""

from ggzy.registers.credit.queries.gates import bans, gate, is_banned
from ggzy.registers.credit.queries.records import (
    ban,
    bans_in_force,
    bans_of,
    found_bans,
    found_records,
    ground_name,
    grounds,
    record,
    records_of,
    shown,
    shown_count,
    standing,
    terms,
)

__all__ = [
    "ban",
    "bans",
    "bans_in_force",
    "bans_of",
    "found_bans",
    "found_records",
    "gate",
    "ground_name",
    "grounds",
    "is_banned",
    "record",
    "records_of",
    "shown",
    "shown_count",
    "standing",
    "terms",
]
