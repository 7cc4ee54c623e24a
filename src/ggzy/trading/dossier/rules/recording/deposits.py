"""投标保证金 in the record."""

from typing import Any

from ggzy.trading.deposits import events as deposits
from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, part, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Deposits, Forfeited, Guarantee, Payment, Released


def _required(record: LotRecord, fact: deposits.DepositRequired, told: Told) -> LotRecord:
    return moved(record, deposits=Deposits(**place(told), required=fact.amount, due=fact.due))


def _more(record: LotRecord, name: str, item: Any) -> LotRecord:
    known = record.deposits
    return part(record, "deposits", **{name: (*getattr(known, name), item)}) if known else record


def _arrived(record: LotRecord, fact: Any, told: Told) -> LotRecord:
    payment = Payment(
        **place(told),
        kind=getattr(fact, "outcome", "received"),
        party=fact.party,
        serial=fact.serial,
        amount=fact.amount,
        payer=fact.payer_name,
        account=fact.payer_tail,
        booked_at=fact.booked_at,
        mark=fact.payer_mark,
    )
    return _more(record, "payments", payment)


def _placed(record: LotRecord, fact: deposits.GuaranteePlaced, told: Told) -> LotRecord:
    same = ("party", "number", "issuer", "amount", "valid_from", "valid_until", "phone_tail", "phone_mark")
    given = Guarantee(**place(told), **{name: getattr(fact, name) for name in same})
    return _more(record, "guarantees", given)


def _released(record: LotRecord, fact: deposits.DepositReleased, told: Told) -> LotRecord:
    same = ("party", "principal", "reason", "article", "due_on")
    return _more(record, "released", Released(**place(told), **{name: getattr(fact, name) for name in same}))


def _forfeited(record: LotRecord, fact: deposits.DepositForfeited, told: Told) -> LotRecord:
    kept = Forfeited(**place(told), party=fact.party, amount=fact.amount, reason=fact.reason)
    return _more(record, "forfeited", kept)


def _going_back(record: LotRecord, party: str, **fields: Any) -> LotRecord:
    known = record.deposits
    if known is None:
        return record
    return part(record, "deposits", released=each(known.released, lambda one: one.party == party, **fields))


STEPS: Steps = {
    deposits.DepositRequired: _required,
    deposits.DepositReceived: _arrived,
    deposits.DepositRejected: _arrived,
    deposits.GuaranteePlaced: _placed,
    deposits.DepositReleased: _released,
    deposits.DepositForfeited: _forfeited,
    deposits.ReturnOrdered: lambda record, fact, told: _going_back(record, fact.party, ordered_at=told.at),
    deposits.DepositReturned: lambda record, fact, told: _going_back(
        record, fact.party, returned_at=fact.paid_at, is_late=fact.is_late
    ),
    deposits.ReturnBounced: lambda record, fact, told: _going_back(record, fact.party, returned_at=None),
}
