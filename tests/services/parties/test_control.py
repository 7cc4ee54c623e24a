"""Who stands above a party, as the register knows it: through several levels, and through rings."""

from dataclasses import replace

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.money import Rate
from ggzy.registers.parties import queries, services
from ggzy.registers.parties.values import Holding
from tests.services.parties.form import FORM

pytestmark = pytest.mark.django_db


def code(serial: int) -> CreditCode:
    return CreditCode.make(region=RegionCode("980100"), serial=serial)


def register(serial: int, *holders: tuple[str, int | None]) -> CreditCode:
    """A party of one holder or several, each by name and, where it has one, serial."""
    name = f"云岭{serial}号建设有限公司"
    account = replace(FORM.basic_account, name=name) if FORM.basic_account else None
    held = tuple(Holding(who, Rate.percent(60), code(number) if number else None) for who, number in holders)
    form = replace(FORM, code=code(serial), name=name, basic_account=account, holdings=held)
    services.register(Actor.system(f"register-{serial}"), form, at=journal.now())
    return code(serial)


def test_holders_are_found_through_levels_and_kept():
    one, two = register(901, ("二号", 902)), register(902, ("王敏", None))
    assert queries.party(one).holdings == (Holding("二号", Rate.percent(60), two),)
    assert queries.above([one, two]) == {one: (str(two), "王敏"), two: ("王敏",)}


def test_a_ring_comes_to_an_end(django_assert_max_num_queries):
    ring = [register(910 + place, ("下一家", 910 + (place + 1) % 5)) for place in range(5)]
    with django_assert_max_num_queries(12):
        found = queries.above(ring[:1])
    assert set(found[ring[0]]) == {str(one) for one in ring[1:]}


def test_a_holder_nobody_registered_ends_the_chain():
    one = register(920, ("外地公司", 999))
    assert queries.above([one]) == {one: (str(code(999)),)}
