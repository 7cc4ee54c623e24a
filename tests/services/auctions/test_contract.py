"""成交合同: from the confirmation to the archive; and a winner in default."""

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries as auction_queries
from ggzy.trading.auctions import services as auctions
from ggzy.trading.auctions.models import Auction
from ggzy.trading.auctions.rules import Breach
from ggzy.trading.contracting import queries, rules, services
from ggzy.trading.contracting.values import AwardState, StepKind
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.deposits.values import AccountState
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.dossier.values import Stage as Station
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections import services as objecting
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Phase
from tests.services.auctions.sale import (
    AFTER,
    TOTAL,
    award_of,
    confirmed,
    form,
    perform,
    signed,
    tick,
)
from tests.services.auctions.stage import (
    DAY,
    DEPOSIT,
    FLOOR,
    MINUTE,
    OPENS,
    closed,
    offer,
    prepared_equipment,
    press,
    refused,
)
from tests.world import World, clock


def agrees(lot) -> bool:
    assert rules.fold(journal.facts(prefix=f"lot/{lot}")) == queries.standing(lot)
    return True


def state(lot, bidder, at=AFTER + 3 * DAY) -> AccountState:
    return deposits.account(lot, bidder.organisation, at).state


def test_a_confirmed_sale_is_taken_up_once(world: World):
    lot = confirmed(world)
    award = award_of(lot)
    assert award.state is AwardState.NOTIFIED and award.is_winner(world.bidders[1].organisation)
    assert queries.to_receive() == () and agrees(lot)
    assert refused(services.receive_sale, world.system(), lot, at=AFTER) == ["received"]


def test_nothing_is_taken_up_before_both_have_signed(world: World):
    lot, _ = closed(world)
    with clock(AFTER):
        auctions.settle(world.agency.acts(), lot, at=AFTER)
    assert queries.to_receive() == () and queries.award(lot) is None
    assert refused(services.receive_sale, world.system(), lot, at=AFTER) == ["not_confirmed"]


def test_the_contract_says_what_was_confirmed(world: World):
    lot = confirmed(world)
    with clock(AFTER):
        found = refused(services.draft, world.owner.acts(), lot, form(world, amount=FLOOR), at=AFTER)
        assert found == ["amount_differs"]
        with pytest.raises(Missing):
            services.draft(world.other_owner.acts(), lot, form(world), at=AFTER)


def test_the_winners_deposit_becomes_a_part_of_the_price(world: World):
    lot = signed(world)
    award = award_of(lot)
    assert award.state is AwardState.SIGNED and award.sale is not None and award.sale.deposit == DEPOSIT
    assert state(lot, world.bidders[1]) is AccountState.APPLIED
    assert rules.owing(award) == TOTAL - DEPOSIT
    assert projects.lot(lot).phase is Phase.CONTRACTED
    notice = notices.notices(lot=lot, newest_first=True)[0]
    assert notice.kind == "contract_notice" and notice.fact("成交方") and agrees(lot)


def test_paid_handed_over_and_complete(world: World):
    lot = signed(world)
    first, late = AFTER + 20 * DAY, AFTER + 400 * DAY
    assert refused(perform, world, lot, StepKind.PAYMENT, first, Money.yuan(1), world.bidders[1]) == [
        "owner_only"
    ]
    perform(world, lot, StepKind.PAYMENT, first, Money.yuan(800_000))
    with clock(first):
        found = refused(services.complete, world.owner.acts(), lot, "履行完毕", at=first)
    assert found == ["not_accepted", "not_paid"]
    perform(world, lot, StepKind.PAYMENT, late, rules.owing(award_of(lot)))
    perform(world, lot, StepKind.TRANSFER, late)
    assert [one.days_late for one in award_of(lot).steps] == [0, 33, 0]
    with clock(late):
        services.complete(world.owner.acts(), lot, "价款付清，土地已移交", at=late)
    (fact,) = journal.facts(prefix=f"lot/{lot}", kinds=["contract.completed"])
    assert fact.event.paid == TOTAL and agrees(lot)


def test_a_winner_who_does_not_pay_loses_contract_and_deposit(world: World):
    lot, at = signed(world), AFTER + 60 * DAY
    with clock(at):
        run = auctions.declare_default
        assert refused(run, world.owner.acts(), lot, Breach.CONTRACT, "未签", at=at) == ["contracted"]
        run(world.owner.acts(), lot, Breach.PAYMENT, "首期款逾期未付", at=at)
    (fact,) = journal.facts(prefix=f"lot/{lot}", kinds=["sale.defaulted"])
    assert fact.event.is_forfeited
    tick(at + MINUTE)
    assert award_of(lot).state is AwardState.ENDED and agrees(lot)
    assert projects.lot(lot).phase is Phase.AWARDED and queries.to_break() == ()
    with clock(at + DAY):
        auctions.relist(world.owner.acts(), lot, FLOOR, "竞得人违约，再次公告", at=at + DAY)
    assert projects.lot(lot).round == 2


def test_what_each_side_is_offered(world: World):
    lot = confirmed(world)
    with clock(AFTER + DAY):
        at = AFTER + DAY
        owner = [one.label for one in queries.offers(world.owner.acts(), lot, at)]
        winner = [one.label for one in queries.offers(world.bidders[1].acts(), lot, at)]
    assert owner == ["拟定合同", "登记履约情况", "合同完结"]
    assert winner == ["签订合同", "登记履约情况"]
    assert queries.offers(world.bidders[0].acts(), lot, AFTER) == ()


def test_a_sale_that_is_over_is_archived_with_the_chapters_of_its_way(world: World):
    lot = signed(world)
    at = AFTER + 20 * DAY
    with clock(at):
        auctions.reveal_paddles(world.system(), lot, at=at)
    perform(world, lot, StepKind.PAYMENT, at, rules.owing(award_of(lot)))
    perform(world, lot, StepKind.TRANSFER, at)
    dossiers.refresh(lot)
    assert dossier.summary(lot).stage is Station.CONTRACTED
    with clock(at):
        assert refused(dossiers.archive, world.operator.acts(), lot, at=at) == ["not_over"]
        services.complete(world.owner.acts(), lot, "价款付清，土地已移交", at=at)
        dossiers.archive(world.operator.acts(), lot, at=at + DAY)
    dossiers.refresh(lot)
    found = dossier.summary(lot)
    assert (found.stage, found.winner_code, found.award_amount, found.contract_amount) == (
        Station.ARCHIVED, world.bidders[1].organisation, TOTAL, TOTAL,
    )  # fmt: skip
    told = {chapter.code: len(chapter.lines) for chapter in dossier.dossier(lot, "supervision").chapters}
    assert told == {
        "registration": 1, "transfer": 1, "announcement": 0, "applicants": 6, "bidding": 0, "deposits": 10,
        "room": 3, "opening": 0, "evaluation": 0, "sale": 5, "award": 0, "contract": 6, "objections": 0,
        "oversight": 0, "notices": 3,
    }  # fmt: skip
    assert projects.lot(lot).phase is Phase.ARCHIVED


def shown(world: World):
    """State assets sold: the result is shown for five working days, in which those who bid may object."""
    lot, paddles = prepared_equipment(world, "ascending")
    with clock(OPENS):
        seat = auctions.take(lot)
        seat.serve()
    press(seat, OPENS + MINUTE, offer(paddles[0], 0), offer(paddles[1], 1))
    with clock(AFTER):
        seat.serve()
        auctions.settle(world.agency.acts(), lot, at=AFTER)
        for player in (world.owner, world.bidders[1]):
            auctions.sign(player.acts(), lot, Auction.objects.get(lot=lot).confirmation, at=AFTER)
    tick(AFTER + MINUTE)
    return lot


def test_the_contract_of_a_shown_sale_waits_for_its_publicity_and_for_every_answer(world: World):
    lot = shown(world)
    found = auction_queries.auction(lot)
    until = found.publicity_until
    assert until is not None and until > AFTER + 5 * DAY
    window = objections.window(lot, Stage.SALE)
    assert (
        window is not None
        and window.closes == until
        and world.bidders[2].organisation in (window.parties or ())
    )
    with clock(AFTER + DAY):
        services.draft(world.owner.acts(), lot, form(world), at=AFTER + DAY)
        objecting.raise_objection(world.bidders[2].acts(), lot, Stage.SALE, "竞得人不具备公告的资格")
        early = refused(services.sign, world.bidders[1].acts(), lot, at=AFTER + DAY)
    assert early == ["publicity_runs", "objection_open"]
    (objection,) = objections.open_objections(lot, stage=Stage.SALE)
    with clock(until):
        assert refused(services.sign, world.bidders[1].acts(), lot, at=until) == ["objection_open"]
        objecting.answer(world.owner.acts(), objection.id, "经核实符合公告的资格条件", False, at=until)
        services.sign(world.bidders[1].acts(), lot, at=until)
    assert award_of(lot).state is AwardState.SIGNED and agrees(lot)


def test_only_those_who_bid_object_to_a_sale(world: World):
    lot = shown(world)
    with clock(AFTER + DAY):
        run = objecting.raise_objection
        assert refused(run, world.bidders[4].acts(), lot, Stage.SALE, "不公平") == ["no_standing"]
