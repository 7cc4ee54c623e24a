"""主体登记条件: one row per reason, in the order the reasons are listed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.money import Rate
from ggzy.registers.parties import rules
from ggzy.registers.parties.values import (
    BankAccount,
    Bearer,
    Holding,
    PartyFacts,
    PartyForm,
    PartyKind,
    PartyRole,
)

TODAY = date(2026, 3, 2)
ACCOUNT = BankAccount("云岭甲建设有限公司", "云岭银行", "6222000011112222")
FORM = PartyForm(
    code=CreditCode.make(region=RegionCode("980100"), serial=1),
    name="云岭甲建设有限公司",
    kind=PartyKind.LEGAL,
    region=RegionCode("980100"),
    roles=(PartyRole.BIDDER,),
    representative="周岚",
    address="江州市公园路1号",
    phone="0980-12345",
    basic_account=ACCOUNT,
    is_pledged=True,
)


def test_a_complete_form_is_registered():
    assert rules.may_register(FORM, False, TODAY).ok


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"name": "甲", "basic_account": replace(ACCOUNT, name="甲")}, "name_missing"),
        ({"name": "云" * 2001, "basic_account": replace(ACCOUNT, name="云" * 2001)}, "name_long"),
        ({"roles": (), "basic_account": None}, "role_missing"),
        ({"representative": " "}, "representative_missing"),
        ({"address": ""}, "address_missing"),
        ({"phone": "打给我"}, "phone_wrong"),
        ({"licence_until": date(2026, 3, 1)}, "licence_expired"),
        ({"basic_account": None}, "account_missing"),
        ({"basic_account": replace(ACCOUNT, name="别人")}, "account_name"),
        ({"basic_account": replace(ACCOUNT, number="12-34")}, "account_number"),
        ({"is_pledged": False}, "pledge_missing"),
    ],
)
def test_registration_is_refused(change, reason):
    verdict = rules.may_register(replace(FORM, **change), False, TODAY)
    assert [r.code for r in verdict.reasons] == [reason]


def test_a_code_is_registered_once():
    assert [r.code for r in rules.may_register(FORM, True, TODAY).reasons] == ["known"]


def test_every_reason_is_told_at_once():
    empty = replace(FORM, name="", representative="", address="", basic_account=None, is_pledged=False)
    assert len(rules.may_register(empty, False, TODAY).reasons) == 5


def test_a_consortium_name_of_a_thousand_characters_is_fine():
    name = "云岭甲建设有限公司、" * 110
    form = replace(FORM, name=name, basic_account=replace(ACCOUNT, name=name))
    assert rules.may_register(form, False, TODAY).ok


def holds(*shares: tuple[str, str]) -> tuple[Holding, ...]:
    return tuple(Holding(name, Rate.percent(share)) for name, share in shares)


@pytest.mark.parametrize(
    "held, expected",
    [
        ({}, ()),
        ({"a": holds(("b", "50"))}, ("b",)),
        ({"a": holds(("b", "49.99"), ("c", "50.01"))}, ("c",)),
        ({"a": holds(("b", "60")), "b": holds(("c", "100"))}, ("b", "c")),
        ({"a": holds(("b", "60")), "b": holds(("a", "60"))}, ("b",)),
        ({"a": holds(("b", "60")), "b": holds(("c", "60")), "c": holds(("b", "60"))}, ("b", "c")),
        ({"a": holds(("a", "100"))}, ()),
    ],
)
def test_who_stands_above_is_found_and_rings_end(held, expected):
    assert rules.above("a", held) == expected


def test_no_more_than_the_whole_can_be_held():
    verdict = rules.is_complete(replace(FORM, holdings=holds(("甲", "60"), ("乙", "40.01"))), TODAY)
    assert [reason.code for reason in verdict.reasons] == ["holdings_sum"]
    assert rules.is_complete(replace(FORM, holdings=holds(("甲", "60"), ("乙", "40"))), TODAY).ok


NAMED = PartyFacts(
    FORM.code,
    FORM.name,
    FORM.kind,
    FORM.region,
    FORM.roles,
    datetime(2026, 3, 2, tzinfo=UTC),
    representative="周岚",
)
ELSEWHERE = CreditCode.make(region=RegionCode("980100"), serial=2)


@pytest.mark.parametrize(
    "bearer, line",
    [
        (Bearer("周岚", "某局的工作人员", ELSEWHERE), "法定代表人周岚与某局的工作人员同名"),
        (Bearer(" 周岚 ", "您本人"), "法定代表人周岚与您本人同名"),
        (Bearer("周岚", "某公司的法定代表人", ELSEWHERE, "某公司已被禁入"), "同名，某公司已被禁入"),
        (Bearer("周岚", "云岭甲建设有限公司的工作人员", FORM.code), ""),  # its own people are no news
        (Bearer("周兰", "某局的工作人员", ELSEWHERE), ""),
    ],
)
def test_a_namesake_is_told_once_with_where_it_is(bearer, line):
    found = rules.alike(NAMED, [bearer, bearer])
    assert len(found) == bool(line) and all(line in one for one in found)


def test_nobody_is_a_namesake_of_an_unnamed_party():
    assert rules.alike(replace(NAMED, representative=" "), [Bearer("", "某局的工作人员")]) == ()


@pytest.mark.parametrize(
    "roles, branches, reasons",
    [
        ((PartyRole.BIDDER,), (), []),
        ((PartyRole.AUTHORITY,), (), []),
        ((PartyRole.OWNER, PartyRole.AUTHORITY), ("housing", "water"), []),
        ((PartyRole.OWNER,), ("housing",), ["branches_role"]),
        ((PartyRole.AUTHORITY,), ("housing", "trains"), ["branches_unknown"]),
        ((PartyRole.AUTHORITY,), ("water", "water"), ["branches_unknown"]),
        ((PartyRole.CENTRE,), ("trains",), ["branches_role", "branches_unknown"]),
    ],
)
def test_only_an_authority_has_branches_and_only_known_ones(roles, branches, reasons):
    verdict = rules.may_supervise(roles, branches, {"housing", "water"})
    assert [reason.code for reason in verdict.reasons] == reasons
