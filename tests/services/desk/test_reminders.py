"""工作台上的来件和提醒: whoever is asked is told on the desk until the answer; a limit is told before it is broken."""

from datetime import timedelta

from ggzy.desk.boards import bidder, owner
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import end_of_day, local_date
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts import queries, services
from ggzy.trading.contracting.events import AwardLetterIssued, AwardMade
from ggzy.trading.tendering.values import Bidder
from tests.services.alerts.stage import second_wins, told
from tests.world import START, World, browser


def test_whoever_is_asked_is_told_on_the_desk_until_the_answer(world: World):
    row, firm = second_wins(world), world.bidders[0]
    at = journal.now()
    due = local_date(at) + timedelta(days=5)
    question = "请说明第一名为何未中标"
    services.ask(world.supervisor.acts(), row.code, firm.organisation, question, due, at=at)
    (one,) = bidder.build(firm.acts(), at).todo
    assert (one.lot_title, one.url, one.until) == (
        question,
        f"/desk/explanations/{row.code}/",
        end_of_day(due),
    )
    shown = browser(firm).get("/desk/").content.decode()
    assert question in shown and row.sentence not in shown
    assert bidder.build(world.bidders[1].acts(), at).todo == ()
    services.explain(firm.acts(), row.code, "第一名已书面放弃", at=at)
    assert bidder.build(firm.acts(), at).todo == ()


def test_a_limit_that_is_near_is_told_to_the_side_that_has_to_keep_it(world: World):
    lot, firm = world.lot(), world.bidders[0]
    winner = Bidder(firm.organisation, firm.organisation_name)
    made = AwardMade(lot=lot, round=1, rank=1, winner=winner, price=None, passed=(), notice="")
    letter = AwardLetterIssued(
        lot=lot,
        round=1,
        number="1",
        code="T1",
        digest="sha256:" + "0" * 64,
        winner=firm.organisation,
        told=(),
    )
    told(lot, made, letter)
    long_before, near = START + timedelta(days=20), START + timedelta(days=28)
    services.look_again(lot, long_before)
    assert "订立合同" not in _whats(world.owner, long_before)
    services.look_again(lot, near)
    (found,) = [one for one in queries.limits_near([lot], Role.OWNER, near) if one.indicator == "P10"]
    assert found.due is not None and near < found.due
    assert "订立合同" in _whats(world.owner, near) and "订立合同" in _whats(world.agency, near)
    assert queries.limits_near([lot], Role.SUPERVISOR, near) == ()
    assert queries.limits_near([lot], Role.OWNER, found.due) == ()


def _whats(player, at) -> str:
    return "\n".join(one.what for one in owner.build(player.acts(), at).todo)
