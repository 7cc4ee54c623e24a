"""同一人递交: the journal says who handed a bid in, and one hand behind two bidders is an alert after the close."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.oversight.alerts.models import Alert
from ggzy.trading.dossier import queries as dossiers
from tests.services.alerts.stage import passed_on
from tests.services.tendering import hall

pytestmark = pytest.mark.django_db


def test_one_person_who_hands_in_two_bids_is_told_once_bidding_is_closed():
    people = hall.cast()
    first, second, third = people.firms[:3]
    helped = replace(second, actor=replace(second.actor, person=first.actor.person))
    here = hall.announced(people)
    for number, firm in enumerate((first, helped, third)):
        at = hall.BIDDING + timedelta(minutes=40 * number)
        hall.submit(here, firm, at, price=str(19_000_000 + 10_000 * number**2))
    passed_on(here.code)
    assert not Alert.objects.filter(lot=here.code, indicator="D02").exists()
    hall.close(here)
    passed_on(here.code)
    found = Alert.objects.get(lot=here.code, indicator="D02")
    assert sorted(found.parties.values_list("party", flat=True)) == sorted(
        (str(first.code), str(second.code))
    )
    record = dossiers.record(here.code)
    assert record is not None and [bid.by == first.actor.person for bid in record.bids] == [True, True, False]
