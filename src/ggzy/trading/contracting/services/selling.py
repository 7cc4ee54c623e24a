"""成交合同: a confirmed sale is received for its contract; a winner in default ends it."""

from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.values import AuctionState, ConfirmedSale
from ggzy.trading.contracting import access, events, queries, rules
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.models import Award
from ggzy.trading.contracting.values import AwardState, Runner, Sale
from ggzy.trading.deposits import queries as deposit_queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.deposits.values import AccountState
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import LotFacts, Phase
from ggzy.trading.tendering.values import Bidder, Price


@command
def receive_sale(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """办理成交合同: what both sides confirmed is what the contract must say."""
    held = access.lot_of_sale(actor, lot)
    sale = auctions.confirmed_sale(lot, held.round)
    rules.may_receive(queries.award(lot, held.round), is_confirmed=sale is not None).require()
    assert sale is not None, "judged above"
    runner, terms = _runner(sale), Sale(sale.contract_by, sale.payment, sale.is_bought)
    Award.objects.create(
        lot_id=lot,
        round=held.round,
        state=AwardState.NOTIFIED,
        runners=[kernel_events.body(runner)],
        passed=[],
        publicised_at=sale.closed_at,
        publicity_until=sale.publicity_until or sale.closed_at,
        rank=runner.rank,
        winner=runner.bidder.leader,
        awarded_at=sale.confirmed_at,
        sale=kernel_events.body(terms),
    )
    fact = events.ContractDue(lot=lot, round=held.round, runner=runner, sale=terms)
    return journal.record(fact, actor=actor, at=at)


def _runner(sale: ConfirmedSale) -> Runner:
    price = Price("amount", amount=sale.total, text=f"{sale.total.figures()} 元")
    bidder = Bidder(sale.winner.party, sale.winner.name)
    return Runner(rank=1, bid=str(sale.winner.paddle), bidder=bidder, price=price, total=sale.price.value)


@command
def break_sale(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """终结成交合同: the winner was declared in default; the lot may be sold again."""
    held = access.lot_of_sale(actor, lot)
    facts = auctions.auction(lot, held.round)
    row, award = access.award_row(held), queries.award(lot, held.round)
    rules.may_break(award, is_defaulted=facts.state is AuctionState.DEFAULTED).require()
    assert row is not None and award is not None, "judged above"
    row.state = AWARD.after(award.state, "break")
    row.save(update_fields=["state"])
    if held.phase is Phase.CONTRACTED:
        projects.advance(lot, Phase.AWARDED, at)
    fact = events.AwardEnded(lot=lot, round=held.round, cause="defaulted", reason="竞得人违约")
    return journal.record(fact, actor=actor, at=at)


def settle_deposits(actor: Actor, lot: LotFacts, award: Award, sale: Sale, at: datetime) -> None:
    """签约时的保证金: the winner's money becomes a part of what it pays; all else goes back."""
    system, party = Actor.system(actor.request), award.winner
    assert party is not None, "a sale has a winner"
    mine = [one for one in deposit_queries.accounts(lot.code, at) if one.party == party]
    if not sale.is_bought and mine and mine[0].state is AccountState.SECURED and mine[0].paid > Money.zero:
        deposits.apply_to_price(system, lot.code, party, at=at)
        award.sale = kernel_events.body(
            Sale(sale.sign_by, sale.payment, sale.is_bought, min(mine[0].paid, mine[0].required))
        )
        award.save(update_fields=["sale"])
    deposits.release_many(system, lot.code, None, "合同已签订", at=at)
