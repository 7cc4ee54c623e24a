"""Recording and repairing, banning and lifting."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries, rules, services
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord, RecordKind
from ggzy.registers.parties import services as party_services
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole

pytestmark = pytest.mark.django_db

CITY = RegionCode("980100")
AUTHORITY = CreditCode.make(authority="11", region=CITY, serial=1)
PARTY = CreditCode.make(region=CITY, serial=7)
OTHER = CreditCode.make(region=CITY, serial=8)


def supervisor(request: str, role: Role = Role.SUPERVISOR) -> Actor:
    return Actor("p-sup", AUTHORITY, role, CITY, request)


@pytest.fixture(autouse=True)
def _registered() -> None:
    for number, code in enumerate((PARTY, OTHER)):
        name = f"江州第{number + 1}建设有限公司"
        form = PartyForm(
            code=code,
            name=name,
            kind=PartyKind.LEGAL,
            region=CITY,
            roles=(PartyRole.BIDDER,),
            representative="张三",
            address="云岭省江州市望江区一路1号",
            phone="0999-1234567",
            basic_account=BankAccount(name, "江州银行望江支行", f"62220000000000{number:02d}"),
            licence_until=date(2099, 1, 1),
            is_pledged=True,
        )
        party_services.register(
            Actor(f"p-{number}", code, Role.BIDDER, CITY, f"reg-{number}"), form, at=journal.now()
        )


def today() -> date:
    return local_date(journal.now())


def decision(document: str = "云建罚〔2026〕7号", days_ago: int = 0) -> Decision:
    return Decision("云岭省住房和城乡建设厅", document, "招标投标法 §53", today() - timedelta(days=days_ago))


def record(request: str = "rec", **change: Any) -> str:
    plain = NewRecord(PARTY, RecordKind.PENALTY, "串通投标", "罚款", decision(), Gravity.GENERAL)
    new = replace(plain, **change)
    services.record(supervisor(request), new, at=journal.now())
    return queries.records_of(new.party)[0].code


def ban(request: str = "ban", **change: Any) -> str:
    start = today()
    new = replace(NewBan(PARTY, "collusion", start, rules.add_months(start, 12), decision()), **change)
    services.ban(supervisor(request), new, at=journal.now())
    return queries.bans_of(new.party)[0].code


def test_a_record_is_kept_shown_and_journalled() -> None:
    code = record()
    assert code == f"{PARTY}-R001"
    assert [facts.code for facts in queries.shown(journal.now())] == [code]
    assert queries.shown_count(journal.now(), words="第1建设") == 1
    assert queries.shown_count(journal.now(), words="第2建设") == 0
    assert queries.shown_count(journal.now(), kind=RecordKind.REWARD) == 0
    (fact,) = journal.facts(subject=f"party/{PARTY}/credit")
    assert (fact.kind, fact.event.code, fact.audience.value) == ("credit.recorded", code, "public")


def test_a_minor_record_is_kept_and_not_published() -> None:
    record(gravity=Gravity.MINOR)
    assert queries.shown(journal.now()) == ()
    assert len(queries.records_of(PARTY)) == 1
    (fact,) = journal.facts(subject=f"party/{PARTY}/credit")
    assert (fact.kind, fact.audience.value) == ("credit.noted", "restricted")


def test_a_record_leaves_the_page_when_its_term_ends() -> None:
    facts = queries.record(record())
    assert facts.shown_until == rules.add_months(today(), 12)
    assert queries.shown_count(journal.now() + timedelta(days=364)) == 1
    assert queries.shown_count(journal.now() + timedelta(days=367)) == 0


def test_the_same_decision_is_recorded_once() -> None:
    record()
    with pytest.raises(Refused) as refusal:
        record("again")
    assert [reason.code for reason in refusal.value.reasons] == ["already_recorded"]
    record("other", decision=decision("云建罚〔2026〕8号"))
    assert {facts.code for facts in queries.records_of(PARTY)} == {f"{PARTY}-R001", f"{PARTY}-R002"}


def test_a_repeated_form_is_one_record_and_a_changed_one_a_conflict() -> None:
    new = NewRecord(PARTY, RecordKind.REWARD, "优质工程", "省级奖项", decision())
    first = services.record(supervisor("same"), new, at=journal.now())
    assert services.record(supervisor("same"), new, at=journal.now()).height == first.height
    with pytest.raises(Conflict):
        services.record(supervisor("same"), replace(new, title="别的"), at=journal.now())


def test_a_repaired_record_is_no_longer_shown() -> None:
    code = record(decision=decision(days_ago=120))
    services.repair(supervisor("repair"), code, decision("云信修〔2026〕1号"), "义务已履行", at=journal.now())
    assert queries.shown(journal.now()) == ()
    assert queries.record(code).repaired_on == today()


def test_a_record_is_not_repaired_before_its_minimum_term() -> None:
    code = record()
    with pytest.raises(Refused, match="最早"):
        services.repair(supervisor("repair"), code, decision("云信修〔2026〕1号"), "已履行", at=journal.now())
    assert queries.record(code).repaired_on is None


def test_a_banned_party_is_banned_until_the_end_of_the_last_day() -> None:
    code = ban()
    found = queries.is_banned(PARTY, journal.now())
    assert found is not None and found.code == code
    assert "禁止参加依法必须招标的项目" in found.reason
    assert queries.is_banned(OTHER, journal.now()) is None
    assert queries.is_banned(PARTY, journal.now(), must_tender=False) is None
    assert queries.is_banned(PARTY, found.period.end - timedelta(microseconds=1)) is not None
    assert queries.is_banned(PARTY, found.period.end) is None
    assert set(queries.bans((PARTY, OTHER), journal.now())) == {PARTY}
    assert [each.code for each in queries.bans_in_force(journal.now(), words=str(PARTY))] == [code]
    assert queries.bans_in_force(journal.now(), words="没有这家") == ()


def test_of_several_bans_the_one_that_ends_last_is_told() -> None:
    ban()
    start = today()
    ban("ban2", end=rules.add_months(start, 24), decision=decision("云建罚〔2026〕9号"))
    found = queries.is_banned(PARTY, journal.now())
    assert found is not None and (found.code, found.end) == (f"{PARTY}-B002", rules.add_months(start, 24))


def test_a_lifted_ban_holds_no_longer() -> None:
    code = ban()
    services.lift(supervisor("lift"), code, decision("云建撤〔2026〕1号"), "行政复议撤销", at=journal.now())
    assert queries.is_banned(PARTY, journal.now()) is None
    assert queries.ban(code).lifted_at is not None
    with pytest.raises(Refused, match="已经解除"):
        services.lift(supervisor("lift2"), code, decision("云建撤〔2026〕2号"), "再次", at=journal.now())


def test_a_ban_of_unlawful_length_leaves_nothing_behind() -> None:
    with pytest.raises(Refused, match="1年至2年"):
        ban(end=today() + timedelta(days=30))
    assert queries.bans_of(PARTY) == ()
    assert list(journal.facts(subject=f"party/{PARTY}/credit")) == []


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.SUPERVISOR], ids=lambda role: role.value
)
def test_nobody_but_a_supervisor_marks_a_party(role: Role) -> None:
    actor = supervisor("no", role)
    new = NewRecord(PARTY, RecordKind.PENALTY, "串通投标", "罚款", decision(), Gravity.GENERAL)
    sanction = NewBan(PARTY, "collusion", today(), rules.add_months(today(), 12), decision())
    for attempt in (
        lambda: services.record(actor, new, at=journal.now()),
        lambda: services.ban(actor, sanction, at=journal.now()),
        lambda: services.repair(actor, "x", decision(), "x", at=journal.now()),
        lambda: services.lift(actor, "x", decision(), "x", at=journal.now()),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_what_is_not_there_is_missing() -> None:
    with pytest.raises(Missing):
        services.repair(supervisor("m1"), "none", decision(), "x", at=journal.now())
    with pytest.raises(Missing):
        services.lift(supervisor("m2"), "none", decision(), "x", at=journal.now())
    for read in (queries.record, queries.ban):
        with pytest.raises(Missing):
            read("none")


def test_rows_and_facts_say_the_same() -> None:
    code = ban()
    record()
    services.lift(supervisor("lift"), code, decision("云建撤〔2026〕1号"), "撤销", at=journal.now())
    assert rules.fold(journal.facts(subject=f"party/{PARTY}/credit")) == queries.standing(PARTY) != {}
    assert queries.standing(OTHER) == {}
