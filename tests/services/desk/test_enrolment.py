"""登记 at the machine: an installation gets its organisations and people by ordinary commands, in the journal."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ggzy.desk.management.enrolment import INSTALLER
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as identity_services
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.experts import queries as experts
from ggzy.registers.parties import queries as parties

pytestmark = pytest.mark.django_db
REGION = RegionCode("980100")
CODE = CreditCode.make(authority="12", region=REGION, serial=771)
PASSWORD = "a quiet river in spring"
PARTY = {
    "--code": str(CODE), "--name": "江州市公共资源交易中心", "--region": "980100", "--role": "centre",
    "--representative": "王敏", "--address": "江州市公园路1号", "--phone": "0980-12345",
}  # fmt: skip
PERSON = {"--login": "wang", "--name": "王敏", "--role": "operator", "--region": "980100"}
EXPERT = {
    "--specialty": "A080101", "--employer": "江州市设计院", "--region": "980100", "--title": "副高级",
    "--years": "12", "--until": "2999-12-31",
}  # fmt: skip


def manage(verb: str, *words: str, options: dict[str, str] | None = None) -> str:
    said = io.StringIO()
    flags = [word for pair in (options or {}).items() for word in pair]
    call_command(verb, *words, *flags, stdout=said)
    return said.getvalue()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed when a password is asked for."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n" * 2))


@pytest.fixture
def centre() -> CreditCode:
    manage("register_party", "--pledged", options=PARTY)
    return CODE


@pytest.fixture
def operator(centre: CreditCode, typed: None) -> str:
    manage("register_person", options={**PERSON, "--organisation": str(centre)})
    return identity.serving(Role.OPERATOR)[0].person


def test_an_organisation_is_registered(centre: CreditCode) -> None:
    assert parties.name(centre) == "江州市公共资源交易中心"


def test_the_first_operator_may_sign_in_with_what_was_typed(operator: str) -> None:
    found = identity_services.authenticate("wang", PASSWORD, "here", datetime.now(UTC))
    assert found.id == operator
    (held,) = identity.memberships(operator)
    assert (held.role, held.organisation, held.region) == (Role.OPERATOR, CODE, REGION)


def test_the_journal_says_that_the_installer_did_it(operator: str) -> None:
    facts = [*journal.facts(subject=f"user/{operator}"), *journal.facts(subject=f"party/{CODE}")]
    assert len(facts) == 4
    assert {(fact.actor.person, fact.actor.role) for fact in facts} == {(INSTALLER, Role.SYSTEM)}


def test_a_password_never_reaches_the_journal(operator: str) -> None:
    assert all(PASSWORD not in repr(fact) for fact in journal.facts(prefix="user/"))


def test_a_lost_password_of_a_watcher_comes_back_at_the_machine_and_stays_out_of_the_journal(
    centre: CreditCode, typed: None
) -> None:
    manage("register_person", options={**PERSON, "--role": "auditor", "--organisation": str(centre)})
    person, at = identity.serving(Role.AUDITOR)[0].person, datetime.now(UTC)
    said = manage("reset_password", person, options={"--reason": "本人携证到场"})
    once = said.split("一次性口令：")[1][:24]
    assert identity.invited("wang", identity_services.once_hash(once), at) == identity.person(person)
    with pytest.raises(Refused):
        identity_services.authenticate("wang", PASSWORD, "here", at)
    kept = "".join(repr(fact) for fact in journal.facts(prefix="user/"))
    assert "本人携证到场" in kept and once not in kept and once.replace("-", "") not in kept


def test_one_person_may_get_a_second_membership_and_lose_it(operator: str) -> None:
    manage("grant_membership", operator, options={
        "--role": "custodian", "--organisation": str(CODE), "--region": "980100",
    })  # fmt: skip
    second = identity.serving(Role.CUSTODIAN)[0]
    assert f"{second.id}\t{operator}" in manage("members")
    manage("end_membership", str(second.id), options={"--reason": "调离"})
    assert not identity.serving(Role.CUSTODIAN)


def test_an_expert_enters_the_pool(typed: None) -> None:
    manage("register_person", options={**PERSON, "--role": "expert"})
    person = identity.serving(Role.EXPERT)[0].person
    manage("register_expert", person, options=EXPERT)
    found = experts.of_person(person)
    assert found is not None
    assert found.specialties == ("A080101",)


def test_a_certificate_is_bound(operator: str, tmp_path: Path) -> None:
    issued, _ = identity_services.demo_certificate("江州市公共资源交易中心", CODE, datetime.now(UTC))
    (tmp_path / "wang.pem").write_bytes(issued)
    manage("bind_certificate", operator, str(tmp_path / "wang.pem"))
    assert identity.certificates(datetime.now(UTC), person=operator)


@pytest.mark.parametrize(
    ("verb", "words", "options", "reason"),
    [
        ("register_party", (), PARTY, "信用承诺"),
        ("register_party", ("--pledged",), {**PARTY, "--role": "bidder"}, "基本账户"),
        ("register_party", ("--pledged",), {**PARTY, "--code": "12980100000000001X"}, "统一社会信用代码"),
        ("register_party", ("--pledged",), {**PARTY, "--region": "990000"}, "不在区划表中"),
        ("register_person", (), {**PERSON, "--organisation": str(CODE)}, "尚未登记"),
        ("register_person", (), PERSON, "须有所属单位"),
        ("register_person", (), {**PERSON, "--role": "system"}, "system"),
        ("grant_membership", ("nobody",), {"--role": "expert", "--region": "980100"}, "没有找到"),
        ("reset_password", ("nobody",), {"--reason": "本人到场"}, "没有找到"),
        ("end_membership", ("7000",), {"--reason": "调离"}, "没有找到"),
        ("register_expert", ("nobody",), EXPERT, "没有找到"),
        ("bind_certificate", ("nobody", "/nowhere.pem"), {}, "读不了"),
    ],
)
def test_it_is_refused_in_words(
    typed: None, verb: str, words: tuple[str, ...], options: dict[str, str], reason: str
) -> None:
    before = journal.head()
    with pytest.raises(CommandError, match=reason):
        manage(verb, *words, options=options)
    assert journal.head() == before


def test_a_weak_password_is_refused(centre: CreditCode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="不足 15 个字符"):
        manage("register_person", options={**PERSON, "--organisation": str(centre)})


def test_a_person_without_the_membership_is_not_left_behind(typed: None) -> None:
    with pytest.raises(CommandError, match="须有所属单位"):
        manage("register_person", options=PERSON)
    manage("register_person", options={**PERSON, "--role": "expert"})


def test_an_authority_is_registered_with_its_branches_and_given_others():
    options = {**PARTY, "--role": "authority", "--branch": "housing"}
    manage("register_party", "--pledged", options=options)
    assert parties.party(CODE).branches == ("housing",)
    said = manage("give_branches", "--code", str(CODE), "--branch", "water", "--branch", "land")
    assert "水利部门、自然资源部门" in said and parties.party(CODE).branches == ("water", "land")
    assert "综合监管" in manage("give_branches", "--code", str(CODE))
