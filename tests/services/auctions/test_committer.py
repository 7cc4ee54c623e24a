"""落笔: one press that cannot be judged takes no other down, and nobody waits for ever."""

import time
from functools import partial
from typing import Any, cast

import pytest

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions import services
from ggzy.trading.auctions.live import committer as live
from ggzy.trading.auctions.values import Answer, Offer

LOT = LotCode("C02-12990100000000019C-20261021-000001-S")


class Seat:
    """A seat of which only the clock is asked."""

    lot = LOT

    class room:
        end = None


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[live.Committer, dict[str, Any]]:
    given: dict[str, Any] = {}

    def tell(written: Any, answers: Any) -> None:
        for one, answer in answers:
            one.answer(answer)

    made = live.Committer(":1", tell)

    def look() -> None:
        made.seats[LOT], made.looked = cast(Any, Seat()), time.monotonic()

    def press(work: Any) -> Any:
        presses = [offer.press for _, offers in work for offer in offers]
        if "poison" in presses:
            raise ZeroDivisionError
        answers = tuple(Answer(1, name, (), None) for name in presses)
        return [services.Done(answers, (), ())]

    monkeypatch.setattr(services, "press", press)
    monkeypatch.setattr(live, "AGAIN_S", 0.0)
    monkeypatch.setattr(made, "_look", look)
    made.kept = {LOT: cast(Any, None)}
    return made, given


def put(made: live.Committer, given: dict[str, Any], lot: LotCode, *presses: str) -> None:
    for press in presses:
        answer = partial(given.__setitem__, press)
        made.inbox.put(live.Waiting(lot, Offer(1, press), answer, time.monotonic()))


def test_a_press_that_cannot_be_judged_takes_no_other_down(made):
    committer, given = made
    put(committer, given, LOT, "first", "poison", "second")
    for _ in range(8):
        committer.step()
    assert isinstance(given["poison"], live.Away)
    assert [given[name].is_accepted for name in ("first", "second")] == [True, True]
    assert not committer.is_careful and not committer.waiting


def test_a_press_for_a_room_that_is_kept_elsewhere_is_sent_away(made):
    committer, given = made
    put(committer, given, LotCode("C02-12990100000000019C-20261021-000002-X"), "elsewhere")
    committer.step()
    assert isinstance(given["elsewhere"], live.NotHere)


def test_a_press_waits_no_longer_than_patience_for_a_seat(made, monkeypatch):
    committer, given = made
    monkeypatch.setattr(committer, "_look", lambda: setattr(committer, "looked", time.monotonic()))
    monkeypatch.setattr(live, "PATIENCE_S", 0.1)
    put(committer, given, LOT, "patient")
    limit = time.monotonic() + 5
    while "patient" not in given and time.monotonic() < limit:
        committer.step()
    assert isinstance(given["patient"], live.Away)
