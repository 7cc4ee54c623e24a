"""落笔: one press that cannot be judged takes no other down, and nobody waits for ever."""

import itertools
import time
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions import services
from ggzy.trading.auctions.live import committer as live
from ggzy.trading.auctions.live import line as live_line
from ggzy.trading.auctions.live.line import Away, Line, NotHere, Press, Report, Stop
from ggzy.trading.auctions.values import Answer, Offer

LOT = LotCode("C02-12990100000000019C-20261021-000001-S")


class Seat:
    """A seat of which only the clock is asked."""

    lot = LOT

    class room:
        end = None


class Doors(Line):
    """The other end of the line, in this process."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.given: dict[int, Any] = {}
        self.numbers = itertools.count(1)

    def receive(self, seconds: float) -> list[Any]:
        said, self.said = self.said, []
        return said

    def send(self, report: Report) -> None:
        self.given |= dict(report.answers)

    def press(self, lot: LotCode, *presses: str) -> list[int]:
        """The numbers under which their answers come."""
        made = [Press(next(self.numbers), lot, Offer(1, press), time.monotonic()) for press in presses]
        self.said += made
        return [one.number for one in made]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[live.Committer, Doors]:
    doors = Doors()
    made = live.Committer(UUID(int=1), ":1", doors)

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
    return made, doors


def test_a_press_that_cannot_be_judged_takes_no_other_down(made):
    committer, doors = made
    first, poison, second = doors.press(LOT, "first", "poison", "second")
    for _ in range(8):
        committer.step()
    assert doors.given[poison] is Away
    assert [doors.given[number].press for number in (first, second)] == ["first", "second"]
    assert not committer.is_careful and not committer.waiting


def test_a_press_for_a_room_that_is_kept_elsewhere_is_sent_away(made):
    committer, doors = made
    (number,) = doors.press(LotCode("C02-12990100000000019C-20261021-000002-X"), "elsewhere")
    committer.step()
    assert doors.given[number] is NotHere


def test_a_press_waits_no_longer_than_patience_for_a_seat(made, monkeypatch):
    committer, doors = made
    monkeypatch.setattr(committer, "_look", lambda: setattr(committer, "looked", time.monotonic()))
    monkeypatch.setattr(live, "PATIENCE_S", 0.1)
    (number,) = doors.press(LOT, "patient")
    limit = time.monotonic() + 5
    while number not in doors.given and time.monotonic() < limit:
        committer.step()
    assert doors.given[number] is Away


def test_a_crowd_is_taken_in_batches(made):
    committer, doors = made
    numbers = doors.press(LOT, *(f"press-{number:04d}" for number in range(live.BATCH_MAX + 1)))
    committer.step()
    assert list(doors.given) == numbers[: live.BATCH_MAX]
    committer.step()
    assert list(doors.given) == numbers


def test_a_press_bears_the_moment_it_came_to_the_door(made, monkeypatch):
    committer, doors = made
    judged: list[Offer] = []

    def press(work: Any) -> Any:
        judged.extend(offer for _, offers in work for offer in offers)
        return [services.Done((Answer(1, "waited", (), None),), (), ())]

    monkeypatch.setattr(services, "press", press)
    doors.said.append(Press(1, LOT, Offer(1, "waited"), time.monotonic() - 2))
    committer.step()
    (offer,) = judged
    assert offer.arrived is not None
    assert timedelta(seconds=2) <= committer.now() - offer.arrived < timedelta(minutes=1)


def test_what_waits_at_the_end_is_given_up(made, monkeypatch):
    committer, doors = made
    monkeypatch.setattr(services, "release", lambda keeper: None)
    monkeypatch.setattr(committer, "_look", lambda: setattr(committer, "looked", time.monotonic()))
    (number,) = doors.press(LOT, "unheard")
    doors.said.append(Stop())
    committer.run()
    assert doors.given[number] is Away


def test_values_cross_the_line_whole_however_they_are_cut():
    said = [Press(1, LOT, Offer(1, "a"), 0.5), Stop()]
    whole = b"".join(live_line.framed(one) for one in said)
    for step in (1, 3, 7, len(whole)):
        frames = live_line.Frames()
        heard = [one for at in range(0, len(whole), step) for one in frames.feed(whole[at : at + step])]
        assert heard == said
