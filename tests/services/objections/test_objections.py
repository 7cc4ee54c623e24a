"""异议: raised, answered, withdrawn · refusals · who may not · what is recorded · twice the same request."""

from datetime import datetime, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.objections import access, queries, rules, services
from ggzy.trading.objections.values import ObjectionState, Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Phase
from tests.world import START, World, clock

DAY = timedelta(days=1)
# Friday, 26 June 2026, 9:00 in Beijing; the last day to object to the document is the 16th.
DEADLINE = START + 25 * DAY


@pytest.fixture
def lot(world: World) -> LotCode:
    """A contested lot whose document may be objected to."""
    code = world.lot()
    project_services.advance(code, Phase.CONTESTED, START)
    services.open_window(code, Stage.DOCUMENT, opens=START, closes=DEADLINE, at=START)
    return code


def raised(world: World, lot: LotCode, stage: Stage = Stage.DOCUMENT, at: datetime = START + DAY) -> str:
    with clock(at):
        services.raise_objection(world.bidders[0].acts(), lot, stage, "业绩要求过高")
    return queries.objections_by(lot, world.bidders[0].organisation)[-1].id


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def same(lot: LotCode) -> bool:
    return rules.fold(journal.facts(subject=f"lot/{lot}")) == queries.standing(lot)


def test_question_on_the_document_stops_the_clock_until_it_is_answered(world: World, lot: LotCode):
    id = raised(world, lot)
    standing = projects.lot(lot).standing
    assert standing is not None and standing.causes == ("objection-1",)
    assert queries.open_objections(lot, stage=Stage.DOCUMENT) and same(lot)
    services.answer(world.agency.acts(), id, "业绩要求与规模相适应", False, at=START + 3 * DAY)
    assert projects.lot(lot).standing is None and same(lot)
    moved = projects.effective(lot, DEADLINE, START, START + 9 * DAY)
    assert timedelta(0) <= DEADLINE + 2 * DAY - moved < timedelta(minutes=1)
    found = queries.objection(id)
    assert (found.state, found.upheld, found.is_late) == (ObjectionState.ANSWERED, False, False)
    assert queries.open_objections(lot) == ()


def test_objector_is_named_to_nobody_before_the_deadline(world: World, lot: LotCode):
    raised(world, lot)
    with clock(START + 2 * DAY):
        for player in (world.owner, world.agency, world.supervisor, world.operator):
            (seen,) = access.objections_seen(player.acts(), lot)
            assert seen.raised_by is None and seen.text == "业绩要求过高"
        assert queries.open_objections(lot)[0].raised_by is None
        assert access.objections_seen(world.bidders[1].acts(), lot) == ()
    services.answer(world.agency.acts(), f"{lot}-Y001", "维持", False, at=START + 3 * DAY)
    with clock(DEADLINE + 3 * DAY):
        assert access.objections_seen(world.owner.acts(), lot)[0].raised_by == world.bidders[0].organisation


def test_identity_is_sealed_and_the_pause_names_no_one(world: World, lot: LotCode):
    raised(world, lot)
    facts = {fact.kind: fact for fact in journal.facts(subject=f"lot/{lot}")}
    assert facts["objection.raised"].audience == "sealed"
    assert facts["clock.paused"].audience == "public"
    assert world.bidders[0].organisation not in repr(facts["clock.paused"].event)


@pytest.mark.parametrize(
    "at, stage, text, expected",
    [
        (START + 15 * DAY, Stage.DOCUMENT, "文字", []),
        (START + 16 * DAY, Stage.DOCUMENT, "文字", ["too_late"]),
        (START + DAY, Stage.OPENING, "文字", ["not_open"]),
        (START + DAY, Stage.RESULT, "文字", ["not_open"]),
        (START + DAY, Stage.DOCUMENT, "", ["text_missing"]),
        (START + DAY, Stage.DOCUMENT, "长" * 5001, ["text_too_long"]),
    ],
)
def test_objection_in_time_is_received(world: World, lot: LotCode, at, stage, text, expected):
    head = journal.head()
    with clock(at):
        if not expected:
            services.raise_objection(world.bidders[0].acts(), lot, stage, text)
            return
        with pytest.raises(Refused) as refused:
            services.raise_objection(world.bidders[0].acts(), lot, stage, text)
    assert codes(refused) == expected and journal.head() == head


def test_last_day_moves_with_the_deadline(world: World, lot: LotCode):
    services.open_window(lot, Stage.DOCUMENT, opens=START, closes=DEADLINE + 7 * DAY, at=START + DAY)
    assert raised(world, lot, at=START + 22 * DAY)


def test_result_is_objected_to_only_by_those_who_bid_and_only_in_time(world: World, lot: LotCode):
    parties = [world.bidders[0].organisation, world.bidders[1].organisation]
    services.open_window(lot, Stage.RESULT, opens=START, closes=START + 3 * DAY, parties=parties, at=START)
    raised(world, lot, Stage.RESULT)
    assert projects.lot(lot).standing is None
    with clock(START + DAY), pytest.raises(Refused) as refused:
        services.raise_objection(world.bidders[4].acts(), lot, Stage.RESULT, "文字")
    assert codes(refused) == ["no_standing"]
    with clock(START + 3 * DAY), pytest.raises(Refused) as refused:
        services.raise_objection(world.bidders[1].acts(), lot, Stage.RESULT, "文字")
    assert codes(refused) == ["too_late"]


def test_opening_is_objected_to_on_the_spot(world: World, lot: LotCode):
    parties = [world.bidders[0].organisation]
    services.open_window(lot, Stage.OPENING, opens=START, closes=START + DAY, parties=parties, at=START)
    id = raised(world, lot, Stage.OPENING, at=START + timedelta(hours=1))
    assert f"{queries.objection(id).due_on:%m-%d}" == "06-01"
    services.close_window(lot, Stage.OPENING, START + timedelta(hours=2))
    with clock(START + timedelta(hours=3)), pytest.raises(Refused) as refused:
        services.raise_objection(world.bidders[0].acts(), lot, Stage.OPENING, "文字")
    assert codes(refused) == ["too_late"] and same(lot)


def test_late_answer_is_taken_and_shown_as_late(world: World, lot: LotCode):
    id = raised(world, lot)
    services.answer(world.owner.acts(), id, "迟到的答复", True, at=START + 9 * DAY)
    found = queries.objection(id)
    assert found.is_late and found.upheld and same(lot)
    assert list(journal.facts(subject=f"lot/{lot}"))[-1].event.is_late


def test_objection_is_answered_once(world: World, lot: LotCode):
    id = raised(world, lot)
    services.answer(world.agency.acts(), id, "答复", False, at=START + 2 * DAY)
    with pytest.raises(Refused) as refused:
        services.answer(world.agency.acts(), id, "再答复", False, at=START + 2 * DAY)
    assert codes(refused) == ["not_pending"]


def test_objector_withdraws_and_the_clock_runs_on(world: World, lot: LotCode):
    id = raised(world, lot)
    with pytest.raises(Missing):
        services.withdraw_objection(world.bidders[1].acts(), id, at=START + 2 * DAY)
    services.withdraw_objection(world.bidders[0].acts(), id, at=START + 2 * DAY)
    assert projects.lot(lot).standing is None and same(lot)
    with pytest.raises(Conflict):
        services.withdraw_objection(world.bidders[0].acts(), id, at=START + 2 * DAY)


def test_who_may_not(world: World, lot: LotCode):
    id = raised(world, lot)
    with pytest.raises(Missing):
        services.answer(world.other_owner.acts(), id, "答复", False, at=START + 2 * DAY)
    for player in (world.bidders[0], world.supervisor, world.operator):
        with pytest.raises(Forbidden):
            services.answer(player.acts(), id, "答复", False, at=START + 2 * DAY)
    for player in (world.owner, world.experts[0]):
        with pytest.raises(Forbidden):
            services.raise_objection(player.acts(), lot, Stage.DOCUMENT, "文字")
    with pytest.raises(Missing):
        access.objections_seen(world.other_owner.acts(), lot)


def test_same_form_twice_is_one_objection(world: World, lot: LotCode):
    actor = world.bidders[0].acts("objection-form")
    with clock(START + DAY):
        first = services.raise_objection(actor, lot, Stage.DOCUMENT, "文字")
        assert services.raise_objection(actor, lot, Stage.DOCUMENT, "文字").height == first.height
    assert len(queries.objections(lot)) == 1
    with clock(START + DAY), pytest.raises(Conflict):
        services.raise_objection(actor, lot, Stage.DOCUMENT, "另一段文字")


def test_offers_say_whose_turn_it_is(world: World, lot: LotCode):
    with clock(START + DAY):
        (offer,) = queries.offers(world.bidders[0].acts(), lot, START + DAY)
        assert offer.verdict.ok and offer.until is not None
        (owner,) = queries.offers(world.owner.acts(), lot, START + DAY)
        assert not owner.is_turn
    raised(world, lot)
    (owner,) = queries.offers(world.owner.acts(), lot, START + 2 * DAY)
    assert owner.is_turn and queries.offers(world.supervisor.acts(), lot, START) == ()
