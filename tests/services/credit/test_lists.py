"""名单: proposed, told, heard, decided, published, ended; and what it shuts out of meanwhile."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries, services, timers
from ggzy.registers.credit.values import ListState, NewListing
from tests.services.credit.cast import CITY, OTHER, PARTY, decision, firm, is_folded, register, supervisor

pytestmark = pytest.mark.django_db
STRANGER = CreditCode.make(region=CITY, serial=99)
NEW = NewListing(PARTY, "江州第一建设有限公司", "procurement", "提供虚假材料谋取成交")


@pytest.fixture(autouse=True)
def _registered() -> None:
    register(PARTY, "江州第一建设有限公司")
    register(OTHER, "江州第二建设有限公司")


def proposed(new: NewListing = NEW) -> str:
    services.propose(supervisor(), new, at=journal.now())
    return queries.listings_of(new.party)[0].code


def noticed(new: NewListing = NEW) -> str:
    code = proposed(new)
    services.notify(supervisor(), code, at=journal.now())
    return code


def published(new: NewListing = NEW, days_ago: int = 0) -> str:
    code = noticed(new)
    services.plead(firm(new.party), code, "情况属实，愿意整改", at=journal.now())
    services.decide(supervisor(), code, decision(days_ago=days_ago), "不影响定性", at=journal.now())
    services.publish(supervisor(), code, at=journal.now())
    return code


def test_an_entry_goes_its_way_and_bars_from_the_moment_it_is_published() -> None:
    code = noticed()
    entry = queries.listing(code)
    assert entry.state is ListState.NOTICED and entry.hear_until is not None
    assert queries.is_banned(PARTY, journal.now()) is None
    services.plead(firm(), code, "情况属实，愿意整改", at=journal.now())
    services.decide(supervisor(), code, decision(), "不影响定性", at=journal.now())
    assert queries.is_banned(PARTY, journal.now()) is None
    services.publish(supervisor(), code, at=journal.now())
    ban = queries.is_banned(PARTY, journal.now())
    assert ban is not None and ban.code == code and "政府采购法 §22" in ban.reason
    assert [one.code for one in queries.listings_in_force(journal.now())] == [code]
    assert queries.is_banned(PARTY, journal.now(), category="construction") is None
    assert is_folded()


def test_what_is_not_published_is_told_to_nobody() -> None:
    noticed()
    told = list(journal.facts(subject=f"party/{PARTY}/credit"))
    assert {fact.audience.value for fact in told} == {"restricted"}
    assert queries.listings_in_force(journal.now()) == ()


def test_nobody_is_listed_before_its_hearing_is_over() -> None:
    code = noticed()
    with pytest.raises(Refused, match="陈述申辩期还没有届满"):
        services.decide(supervisor(), code, decision(), at=journal.now())
    later = journal.now() + timedelta(days=20)
    services.decide(supervisor(), code, decision(), at=later)
    with pytest.raises(Refused):
        services.plead(firm(), code, "太晚了", at=later)
    assert queries.listing(code).state is ListState.DECIDED


def test_the_same_list_names_a_party_once() -> None:
    proposed()
    with pytest.raises(Refused, match="已有办理中"):
        proposed()
    proposed(NewListing(PARTY, "江州第一建设有限公司", "wages", "拖欠工资"))
    assert len(queries.listings_of(PARTY)) == 2


def test_a_party_not_registered_here_is_barred_when_it_comes() -> None:
    new = NewListing(STRANGER, "外省某公司", "judgment", "有履行能力而拒不履行")
    code = proposed(new)
    services.notify(supervisor(), code, at=journal.now())
    services.decide(supervisor(), code, decision(), at=journal.now() + timedelta(days=30))
    services.publish(supervisor(), code, at=journal.now())
    ban = queries.is_banned(STRANGER, journal.now(), must_tender=False, category="land")
    assert ban is not None and ban.name == "外省某公司"
    assert is_folded(STRANGER)


def test_an_entry_expires_with_its_last_day() -> None:
    code = published()
    entry = queries.listing(code)
    assert entry.end is not None
    end = journal.now() + timedelta(days=3 * 366 + 5)
    assert queries.is_banned(PARTY, end) is None and queries.listings_in_force(end) == ()
    for act in timers.due(end):
        act()
    assert queries.listing(code).state is ListState.EXPIRED
    assert list(timers.due(end)) == []
    assert is_folded()


def test_an_entry_leaves_every_door_when_it_is_withdrawn() -> None:
    code = published()
    services.withdraw_listing(supervisor(), code, "原决定被行政复议撤销", "云复〔2026〕3号", at=journal.now())
    assert queries.is_banned(PARTY, journal.now()) is None
    assert queries.listing(code).state is ListState.WITHDRAWN
    (fact,) = journal.facts(subject=f"party/{PARTY}/credit", kinds=["listing.ended"])
    assert (fact.event.how, fact.event.document) == (ListState.WITHDRAWN, "云复〔2026〕3号")
    with pytest.raises(Refused):
        services.withdraw_listing(supervisor(), code, "再撤销一次", at=journal.now())
    assert is_folded()


def test_a_proposal_that_is_dropped_was_never_public() -> None:
    code = proposed()
    services.withdraw_listing(supervisor(), code, "不足以列入", at=journal.now())
    (fact,) = journal.facts(subject=f"party/{PARTY}/credit", kinds=["listing.dropped"])
    assert fact.audience.value == "restricted" and is_folded()


def test_an_entry_is_repaired_after_its_year() -> None:
    code = published(days_ago=100)
    with pytest.raises(Refused, match="最早"):
        services.repair_listing(supervisor(), code, decision("云修〔2026〕1号"), "已整改", at=journal.now())
    later = journal.now() + timedelta(days=300)
    services.repair_listing(supervisor(), code, decision("云修〔2026〕1号"), "已整改", at=later)
    assert queries.is_banned(PARTY, later) is None and is_folded()


def test_who_may_not() -> None:
    code = noticed()
    for role in (Role.OPERATOR, Role.BIDDER, Role.AUDITOR, Role.OWNER):
        with pytest.raises(Forbidden):
            services.publish(supervisor(role), code, at=journal.now())
    with pytest.raises(Missing):
        services.plead(firm(OTHER), code, "不是我", at=journal.now())
    with pytest.raises(Forbidden):
        services.plead(supervisor(), code, "代为申辩", at=journal.now())
    with pytest.raises(Missing):
        services.publish(supervisor(), "没有", at=journal.now())
    with pytest.raises(Conflict):
        services.notify(supervisor(), code, at=journal.now())
