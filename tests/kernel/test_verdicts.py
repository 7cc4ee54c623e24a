"""Verdicts, lifecycles, roles, plug-ins."""

from enum import StrEnum
from importlib import import_module

import pytest

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.lifecycle import Lifecycle
from ggzy.kernel.plugins import discover
from ggzy.kernel.roles import (
    GRANTS,
    INCOMPATIBLE,
    PERMISSION_NAMES,
    ROLE_NAMES,
    Permission,
    Role,
    are_incompatible,
)
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge

LATE = Reason("late", "投标截止时间已过", "招标投标法 §28")
POOR = Reason("deposit_missing", "投标保证金未到账", remedy="请在截止前从基本账户转出")


def test_every_reason_is_given_in_order():
    assert judge([(False, LATE), (True, Reason("x", "x")), (False, POOR)]).reasons == (LATE, POOR)
    assert judge([]).ok


def test_two_verdicts_merge_and_name_a_shared_reason_once():
    assert (Verdict((LATE,)) & Verdict((POOR, LATE))).reasons == (LATE, POOR)
    assert (Verdict() & Verdict()).ok


def test_a_refusal_carries_every_reason_with_its_article():
    with pytest.raises(Refused) as refusal:
        Verdict((LATE, POOR)).require()
    assert refusal.value.reasons == (LATE, POOR)
    assert str(refusal.value) == (
        "投标截止时间已过（依据：招标投标法 §28）；投标保证金未到账。请在截止前从基本账户转出"
    )
    Verdict().require()


@pytest.mark.parametrize("error", [Missing, Forbidden, Conflict])
def test_the_other_errors_speak_chinese_too(error):
    assert error().message
    assert error("原因").message == str(error("原因")) == "原因"


class Door(StrEnum):
    SHUT = "shut"
    OPEN = "open"


DOOR = Lifecycle(start=Door.SHUT, moves={(Door.SHUT, "open"): Door.OPEN}, names={Door.OPEN: "已打开"})


def test_a_move_leads_where_the_table_says():
    assert DOOR.after(Door.SHUT, "open") is Door.OPEN
    assert DOOR.may(Door.SHUT, "open") and not DOOR.may(Door.OPEN, "open")
    assert DOOR.moves_from(Door.SHUT) == ("open",)


def test_a_move_the_state_does_not_allow_is_a_conflict():
    with pytest.raises(Conflict, match="已打开"):
        DOOR.after(Door.OPEN, "open")


def test_a_state_no_move_reaches_is_refused_when_the_table_is_built():
    with pytest.raises(ValueError, match="open"):
        Lifecycle(start=Door.SHUT, moves={})


def test_every_role_and_permission_has_a_chinese_name_and_a_place():
    assert set(ROLE_NAMES) == set(Role) == set(GRANTS)
    assert set(PERMISSION_NAMES) == set(Permission)
    assert all(role.label for role in Role) and all(permission.label for permission in Permission)
    assert set().union(*GRANTS.values()) == set(Permission)
    assert len(set(PERMISSION_NAMES.values())) == len(Permission)


# A second person for whoever shall watch, and a share in the chance of a draw: neither touches a lot.
WITNESSES = {Permission.OFFICIAL_CONSENT, Permission.CHECK_COMMIT}


@pytest.mark.parametrize("reader", [Role.INSPECTOR, Role.AUDITOR])
def test_those_who_watch_change_nothing(reader):
    assert all(one.value.endswith((".read", ".export")) for one in GRANTS[reader] - WITNESSES)


def test_nobody_runs_and_watches_or_runs_and_competes_on_one_lot():
    for one, other in [
        (Role.OPERATOR, Role.SUPERVISOR),
        (Role.EXPERT, Role.BIDDER),
        (Role.OWNER, Role.BIDDER),
        (Role.AGENCY, Role.SUPERVISOR),
        (Role.CUSTODIAN, Role.BIDDER),
    ]:
        assert are_incompatible(one, other) and are_incompatible(other, one)
    assert not are_incompatible(Role.OWNER, Role.AGENCY)
    assert all(len(pair) == 2 for pair in INCOMPATIBLE)


def test_no_permission_approves():
    assert not any("approve" in permission.value for permission in Permission)


def test_an_actor_has_what_the_role_is_granted():
    clock = Actor.system("tick-1")
    assert clock.region == RegionCode.COUNTRY
    assert clock.has(Permission.TENDER_CLOSE) and not clock.has(Permission.AWARD_MAKE)


@pytest.mark.parametrize(
    "modules, error",
    [
        ({"b": "class METHOD:\n    code = 'b'\n", "a": "class METHOD:\n    code = 'a'\n"}, None),
        ({"a": "class METHOD:\n    code = 'a'\n", "c": "class METHOD:\n    code = 'a'\n"}, "repeats"),
        ({"a": ""}, "exports no"),
    ],
)
def test_the_folder_is_the_registry(tmp_path, monkeypatch, modules, error):
    name = f"variants_{error and error[:3]}"
    package = tmp_path / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    for module, text in modules.items():
        (package / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    if error is None:
        assert list(discover(name, "METHOD")) == ["a", "b"]
        assert list(discover(import_module(name), "METHOD")) == ["a", "b"]
    else:
        with pytest.raises(AssertionError, match=error):
            discover(name, "METHOD")
