"""信用的值: frozen dataclasses that cross the border."""

from ggzy.registers.credit.values.records import (
    PASSES,
    Ban,
    Decision,
    Gravity,
    Ground,
    NewBan,
    NewRecord,
    RecordFacts,
    RecordKind,
    Scope,
    Term,
)

__all__ = [
    "PASSES",
    "Ban",
    "Decision",
    "Gravity",
    "Ground",
    "NewBan",
    "NewRecord",
    "RecordFacts",
    "RecordKind",
    "Scope",
    "Term",
]
