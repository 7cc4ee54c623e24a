"""下载、投标、截止、开标 in the record."""

from ggzy.kernel.roles import Role
from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, part, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid, Failure, Opening, Taken
from ggzy.trading.tendering import events as tendering


def _taken(record: LotRecord, fact: tendering.DocumentsTaken, told: Told) -> LotRecord:
    return moved(record, taken=(*record.taken, Taken(**place(told), party=fact.party, version=fact.version)))


def _submitted(record: LotRecord, fact: tendering.BidSubmitted, told: Told) -> LotRecord:
    others = tuple(bid for bid in record.bids if bid.bid != fact.bid)
    return moved(record, bids=(*others, _bid(fact, told)))


def _bid(fact: tendering.BidSubmitted, told: Told) -> Bid:
    return Bid(
        **place(told),
        bid=fact.bid,
        bidder=fact.bidder.leader,
        name=fact.bidder.name,
        members=fact.bidder.members,
        gen=fact.gen,
        manifest=fact.manifest,
        by="" if told.actor.role is Role.SYSTEM else told.actor.person,
        bytes=sum(one.bytes for one in fact.parts),
    )


def _late(record: LotRecord, fact: tendering.BidRefused, told: Told) -> LotRecord:
    bid = Bid(**place(told), bid="", bidder=fact.bidder, name="", manifest=fact.manifest, state="late")
    return moved(record, bids=(*record.bids, bid))


def _closed(record: LotRecord, fact: tendering.BiddingClosed, told: Told) -> LotRecord:
    opening = Opening(**place(told), deadline=fact.deadline, count=fact.count)
    return moved(part(record, "terms", deadline=fact.deadline), opening=opening)


def _state(record: LotRecord, bid: str, state: str) -> LotRecord:
    return moved(record, bids=each(record.bids, lambda one: one.bid == bid, state=state))


def _read_out(record: LotRecord, fact: tendering.BidReadOut, told: Told) -> LotRecord:
    price = fact.price
    bids = each(
        record.bids,
        lambda one: one.bid == fact.bid,
        seq=fact.seq,
        price=price.text if price else "",
        amount=price.amount if price else None,
        rate=price.rate if price else None,
        period=fact.period,
        quality=fact.quality,
        leader=fact.leader,
        note=fact.note,
        read_height=told.height,
    )
    return moved(record, bids=bids)


def _opened(record: LotRecord, fact: tendering.BidsOpened, told: Told) -> LotRecord:
    return part(
        record,
        "opening",
        opened_at=told.at,
        opened_height=told.height,
        opened=fact.opened,
        failed=fact.failed,
    )


def _failed(record: LotRecord, fact: tendering.TenderFailed, told: Told) -> LotRecord:
    failure = Failure(
        **place(told), cause=fact.cause, reason=fact.reason, count=fact.count, required=fact.required
    )
    return moved(record, failure=failure)


STEPS: Steps = {
    tendering.DocumentsTaken: _taken,
    tendering.BidSubmitted: _submitted,
    tendering.BidRefused: _late,
    tendering.BidWithdrawn: lambda record, fact, told: _state(record, fact.bid, "withdrawn"),
    tendering.BiddingClosed: _closed,
    tendering.OpeningBegan: lambda record, fact, told: part(
        record, "opening", began_at=told.at, began_height=told.height
    ),
    tendering.BidDecrypted: lambda record, fact, told: _state(record, fact.bid, "opened"),
    tendering.BidNotOpened: lambda record, fact, told: _state(record, fact.bid, "not_opened"),
    tendering.BidReadOut: _read_out,
    tendering.BasePriceAnnounced: lambda record, fact, told: part(record, "opening", base_price=fact.amount),
    tendering.BidsOpened: _opened,
    tendering.TenderFailed: _failed,
}
