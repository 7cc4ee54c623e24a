"""标段入场登记: it works · each refusal · who may not · what is recorded · twice the same request."""

from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.projects import queries, rules, services
from ggzy.trading.projects.values import Nature, NewLot, Phase
from tests.world import DISTRICT, START, World


def new(world: World, **changes) -> NewLot:
    known: dict[str, Any] = {
        "project": world.made.get("project") or world.project(),
        "title": "一标段",
        "content": "道路及排水",
        "nature": Nature.WORKS,
        "deal_category": "A02",
        "method": "open_tender",
        "scoring": "comprehensive",
        "estimate": Money.parse("498万"),
    }
    return NewLot(**(known | changes))


def test_lot_gets_its_code_its_class_and_its_own_copy_of_the_rulebook(world: World):
    receipt = services.register_lot(world.agency.acts(), new(world), at=START)
    code = LotCode(receipt.subject.removeprefix("lot/"))
    lot = queries.lot(code)
    assert code.is_ours and code.category == "A02" and f"{code.on:%Y%m%d}" == "20260601"
    assert (lot.category, lot.must_tender, lot.phase, lot.round) == (
        "construction",
        True,
        Phase.REGISTERED,
        1,
    )
    assert lot.rulebook.number("tender.deposit_rate_max").article.startswith("招标投标法实施条例")
    assert (lot.owner, lot.agency, lot.region) == (
        world.owner.organisation,
        world.agency.organisation,
        DISTRICT,
    )
    assert lot.estimate == Money.yuan("4980000")


def test_fact_and_row_say_the_same(world: World):
    code = world.lot()
    assert rules.fold(journal.facts(subject=f"lot/{code}")) == queries.standing(code)


def test_serials_of_a_day_run_on_without_gaps(world: World):
    project = world.project()
    codes = [world.lot(project, title=f"{number}标段") for number in range(1, 4)]
    assert [code.serial - codes[0].serial for code in codes] == [0, 1, 2]


def test_small_lot_of_a_large_project_must_be_tendered_with_the_others(world: World):
    project = world.project()
    small: dict[str, Any] = {"estimate": Money.yuan("2500000")}
    alone = queries.lot(world.lot(project, **small))
    together = queries.lot(world.lot(project, **small))
    assert (alone.must_tender, together.must_tender) == (False, True)


def test_lot_outside_the_catalogue_is_not_taken_in(world: World):
    with pytest.raises(Refused) as refused:
        services.register_lot(world.agency.acts(), new(world, deal_category="X77"), at=START)
    assert [reason.code for reason in refused.value.reasons] == ["outside"]


def test_every_reason_is_named_at_once_and_nothing_is_left_behind(world: World):
    form = new(world, title="", content="", estimate=Money(0), method="dice", scoring="dice")
    head = journal.head()
    with pytest.raises(Refused) as refused:
        services.register_lot(world.agency.acts(), form, at=START)
    assert [reason.code for reason in refused.value.reasons] == [
        "title_missing",
        "content_missing",
        "estimate_missing",
        "method_not_allowed",
        "scoring_not_allowed",
    ]
    assert journal.head() == head


def test_thousand_characters_are_too_many_for_a_title_and_said_so(world: World):
    with pytest.raises(Refused) as refused:
        services.register_lot(world.agency.acts(), new(world, title="长" * 1000), at=START)
    assert "最多200个字，现为1000个字" in str(refused.value)


def test_who_may_not(world: World):
    form = new(world)
    with pytest.raises(Missing):
        services.register_lot(world.other_owner.acts(), form, at=START)
    for player in (world.bidders[0], world.operator, world.supervisor, world.experts[0]):
        with pytest.raises(Forbidden):
            services.register_lot(player.acts(), form, at=START)


def test_same_form_twice_is_one_lot(world: World):
    actor, form = world.agency.acts("lot-form"), new(world)
    first = services.register_lot(actor, form, at=START)
    assert services.register_lot(actor, form, at=START).subject == first.subject
    assert queries.count(project=form.project) == 1
    with pytest.raises(Conflict):
        services.register_lot(actor, new(world, title="二标段"), at=START)


def test_lists_show_what_single_reads_show(world: World):
    code = world.lot()
    players = (
        world.owner, world.agency, world.bidders[0], world.operator, world.supervisor, world.auditor,
        world.other_owner, world.other_supervisor,
    )  # fmt: skip
    for player in players:
        listed = code in [lot.code for lot in queries.lots_seen(player.acts())]
        assert listed is queries.may_see(player.acts(), queries.lot(code)), player.role
        assert queries.count_seen(player.acts()) == len(queries.lots_seen(player.acts()))
    with pytest.raises(Missing):
        queries.seen(world.other_supervisor.acts(), code)
    with pytest.raises(Missing):
        queries.lot(LotCode("A02-000000000000000000-20260601-000001-0"))


def test_lots_are_found_by_words_of_title_project_and_code(world: World):
    code = world.lot()
    for text in ("望江路 施工", "望江区", str(code)):
        assert [lot.code for lot in queries.lots(text=text)] == [code]
    assert queries.lots(text="望江路 桥梁") == ()
