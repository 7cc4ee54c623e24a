"""公告、变更、延长、同意、再次公告: it works · each refusal · who may not · what is recorded · twice the same request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.foundation.vault import services as vault
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.values import AuctionState, Consent
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Order, Phase
from tests.services.auctions.stage import (
    DAY,
    DEPOSIT,
    ENDS,
    FLOOR,
    MINUTE,
    NOW,
    OPENS,
    admit,
    agrees,
    announced,
    apply,
    closed,
    document,
    equipment,
    kinds,
    land,
    prepared,
    refused,
    terms,
)
from tests.world import World, clock


def announce(world: World, lot, player=None, request: str = "", **change):
    with clock(NOW):
        actor = (player or world.agency).acts(request)
        return services.announce(actor, lot, terms(world, **change), at=NOW)


def test_an_announcement_publishes_the_notice_and_asks_for_the_deposit(world: World):
    lot = announced(world)
    auction = queries.auction(lot)
    assert (auction.state, auction.first_announced_on) == (AuctionState.ANNOUNCED, local_date(NOW))
    assert projects.lot(lot).phase is Phase.CONTESTED
    (notice,) = notices.notices(lot=lot)
    assert notice.kind == "transfer_notice" and "2,590,000.00 元" in notice.fact("起始价")
    asked = deposits.requirement(lot)
    assert asked is not None and (asked.amount, asked.due) == (DEPOSIT, OPENS - DAY)
    assert kinds(lot)[-3:] == ["deposit.required", "notice.published", "auction.announced"]
    assert agrees(lot)


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"deposit": Money.yuan(517_999)}, ["deposit_too_low"]),
        ({"apply_until": ENDS + MINUTE}, ["apply_after_end"]),
        ({"lasts": 8 * DAY}, ["listing_too_short"]),
        ({"timed_s": 0}, ["timed_missing"]),
        ({"documents": ()}, ["no_documents"]),
    ],
)
def test_what_is_not_lawful_is_not_announced(world: World, change, reasons):
    lot = land(world)
    assert set(reasons) <= set(refused(announce, world, lot, **change))
    assert queries.auction(lot).state is AuctionState.DRAFTED and not notices.notices(lot=lot)


def test_a_file_that_never_arrived_is_not_announced(world: World):
    lot = land(world)
    strange = replace(document(world), digest="sha256:" + "7" * 64)
    assert refused(announce, world, lot, documents=(strange,)) == ["document_missing"]


def test_a_round_is_announced_once_and_the_same_request_is_one_act(world: World):
    lot = land(world)
    first = announce(world, lot, request="announce-once")
    assert announce(world, lot, request="announce-once").height == first.height
    assert "already_announced" in refused(announce, world, lot)


@pytest.mark.parametrize(
    ("who", "error"),
    [("bidder", Forbidden), ("operator", Forbidden), ("supervisor", Forbidden), ("other_owner", Missing)],
)
def test_only_the_owners_side_announces(world: World, who, error):
    player = world.bidders[0] if who == "bidder" else getattr(world, who)
    lot = land(world)
    with pytest.raises(error):
        announce(world, lot, player)


def amend(
    world: World, lot, reason: str = "修改竞买人条件", *, material: bool = False, at=NOW + DAY, **change
):
    with clock(at):
        return services.amend(
            world.agency.acts(), lot, terms(world, **change), reason, is_material=material, at=at
        )


def test_an_amendment_goes_through_the_channel_of_the_first_notice(world: World):
    lot = announced(world)
    amend(world, lot, conditions="境内外法人")
    auction = queries.auction(lot)
    assert auction.terms is not None and auction.terms.conditions == "境内外法人"
    correction, first = notices.notices(lot=lot, newest_first=True)
    assert (correction.kind, correction.amends) == ("correction", first.id)
    assert kinds(lot)[-1] == "auction.amended" and agrees(lot)


def test_a_material_amendment_starts_the_period_anew(world: World):
    lot = announced(world)
    assert "notice_too_short" in refused(amend, world, lot, material=True, at=NOW + 2 * DAY)
    assert refused(amend, world, lot, " ") == ["no_reason"]
    assert refused(amend, world, lot, deposit=DEPOSIT + DEPOSIT) == ["deposit_changed"]


def test_whether_the_deposit_follows_credit_is_not_amended(world: World):
    lot = announced(world)
    assert refused(amend, world, lot, deposit_by_credit=True) == ["deposit_changed"]


def test_a_prepared_room_runs_by_the_terms_it_was_prepared_with(world: World):
    lot, _ = prepared(world)
    assert refused(amend, world, lot, at=OPENS - MINUTE) == ["prepared"]


def test_disclosure_of_land_is_not_extended(world: World):
    lot = announced(world)
    with clock(OPENS - 2 * DAY) as _:
        assert refused(
            services.extend_disclosure,
            world.agency.acts(),
            lot,
            OPENS,
            OPENS + DAY,
            ENDS + DAY,
            at=OPENS - 2 * DAY,
        ) == ["no_extension"]


def extend(world: World, lot, days: int = 14, at=OPENS - 2 * DAY):
    with clock(at):
        return services.extend_disclosure(
            world.agency.acts(),
            lot,
            OPENS - DAY + days * DAY,
            OPENS + days * DAY,
            OPENS + days * DAY + timedelta(hours=1),
            at=at,
        )


def test_disclosure_goes_on_where_nobody_came(world: World):
    lot = equipment(world)
    assert refused(extend, world, lot, 2) == ["extension_too_short"]
    extend(world, lot)
    auction = queries.auction(lot)
    assert auction.terms is not None and auction.terms.format.timing.starts_at == OPENS + 14 * DAY
    assert auction.terms.deposit_until == auction.terms.apply_until
    assert kinds(lot)[-1] == "disclosure.extended" and agrees(lot)


def test_disclosure_does_not_go_on_once_a_bidder_is_in(world: World):
    lot = equipment(world)
    apply(world, lot, world.bidders[0])
    with clock(NOW + 3 * DAY):
        services.admit(world.operator.acts(), lot, world.bidders[0].organisation)
    assert refused(extend, world, lot) == ["has_bidders"]


def consent(world: World, **change) -> Consent:
    paper = vault.put("同意".encode(), name="同意.txt", owner=world.owner.organisation)
    return replace(Consent(authority="江州市国资委", document=paper, on=local_date(NOW)), **change)


def test_consent_is_recorded_before_the_announcement(world: World):
    lot = land(world)
    services.record_consent(world.owner.acts(), lot, consent(world), at=NOW)
    assert queries.consent(lot, 1) == consent(world) and kinds(lot)[-1] == "consent.recorded"


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"authority": " "}, ["consent_incomplete"]),
        ({"document": "sha256:" + "8" * 64}, ["consent_incomplete"]),
        ({"on": local_date(NOW + DAY)}, ["consent_later"]),
    ],
)
def test_a_consent_that_is_not_whole_is_refused(world: World, change, reasons):
    lot = land(world)
    given = consent(world, **change)
    assert refused(services.record_consent, world.owner.acts(), lot, given, at=NOW) == reasons


def test_a_failed_round_is_listed_again(world: World):
    lot, _ = closed(world, bidders=2)
    at = ENDS
    with clock(at):
        services.settle(world.system(), lot, at=at)
        services.relist(world.agency.acts(), lot, FLOOR, "竞买人不足，再次公告", at=at)
    again = queries.auction(lot)
    assert (again.round, again.state) == (2, AuctionState.DRAFTED)
    assert again.first_announced_on == local_date(NOW)
    assert kinds(lot)[-1] == "round.begun" and agrees_first_round(lot)


def agrees_first_round(lot) -> bool:
    from ggzy.foundation.journal import queries as journal
    from ggzy.trading.auctions import rules

    return rules.fold(journal.facts(prefix=f"lot/{lot}")) == queries.standing(lot)


def test_only_a_failed_round_is_listed_again(world: World):
    lot = announced(world)
    found = refused(services.relist, world.agency.acts(), lot, FLOOR, "再来", at=NOW)
    assert found == ["not_failed"]


def test_a_suspended_lot_waits(world: World):
    lot = announced(world)
    order = Order("江州市自然资源局", "收到举报", "土地管理法 §67", local_date(NOW + DAY))
    project_services.suspend(world.supervisor.acts(), lot, order, at=NOW + MINUTE)
    assert refused(amend, world, lot) == ["suspended"]
    assert refused(admit, world, lot, world.bidders[0]) == ["suspended"]
