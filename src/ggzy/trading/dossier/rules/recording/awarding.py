"""公示、定标、合同、履约 in the record."""

from ggzy.trading.contracting import events as contracting
from ggzy.trading.dossier.rules.recording.telling import Steps, Told, moved, part, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import (
    Award,
    Contract,
    Failure,
    Performed,
    Publicity,
    Refused,
    Shown,
)


def _publicised(record: LotRecord, fact: contracting.CandidatesPublicised, told: Told) -> LotRecord:
    shown = tuple(
        Shown(
            rank=one.rank, bid=one.bid, bidder=one.bidder.leader, name=one.bidder.name,
            amount=one.price.amount if one.price else None, price=one.price.text if one.price else "",
            total=one.total,
        )
        for one in fact.runners
    )  # fmt: skip
    return moved(
        record,
        publicity=Publicity(
            **place(told), since=fact.since, until=fact.until, is_late=fact.is_late, candidates=shown
        ),
    )


def _awarded(record: LotRecord, fact: contracting.AwardMade, told: Told) -> LotRecord:
    price = fact.price
    award = Award(
        **place(told),
        rank=fact.rank,
        winner=fact.winner.leader,
        name=fact.winner.name,
        members=fact.winner.members,
        amount=price.amount if price else None,
        price=price.text if price else "",
        passed=tuple((one.rank, one.ground.value) for one in fact.passed),
        refusals=record.award.refusals if record.award else (),
    )
    return moved(record, award=award)


def _refused(record: LotRecord, fact: contracting.AwardRefused, told: Told) -> LotRecord:
    if record.award is None:
        return record
    refused = Refused(**place(told), rank=fact.rank, winner=fact.winner, reason=fact.reason)
    return part(record, "award", refusals=(*record.award.refusals, refused))


def _ended(record: LotRecord, fact: contracting.AwardEnded, told: Told) -> LotRecord:
    failure = Failure(**place(told), cause=fact.cause, reason=fact.reason)
    return part(moved(record, failure=failure), "award", ended_at=told.at)


def _drafted(record: LotRecord, fact: contracting.ContractDrafted, told: Told) -> LotRecord:
    contract = Contract(
        **place(told), number=fact.number, amount=fact.amount, price=fact.price.text, security=fact.security
    )
    return moved(record, contract=contract)


def _signed(record: LotRecord, fact: contracting.ContractSigned, told: Told) -> LotRecord:
    contract = Contract(
        **place(told),
        number=fact.number,
        amount=fact.amount,
        price=fact.price.text,
        security=fact.security,
        signed_at=told.at,
        signed_height=told.height,
        supplier=fact.supplier.leader,
        sign_by=fact.sign_by,
        is_late=fact.is_late,
    )
    return moved(record, contract=contract)


def _performed(record: LotRecord, fact: contracting.PerformanceRecorded, told: Told) -> LotRecord:
    if record.contract is None:
        return record
    done = Performed(
        **place(told), kind=fact.step.value, text=fact.text, on=fact.on, amount=fact.amount,
        days_late=fact.days_late,
    )  # fmt: skip
    return part(record, "contract", performed=(*record.contract.performed, done))


STEPS: Steps = {
    contracting.CandidatesPublicised: _publicised,
    contracting.AwardMade: _awarded,
    contracting.AwardLetterIssued: lambda record, fact, told: part(
        record, "award", letter_at=told.at, letter_height=told.height
    ),
    contracting.AwardRefused: _refused,
    contracting.AwardEnded: _ended,
    contracting.AwardReported: lambda record, fact, told: part(
        record, "award", reported_at=told.at, is_report_late=fact.is_late
    ),
    contracting.ContractDrafted: _drafted,
    contracting.ContractSigned: _signed,
    contracting.PerformanceRecorded: _performed,
    contracting.ContractCompleted: lambda record, fact, told: part(record, "contract", completed_at=told.at),
}
