"""市场禁入的关口 of a tender: each through its own command refuses whoever is under a ban.

Take a door's question away and its test here fails. Every refusal names the entry and the law.
"""

from datetime import timedelta

import pytest

from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering import services as tenders
from tests.services.credit.bans import ban, is_shut
from tests.services.tendering import hall as halls
from tests.services.tendering.hall import clock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_agency_announces_no_tender():
    people = halls.cast()
    hall = halls.prepared(people, halls.lot(people))
    entry = ban(people.agency.code, halls.ANNOUNCED - DAY, "agency_misconduct")
    with clock(halls.ANNOUNCED) as _:
        terms = halls.terms(people)
        assert is_shut(
            entry, tenders.announce, hall.agency, hall.code, terms, invitees=(), at=halls.ANNOUNCED
        )


def test_a_barred_party_submits_no_bid():
    hall = halls.announced()
    one = hall.people.firms[0]
    entry = ban(one.code, halls.ANNOUNCED)
    assert is_shut(entry, halls.submit, hall, one)


def test_only_who_may_come_is_called_to_bid():
    hall = halls.announced()
    one, other, *_ = hall.people.firms
    entry = ban(one.code, halls.ANNOUNCED)
    barred, free = (tendering.offers(who.anew(), hall.code, halls.BIDDING)[0] for who in (one, other))
    assert (barred.is_turn, free.is_turn, free.verdict.ok) == (False, True, True)
    assert entry in str(barred.verdict.reasons[0])


def test_a_barred_member_shuts_out_the_consortium():
    hall = halls.announced()
    leader, member, *_ = hall.people.firms
    entry = ban(member.code, halls.ANNOUNCED)
    assert is_shut(entry, halls.submit, hall, leader, members=(member.code,))


def test_a_bid_of_a_barred_party_is_read_out_with_the_ban():
    hall = halls.closed()
    halls.release_shares(hall)
    halls.release_keys(hall)
    halls.decrypt(hall)
    entry = ban(hall.people.firms[1].code, halls.DEADLINE)
    with clock(halls.DEADLINE + timedelta(minutes=5)):
        tenders.read_out(hall.agency, hall.code)
        tenders.conclude_opening(hall.agency, hall.code)
    notes = [bid.note for bid in tendering.opened_bids(hall.code)]
    assert entry in notes[1] and "§53" in notes[1] and not notes[0]
