"""盯着事实: fact by fact, by the clock, again and in bulk: always the same is found, and nothing is raised twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, ParcelReading, read_price
from ggzy.desk.management.rehearsal.runner import Rehearsal
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts import models, queries, services
from ggzy.oversight.alerts.services import watching
from ggzy.trading.dossier import queries as dossier
from tests.services.evaluation.room import stage

pytestmark = pytest.mark.django_db
PRICES = ("1799255.53", "1809900.75", "1801325.31")
PUBLICITY = (datetime(2025, 6, 13, 18, tzinfo=BEIJING), datetime(2025, 6, 16, 18, tzinfo=BEIJING))


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Fact]]:
    with stage(django_db_blocker):
        yield _rehearsed(tmp_path_factory.mktemp("rehearsal"))


@pytest.fixture
def facts(told: list[Fact], db: None) -> list[Fact]:
    """Three lots of the same three bidders, one after the other, before any model has looked."""
    return told


def _rehearsed(folder: Path) -> list[Fact]:
    named = tuple(
        BidderReading(f"云岭{n}号建设有限公司", read_price(p)) for n, p in enumerate(PRICES, start=1)
    )
    readings: list[LotReading | ParcelReading] = [
        LotReading("test", place, f"江州市第{place}小学教学楼工程", publicity=PUBLICITY, bidders=named)
        for place in (1, 2, 3)
    ]
    outcomes = list(Rehearsal("t", folder, readings, first_serial=1).run())
    assert all(outcome.is_good for outcome in outcomes)
    return list(journal.facts(kinds=dossier.told_kinds()))


def _kept() -> dict[str, list[Any]]:
    """Everything that was found, without what only says when a row was written."""
    looks = models.Watch.objects.order_by("lot").values_list("lot", "height", "looks", "look_at")
    found = models.FindingRow.objects.order_by("uid")
    return {
        "found": [one.facts() for one in found],
        "notes": list(models.NoteRow.objects.order_by("indicator", "lot", "ordinal").values_list(
            "indicator", "key", "lot", "ordinal", "at", "figures")),
        "alerts": list(models.Alert.objects.order_by("code").values_list(
            "code", "group", "grade", "sentence", "state", "raised_at", "changed_at")),
        "looks": list(looks),
    }  # fmt: skip


def test_live_and_in_bulk_find_the_same(facts):
    at = facts[-1].at + timedelta(days=90)
    for place, fact in enumerate(facts):
        services.hear(fact)
        if place % 7 == 0:
            services.look_again(LotCode(fact.event.lot), fact.at)
    for lot in models.Watch.objects.filter(look_at__lte=at).values_list("lot", flat=True):
        services.look_again(LotCode(lot), at)
    live = _kept()
    assert live["found"] and live["notes"]
    assert services.look_at_all(at) == len(facts)
    assert _kept() == live


def test_hearing_again_changes_nothing(facts):
    for fact in facts:
        services.hear(fact)
    before = _kept()
    for fact in facts:
        services.hear(fact)
    assert _kept() == before
    assert queries.coverage(dossier.summaries()[0].region).uncovered == 0


def test_what_another_heard_is_not_heard_again(facts):
    first, *others = (fact for fact in facts if fact.event.lot == facts[0].event.lot)
    services.hear(first)
    services.look_again(LotCode(first.event.lot), first.at)
    ahead = _kept()
    for fact in others:
        services.hear(fact)
        assert _kept() == ahead


def test_the_command_looks_at_everything_and_says_how_the_models_stand(facts):
    said = StringIO()
    call_command("alerts", "--all", stdout=said)
    assert f"重听事实 {len(facts)} 条" in said.getvalue() and "覆盖标段 3 个，未覆盖 0 个" in said.getvalue()


@pytest.mark.parametrize("size", [1, 7, 500])
def test_a_batch_finds_what_fact_by_fact_is_found_and_writes_once(facts, size):
    watching.WATCHER = watching.Watcher()
    with CaptureQueriesContext(connection) as asked:
        for place in range(0, len(facts), size):
            with services.batch():
                for fact in facts[place : place + size]:
                    services.hear(fact)
    batched, alone = _kept(), len(asked)
    assert batched["found"] and services.look_at_all(facts[-1].at) == len(facts)
    bulk = _kept()
    assert (batched["found"], batched["notes"], batched["alerts"]) == (
        bulk["found"],
        bulk["notes"],
        bulk["alerts"],
    )
    assert size < 500 or alone < len(facts) * 2, f"{alone} questions for {len(facts)} facts in one batch"


def test_a_batch_that_fails_leaves_nothing_in_memory(facts):
    before = watching.WATCHER.shelf
    with pytest.raises(ZeroDivisionError), services.batch():
        services.hear(facts[0])
        raise ZeroDivisionError
    assert watching.WATCHER.shelf is not before and not models.Watch.objects.exists()
    services.hear(facts[0])
    assert models.Watch.objects.exists()


def test_what_was_never_committed_is_not_remembered(monkeypatch, django_capture_on_commit_callbacks):
    numbers = iter((1, 1, 2, 3))
    monkeypatch.setattr(watching, "_transaction", lambda: next(numbers))
    watcher = watching.Watcher()
    before = watcher.shelf
    watcher.enter()
    watcher.enter()
    assert watcher.shelf is before, "the same transaction"
    with django_capture_on_commit_callbacks(execute=True):
        watcher.enter()
    after = watcher.shelf
    assert after is not before, "the first one came to nothing"
    watcher.enter()
    assert watcher.shelf is after, "this one was committed"
