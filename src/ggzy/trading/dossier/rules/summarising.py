"""案卷的规则: what a stream of facts says now; when a lot may be archived. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from ggzy.kernel import canon, digest, events
from ggzy.kernel.codes import LotCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions import events as auctions
from ggzy.trading.contracting import events as contracting
from ggzy.trading.dossier.events import DossierArchived
from ggzy.trading.dossier.values import OpenedBid, OpeningChapter, Stage, Summary
from ggzy.trading.evaluation import events as evaluation
from ggzy.trading.projects import events as projects
from ggzy.trading.tendering import events as tendering

# 没有中标人: what a refusal, an ended round or a new one leaves of an award.
NO_WINNER: dict[str, Any] = {
    "winner": "",
    "winner_code": None,
    "award_amount": None,
    "award_text": "",
    "letter_code": "",
    "letter_digest": "",
}


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def height(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> object: ...


def summarise(known: Summary | None, facts: Iterable[Told]) -> Summary | None:
    """标段摘要 after these facts; None until the lot is registered."""
    for told in facts:
        fact = told.event
        if known is None:
            known = _registered(fact, told.at) if isinstance(fact, projects.LotRegistered) else None
        else:
            known = _moved(known, fact, told.at)
        if known is not None:
            known = replace(known, height=told.height, changed_at=told.at)
    return known


def _registered(fact: projects.LotRegistered, at: datetime) -> Summary:
    return Summary(
        lot=fact.lot,
        stage=Stage.REGISTERED,
        title=fact.title,
        owner=fact.owner,
        agency=fact.agency,
        category=fact.category,
        region=fact.region,
        method=fact.method,
        nature=fact.nature,
        estimate=fact.estimate,
        registered_at=at,
    )


def _moved(known: Summary, fact: object, at: datetime) -> Summary:
    match fact:
        case projects.RoundBegun():
            return _next_round(known, fact)
        case projects.LotSuspended():
            return replace(known, is_suspended=True)
        case projects.LotResumed():
            return replace(known, is_suspended=False)
        case projects.LotTerminated():
            return replace(known, stage=Stage.TERMINATED, is_suspended=False)
        case tendering.TenderAnnounced():
            return replace(known, stage=Stage.ANNOUNCED, announced_at=at, deadline=fact.terms.deadline)
        case tendering.DeadlineMoved():
            return replace(known, deadline=fact.after)
        case tendering.BiddingClosed():
            closed = replace(known, stage=Stage.CLOSED, closed_at=at, submitted=fact.count)
            return replace(closed, deadline=fact.deadline)
        case tendering.TenderFailed():
            return replace(known, stage=Stage.FAILED)
        case tendering.BidsOpened():
            return replace(known, stage=Stage.OPENED, opened_at=at)
        case DossierArchived():
            return replace(known, stage=Stage.ARCHIVED)
    return _auctioned(_decided(known, fact, at), fact, at)


def _auctioned(known: Summary, fact: object, at: datetime) -> Summary:
    """A lot sold by open price: its deadline is the end of the applications."""
    match fact:
        case auctions.AuctionAnnounced():
            return replace(known, stage=Stage.ANNOUNCED, announced_at=at, deadline=fact.terms.apply_until)
        case auctions.AuctionAmended():
            return replace(known, deadline=fact.terms.apply_until)
        case auctions.DisclosureExtended():
            return replace(known, deadline=fact.apply_until)
        case auctions.PhaseBegan():
            return replace(known, stage=Stage.BIDDING)
        case auctions.AuctionClosed():
            return replace(known, stage=Stage.BIDDING, closed_at=at)
        case auctions.AuctionFailed():
            return replace(known, stage=Stage.FAILED)
        case auctions.AuctionSold():
            shown = replace(
                known,
                stage=Stage.PUBLICITY if fact.publicity_until else Stage.AWARDED,
                publicity_until=fact.publicity_until,
            )
            return _sold(shown, fact)
        case auctions.SaleConfirmed():
            return replace(known, stage=Stage.AWARDED)
        case auctions.SaleDefaulted():
            return replace(known, stage=Stage.FAILED, **NO_WINNER)
    return known


def _sold(known: Summary, fact: auctions.AuctionSold) -> Summary:
    return replace(
        known,
        winner=fact.winner.name,
        winner_code=fact.winner.party,
        award_amount=fact.total,
        award_text=str(fact.price),
    )


def _decided(known: Summary, fact: object, at: datetime) -> Summary:
    match fact:
        case evaluation.EvaluationReported():
            # The last signature under a report that rejects all has failed the tender already.
            return replace(known, stage=Stage.FAILED if fact.is_all_rejected else Stage.EVALUATED)
        case contracting.CandidatesPublicised():
            return replace(known, stage=Stage.PUBLICITY, publicity_until=fact.until)
        case contracting.AwardMade():
            winner = fact.winner
            return replace(
                known,
                stage=Stage.AWARDED,
                winner=winner.name,
                winner_code=winner.leader,
                award_amount=fact.price.amount if fact.price else None,
                award_text=fact.price.text if fact.price else "",
            )
        case contracting.AwardLetterIssued():
            return replace(known, letter_code=fact.code, letter_digest=fact.digest)
        case contracting.AwardRefused() | contracting.AwardEnded():
            return replace(known, **NO_WINNER)
        case contracting.ContractSigned():
            return replace(known, stage=Stage.CONTRACTED, contract_amount=fact.amount)
        case contracting.ContractCompleted():
            return replace(known, stage=Stage.COMPLETED)
    return known


def _next_round(known: Summary, fact: projects.RoundBegun) -> Summary:
    return replace(
        known,
        stage=Stage.REGISTERED,
        round=fact.round,
        announced_at=None,
        deadline=None,
        closed_at=None,
        submitted=None,
        opened_at=None,
        publicity_until=None,
        **NO_WINNER,
    )


def has_moved(facts: Iterable[Told]) -> bool:
    """期限是否顺延: a clock of the lot runs on after it stood still."""
    return any(isinstance(told.event, projects.LotResumed | projects.ClockUnpaused) for told in facts)


def follow_opening(
    known: OpeningChapter | None, facts: Iterable[Told]
) -> tuple[OpeningChapter | None, tuple[OpenedBid, ...], bool]:
    """开标计数 after these facts, the rows they read out, and whether a new opening began among them."""
    rows: list[OpenedBid] = []
    is_new = False
    for told in facts:
        fact = told.event
        if isinstance(fact, tendering.OpeningBegan):
            known = OpeningChapter(fact.round, told.at, fact.count, window_until=fact.bidder_window_until)
            rows, is_new = [], True
        elif isinstance(fact, tendering.BidReadOut):
            rows.append(_row(fact))
        elif known is not None:
            known = _step(known, fact, told.at)
    return known, tuple(rows), is_new


def _step(known: OpeningChapter, fact: object, at: datetime) -> OpeningChapter:
    match fact:
        case tendering.BidderKeyReleased():
            return replace(known, released=known.released + 1)
        case tendering.BidDecrypted():
            return replace(known, decrypted=known.decrypted + 1)
        case tendering.BidNotOpened():
            return replace(known, failed=known.failed + 1)
        case tendering.WindowExtended():
            return replace(known, window_until=fact.bidder_window_until)
        case tendering.BasePriceAnnounced():
            return replace(known, base_price=fact.amount)
        case tendering.BidsOpened():
            return replace(known, concluded_at=at, failed=fact.failed)
    return known


def _row(fact: tendering.BidReadOut) -> OpenedBid:
    price = fact.price
    return OpenedBid(
        seq=fact.seq,
        bid=fact.bid,
        bidder=fact.bidder.name,
        code=fact.bidder.leader,
        price=price.text if price else "",
        amount=price.amount if price else None,
        period=fact.period,
        quality=fact.quality,
        leader=fact.leader,
        note=fact.note,
    )


def may_archive(stage: Stage, is_suspended: bool, missing: Sequence[str], is_archived: bool) -> Verdict:
    """归档条件: the lot has ended, one way or the other, and no chapter it needs is missing.

    Basis: 电子招标投标办法 §40.
    """
    article = "电子招标投标办法 第40条"
    is_over = stage in (Stage.COMPLETED, Stage.TERMINATED)
    return judge(
        [
            (not is_archived, Reason("archived", "本标段已经归档", article)),
            (not is_suspended, Reason("suspended", "本标段处于暂停中，恢复后才能归档", article)),
            (is_over, Reason("not_over", "合同尚未履行完毕，也没有终止", article)),
            (
                not missing or stage is Stage.TERMINATED,
                Reason("chapters_missing", f"案卷缺少：{'、'.join(missing)}", article),
            ),
        ]
    )


def may_export(reason: str) -> Verdict:
    """导出全卷条件: a reason is kept with the export."""
    return judge([(bool(reason.strip()), Reason("reason_missing", "请说明导出的事由，随导出一并留痕"))])


def digest_of(facts: Iterable[Told]) -> str:
    """案卷摘要: over height, moment and body of every fact, in the order of the journal."""
    rows = [
        {"height": told.height, "at": events.instant_text(told.at), "body": events.body(told.event)}
        for told in facts
    ]
    return digest.digest_of(canon.dumps(row) + b"\n" for row in rows)


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """Past tense, to be equal with what the row says."""
    for told in facts:
        if isinstance(told.event, DossierArchived):
            return {"archived": told.event.digest, "height": told.event.height}
    return {}


def lot_of(subject: str) -> LotCode:
    """标段 of a stream: `lot/<code>…` or `draw/<code>…`."""
    return LotCode(subject.split("/")[1])
