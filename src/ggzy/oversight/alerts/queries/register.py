"""合同登记的读取."""

from collections.abc import Sequence

from ggzy.oversight.alerts.models import ContractEntry
from ggzy.oversight.alerts.rules import register
from ggzy.oversight.alerts.values.register import Entry, Imported, Slip


def contract_table(text: str) -> tuple[tuple[Entry, ...], tuple[Slip, ...]]:
    """合同登记表 as it can be read, and what cannot, with its line."""
    return register.table(text)


def imported(entries: Sequence[Entry]) -> Imported:
    """登记情况 of these contracts: how many are known, and what was found of them."""
    rows = ContractEntry.objects.filter(pk__in=[register.entry_id(entry) for entry in entries])
    verdicts = list(rows.values_list("verdict", flat=True))
    counts = {name: verdicts.count(name) for name in ("matched", "apart", "alerted")}
    return Imported(known=len(verdicts), **counts)
