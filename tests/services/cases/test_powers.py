"""权责清单: every button of supervision stands on a row, what stands on none is refused, each use is entered."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ggzy.desk.management.commands import follow
from ggzy.foundation.identity import queries as identity
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.events import KINDS
from ggzy.kernel.roles import GRANTS, Permission, Role
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import services as alerts
from ggzy.oversight.cases import followers, queries
from ggzy.oversight.cases import services as cases
from ggzy.oversight.powers import queries as listing
from ggzy.oversight.powers import services as powers
from ggzy.oversight.powers.values import Power
from ggzy.trading.projects.values import Order
from tests.world import START, World

ORDER = Order("江州市住房和城乡建设局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 10))
# What a party or a citizen does by its own right, and what the platform does by itself.
RIGHTS = {
    *(("cases", name) for name in ("state", "file_complaint", "withdraw_complaint", "file_petition")),
    *(("cases", name) for name in ("correct_complaint", "file_reply", "reply_order", "key_for", "Sender")),
    *(
        ("alerts", name)
        for name in ("explain", "Trial", "batch", "hear", "look_again", "look_at_all", "settle", "tell")
    ),
    ("alerts", "report_contracts"),
}


def without(monkeypatch, what: str, name: str) -> None:
    """The list as it would be if no row carried this."""

    def bare(row: Power) -> Power:
        left: Any = tuple(one for one in getattr(row, what) if one != name)
        return replace(row, **{what: left})

    rows = tuple(bare(row) for row in listing.powers())
    monkeypatch.setattr(listing, "powers", lambda: rows)


def test_every_permission_of_a_supervisor_stands_on_a_row():
    listed = {permission for row in listing.powers() for permission in row.permissions}
    assert {p.value for p in GRANTS[Role.SUPERVISOR]} - listed == set()
    assert listed - {p.value for p in Permission} == set()


def test_every_command_of_supervision_stands_on_a_row_and_every_row_on_a_command():
    every = {("cases", name) for name in cases.__all__} | {("alerts", name) for name in alerts.__all__}
    every |= {("powers", "read_file")}
    assert every - RIGHTS == set(powers.ACTIONS)
    assert set(powers.ACTIONS.values()) == {action for row in listing.powers() for action in row.actions}


def test_every_fact_of_the_list_is_one_the_platform_tells():
    told = {kind for row in listing.powers() for kind in row.facts}
    assert told - KINDS.keys() == set() and told <= followers.FOLLOWERS.keys()
    assert all(set(row.against) <= set(row.facts) for row in listing.powers())


def test_every_row_says_basis_step_limit_forms_and_post():
    for row in listing.powers():
        assert row.kind_label and all(
            (row.item, row.authority, row.basis, row.step, row.limit, row.forms, row.post)
        )


def test_action_that_stands_on_no_row_is_refused(world: World, monkeypatch):
    lot = world.lot()
    without(monkeypatch, "actions", "brake.pull")
    with pytest.raises(Refused) as refused:
        cases.pull_brake(world.supervisor.acts(), lot, ORDER, at=START)
    assert [reason.code for reason in refused.value.reasons] == ["not_listed"]


def test_permission_that_stands_on_no_row_is_shut_everywhere_in_the_house(world: World, monkeypatch):
    without(monkeypatch, "permissions", "credit.ban")
    with pytest.raises(Forbidden, match="权责清单"):
        identity.permit(world.supervisor.acts(), Permission.CREDIT_BAN)
    identity.permit(world.supervisor.acts(), Permission.CREDIT_RECORD)
    identity.permit(world.operator.acts(), Permission.DOSSIER_READ)


def test_each_exercise_is_entered_with_its_step_basis_and_opinion(world: World):
    lot = world.lot()
    receipt = cases.pull_brake(world.supervisor.acts(), lot, ORDER, at=START)
    follow.follow({"cases": followers.FOLLOWERS})
    (one,) = queries.exercises(lot=lot)
    assert (one.power, one.kind, one.height) == ("S-10", "lot.suspended", receipt.height)
    assert (one.step, one.opinion, one.is_passed, one.is_public) == ("已登记", ORDER.reason, False, True)
    assert one.person == world.supervisor.name and one.authority == world.supervisor.organisation_name


def test_what_an_owner_does_is_no_exercise_of_a_power(world: World):
    lot = world.lot()
    services_order = replace(ORDER, review_on=None)
    from ggzy.trading.projects import services as projects

    projects.terminate(world.owner.acts(), lot, services_order, at=START)
    follow.follow({"cases": followers.FOLLOWERS})
    assert queries.exercises(lot=lot) == ()


def test_every_page_of_a_command_names_its_row():
    for action in powers.ACTIONS.values():
        assert listing.power_for(action) is not None, action
