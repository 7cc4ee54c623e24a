"""成交: the result, the paddles told, the confirmation signed, the default declared."""

from datetime import date, datetime, timedelta

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import digest as digests
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import end_of_day, local_date
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.rules import captions, notices
from ggzy.trading.auctions.rules.selling import Breach
from ggzy.trading.auctions.services import publishing
from ggzy.trading.auctions.values import Reserve, Room, Settlement
from ggzy.trading.deposits import queries as deposit_queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.deposits.values import AccountState
from ggzy.trading.notices.values import NoticeDraft
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase


@command
def settle(actor: Actor, lot: LotCode, reserve: Reserve | None = None, *, at: datetime) -> Receipt:
    """确定竞价结果: sold or failed. A secret reserve opens its own commitment; one not met stays secret."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_SETTLE)
    room, *_ = queries.restored(access.room_of(grip.row), lot, grip.row.round)
    rules.may_settle(grip.facts, room, reserve).require()
    assert grip.facts.terms is not None, "announced"
    found = rules.settle(grip.lot.rulebook, grip.facts.terms, room, reserve, grip.row.consented())
    if found.is_sold:
        return _sell(actor, grip, room, found, reserve, at)
    return _fail(actor, grip, found, reserve, at)


def _sell(
    actor: Actor,
    grip: access.Grip,
    room: Room,
    found: Settlement,
    reserve: Reserve | None,
    at: datetime,
) -> Receipt:
    leading = room.leader or room.capped
    assert leading is not None and room.price is not None, "judged as sold"
    assert found.price is not None and found.premium is not None, "judged as sold"
    everybody = queries.bidders(grip.row)
    winner = next(one for one in everybody if one.paddle == leading.paddle)
    row = grip.row
    row.state = AUCTION.after(grip.facts.state, "sell")
    row.winner, row.total, row.confirm_by = winner.party, found.price, _confirm_by(grip)
    row.publicity_until = rules.publicity_until(grip.lot.rulebook, catalog.calendar(), at)
    closed_at = grip.facts.closed_at or at
    pledge = captions.pledge(room.terms, room.second)
    text = rules.confirmation(grip.lot, grip.format, winner, room.price, found.price, closed_at, pledge)
    row.confirmation = digests.digest(text.encode())
    row.save()
    said = notices.sale_notice(
        grip.lot, grip.format, winner, str(room.price), found.price, at, row.publicity_until, pledge
    )
    _publish(actor, said, at)
    _open_objections(grip, row.publicity_until, [one.party for one in everybody], at)
    _give_back(actor, grip, _losers(grip, winner.party, at), "竞买未成交", at)
    projects.advance(grip.lot.code, Phase.AWARDED, at)
    sold = events.AuctionSold(
        lot=grip.lot.code, round=row.round, winner=winner, price=room.price, total=found.price,
        premium=found.premium, second=room.second,
        confirm_by=row.confirm_by, publicity_until=row.publicity_until, direction=grip.format.direction,
    )  # fmt: skip
    opened = _reserve(events.ReserveOpened, grip, reserve if found.is_reserve_public else None)
    return journal.record_all([*opened, sold], actor=actor, at=at)


def _losers(grip: access.Grip, winner: CreditCode, at: datetime) -> tuple[CreditCode, ...]:
    """Everybody who paid but the winner: whoever was declined or withdrew among them."""
    return tuple(one.party for one in deposit_queries.accounts(grip.lot.code, at) if one.party != winner)


def _open_objections(
    grip: access.Grip, until: datetime | None, parties: list[CreditCode], at: datetime
) -> None:
    """成交公示期 is the time to object, where the rulebook wants one; of a purchase, so many working days after it too."""
    if until is not None:
        after = grip.lot.rulebook.get("objection.result_days_after")
        last = _after(until, int(after.value)) if after else None
        closes = max(until, end_of_day(last)) if last else until
        objections.open_window(grip.lot.code, Stage.SALE, opens=at, closes=closes, parties=parties, at=at)


def _after(until: datetime, workdays: int) -> date:
    """So many working days after the last day of the publicity, which ends with its midnight."""
    return catalog.calendar().add_workdays(local_date(until - timedelta.resolution), workdays)


def _fail(
    actor: Actor, grip: access.Grip, found: Settlement, reserve: Reserve | None, at: datetime
) -> Receipt:
    row = grip.row
    row.state, row.failure = AUCTION.after(grip.facts.state, "fail"), found.reason
    row.save(update_fields=["state", "failure"])
    notice = _publish(actor, notices.failure(grip.lot, found.reason), at)
    _give_back(actor, grip, None, "本轮竞价未成交", at)
    failed = events.AuctionFailed(
        lot=grip.lot.code, round=row.round, cause=found.cause, reason=found.reason, notice=notice
    )
    unmet = _reserve(events.ReserveUnmet, grip, reserve if found.cause == "reserve_unmet" else None)
    return journal.record_all([*unmet, failed], actor=actor, at=at)


def _reserve(
    kind: type[events.ReserveOpened] | type[events.ReserveUnmet], grip: access.Grip, reserve: Reserve | None
) -> list[object]:
    if reserve is None:
        return []
    return [kind(lot=grip.lot.code, round=grip.row.round, amount=reserve.amount, salt=reserve.salt)]


def _confirm_by(grip: access.Grip) -> datetime:
    assert grip.facts.terms is not None and grip.facts.closed_at is not None, "the room is over"
    found = rules.dues(grip.lot.rulebook, catalog.calendar(), grip.facts.closed_at)
    fallback = local_date(grip.facts.closed_at) + timedelta(days=grip.facts.terms.contract_days)
    return rules.due_by(found, "confirm", fallback)


@command
def reveal_paddles(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """公开号牌身份, to those who took part: the secret from which anyone derives the numbers again."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_SETTLE)
    rules.may_reveal(grip.facts, is_revealed=grip.row.revealed_at is not None).require()
    grip.row.revealed_at = at
    grip.row.save(update_fields=["revealed_at"])
    told = events.PaddlesRevealed(
        lot=lot, round=grip.row.round, secret=bytes(grip.row.secret), bidders=queries.bidders(grip.row)
    )
    return journal.record(told, actor=actor, at=at)


@command
def sign(actor: Actor, lot: LotCode, digest: str, *, at: datetime) -> Receipt:
    """签署成交确认书, each side once; with the second signature the sale is confirmed."""
    grip, side = access.auction_to_sign(actor, lot)
    barred = project_queries.gate(grip.lot, (grip.row.winner,), at)
    (rules.may_sign(grip.facts, side, digest, grip.row.confirmation) & barred).require()
    row = grip.row
    row.signed = sorted([*row.signed, side.value])
    facts: list[object] = [events.SaleSigned(lot=lot, round=row.round, side=side, digest=digest)]
    if rules.is_confirmed(row.facts()):
        row.state = AUCTION.after(grip.facts.state, "confirm")
        row.confirmed_at, row.contract_by = at, _contract_by(grip, at)
        facts.append(
            events.SaleConfirmed(lot=lot, round=row.round, digest=digest, contract_by=row.contract_by)
        )
    row.save()
    return journal.record_all(facts, actor=actor, at=at)


def _contract_by(grip: access.Grip, at: datetime) -> datetime:
    """From the confirmation, or from the end of the publicity where that is later."""
    assert grip.facts.terms is not None, "announced"
    found = rules.dues(grip.lot.rulebook, catalog.calendar(), grip.facts.closed_at or at)
    begins = local_date(max(at, grip.facts.publicity_until or at))
    return rules.due_by(found, "contract", begins + timedelta(days=grip.facts.terms.contract_days))


@command
def declare_default(
    actor: Actor, lot: LotCode, breach: Breach, reason: str, *, refused: bool = False, at: datetime
) -> Receipt:
    """认定竞得人违约: the day has gone by, or it said so in writing. Its deposit is not returned."""
    grip = access.auction_to_run(actor, lot, Permission.SALE_DEFAULT)
    due = _due(grip, breach)
    is_contracted = grip.lot.phase is Phase.CONTRACTED
    rules.may_declare_default(
        grip.facts, breach, reason, due, at, refused=refused, is_contracted=is_contracted
    ).require()
    row = grip.row
    assert row.winner is not None and row.paddle is not None, "sold"
    row.state, row.failure = AUCTION.after(grip.facts.state, "default"), reason.strip()
    row.save(update_fields=["state", "failure"])
    mine = {one.party: one.state for one in deposit_queries.accounts(lot, at)}.get(row.winner)
    # Once it is a part of the price it is the owner's already.
    is_forfeited = mine in (AccountState.SECURED, AccountState.APPLIED)
    if mine is AccountState.SECURED:
        deposits.forfeit(Actor.system(actor.request), lot, row.winner, reason, breach.article, at=at)
    told = events.SaleDefaulted(
        lot=lot, round=row.round, paddle=row.paddle, cause=breach.value, reason=reason.strip(),
        is_forfeited=is_forfeited,
    )  # fmt: skip
    return journal.record(told, actor=actor, at=at)


def _due(grip: access.Grip, breach: Breach) -> datetime | None:
    """The day that must have gone by, moved by the time the clocks of the lot stood still."""
    terms, row = grip.facts.terms, grip.row
    due, set_at = row.contract_by, row.confirmed_at
    if breach is Breach.CONFIRMATION:
        due, set_at = row.confirm_by, row.closed_at
    if breach is Breach.PAYMENT and due is not None and terms is not None:
        due += timedelta(days=terms.payment.first_days)
    if due is None or set_at is None:
        return None
    return project_queries.effective(grip.lot.code, due, set_at, grip.at)


def _has_deposit(grip: access.Grip) -> bool:
    return grip.facts.terms is not None and grip.facts.terms.deposit.fen > 0


def _give_back(
    actor: Actor, grip: access.Grip, parties: tuple[CreditCode, ...] | None, reason: str, at: datetime
) -> None:
    if _has_deposit(grip):
        deposits.release_many(Actor.system(actor.request), grip.lot.code, parties, reason, at=at)


def _publish(actor: Actor, draft: NoticeDraft, at: datetime) -> str:
    return publishing.publish(Actor.system(actor.request), draft, at=at)
