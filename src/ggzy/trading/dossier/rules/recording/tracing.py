"""投标痕迹 in the record."""

from ggzy.trading.dossier.rules.recording.telling import Steps, Told, moved, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.traces import Compared, Trace, Visited
from ggzy.trading.tendering import events as tendering


def _visited(record: LotRecord, fact: tendering.VisitNoted, told: Told) -> LotRecord:
    visit = Visited(
        **place(told),
        act=fact.act,
        party=fact.party,
        address=fact.visit.address,
        browser=fact.visit.browser,
        mark=fact.visit.mark,
    )
    return moved(record, visits=(*record.visits, visit))


def _traced(record: LotRecord, fact: tendering.BidTraced, told: Told) -> LotRecord:
    trace = Trace(
        **place(told),
        bid=fact.bid,
        device=fact.device,
        files=fact.files,
        people=fact.people,
        contacts=fact.contacts,
    )
    return moved(record, traces=(*record.traces, trace))


def _compared(record: LotRecord, fact: tendering.BidsCompared, told: Told) -> LotRecord:
    compared = Compared(
        **place(told),
        bids=fact.bids,
        common=fact.common,
        is_complete=fact.is_complete,
        documents=fact.documents,
    )
    return moved(record, compared=compared)


STEPS: Steps = {
    tendering.VisitNoted: _visited,
    tendering.BidTraced: _traced,
    tendering.BidsCompared: _compared,
}
