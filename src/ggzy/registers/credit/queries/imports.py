"""导入前的核对: the file against what is on record."""

from dataclasses import replace
from datetime import datetime

from ggzy.kernel.instants import local_date
from ggzy.registers.credit import rules
from ggzy.registers.credit.models import CreditRecord, ListEntry
from ggzy.registers.credit.queries.data import blacklists
from ggzy.registers.credit.values import Fault, Row, Screened
from ggzy.registers.parties import queries as parties


def screened(text: str, at: datetime) -> Screened:
    """核对: what the file holds that is not on record yet. Three queries, however long the file."""
    found = rules.read(text, blacklists(), local_date(at))
    codes = {row.party for row in found.ready}
    registered = parties.parties(codes)
    kept = {
        (str(party), authority, document)
        for party, authority, document in CreditRecord.objects.filter(party__in=codes).values_list(
            "party", "authority", "document"
        )
    }
    listed = {
        (str(row.party), row.list, row.authority, row.document)
        for row in ListEntry.objects.filter(party__in=codes)
    }
    running = {
        (str(row.party), row.list) for row in ListEntry.objects.filter(party__in=codes, ended_at__isnull=True)
    }
    ready, known, faults = [], list(found.known), list(found.faults)
    for row in found.ready:
        if row.key in listed or (str(row.party), row.list) in running or _is_kept(row, kept):
            known.append(row.line)
        elif not row.list and row.party not in registered:
            faults.append(Fault(row.line, ("主体尚未在平台登记，记录没有归属",)))
        else:
            ready.append(row)
            running |= {(str(row.party), row.list)} if row.list else set()
    by_line = sorted(faults, key=lambda fault: fault.line)
    return replace(found, ready=tuple(ready), known=tuple(sorted(known)), faults=tuple(by_line))


def _is_kept(row: Row, kept: set[tuple[str, str, str]]) -> bool:
    return not row.list and (str(row.party), row.decision.authority, row.decision.document) in kept


def table(data: bytes) -> str:
    """文件的文本. Raises ValueError, in words, for what cannot be read."""
    return rules.decoded(data)
