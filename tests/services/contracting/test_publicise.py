"""公示中标候选人: it works · each refusal · who may not · what is recorded · twice the same request."""

from datetime import datetime, time, timedelta

from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import queries, services
from ggzy.trading.contracting.values import AwardState
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections.values import Stage
from tests.services.contracting.table import DAY, Table, refusal


def test_candidates_are_shown_for_the_days_the_law_asks(table: Table):
    table.to_publicity()
    found = table.award()
    assert found.state is AwardState.PUBLICISED
    assert [runner.rank for runner in found.runners] == [1, 2, 3]
    assert local_date(found.publicity_until - timedelta(seconds=1)) == local_date(table.publicised + 3 * DAY)
    (notice,) = notices.notices(lot=table.lot, kinds=("candidates",))
    assert notice.id == found.notice
    window = objections.window(table.lot, Stage.RESULT)
    assert window is not None and window.closes == found.publicity_until
    assert window.parties == {runner.bidder.leader for runner in found.runners}
    assert table.is_folded()


def test_a_late_start_is_told_and_not_refused(table: Table):
    services.publicise(table.act("agency"), table.lot, at=table.reported + 20 * DAY)
    assert table.award().is_late


def test_the_reasons_are_named_in_their_order(table: Table):
    saturday = datetime.combine(local_date(table.publicised + DAY), time(18), BEIJING)
    short = refusal(services.publicise, table.act("agency"), table.lot, until=saturday, at=table.publicised)
    assert short == ["publicity_short", "publicity_ends_on_holiday"]
    table.to_publicity()
    twice = refusal(services.publicise, table.act("agency"), table.lot, until=saturday, at=table.publicised)
    assert twice == ["publicised", "publicity_short", "publicity_ends_on_holiday"]
    again = refusal(services.publicise, table.act("agency"), table.lot, at=table.awarded)
    assert again == ["publicised"]


def test_only_the_owners_side_publicises(table: Table):
    table.keeps_out(
        Permission.CANDIDATES_PUBLICISE,
        lambda actor: services.publicise(actor, table.lot, at=table.publicised),
        ("owner", "agency"),
    )
    assert queries.award(table.lot) is None


def test_the_fact_names_the_candidates_the_period_and_the_report(table: Table):
    table.to_publicity()
    fact, found = table.last(), table.award()
    assert (fact.kind, fact.audience) == ("candidates.publicised", "public")
    assert fact.subject == f"lot/{table.lot}/1/award"
    assert fact.event.runners == found.runners
    assert (fact.event.since, fact.event.until) == (table.publicised, found.publicity_until)
    assert fact.event.report and fact.event.notice == found.notice and not fact.event.is_late


def test_the_same_form_twice_is_one_publicity(table: Table):
    table.is_safe_twice("agency", lambda actor: services.publicise(actor, table.lot, at=table.publicised))
