"""An agency whose lots fail more often than those of all others of the city and trade in the quarter."""

import random
from typing import Any

import pytest

from ggzy.oversight.alerts.indicators import failing_agency
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Failure
from tests.indicators.market import AT, DAY, award, concluded, party, record, registered


def failure(cause: str = "too_few_bids") -> Failure:
    return Failure(at=AT, height=9, cause=cause, reason="投标人不足三家", count=2, required=3)


def ended(number: int, agency: int, is_failed: bool, **changes: Any) -> LotRecord:
    came_to: dict[str, Any] = {"failure": failure()} if is_failed else {"award": award(1)}
    return record(number, agency=party(agency), **came_to | changes)


def area(mine: int, failed: int, others: int, theirs: int, **changes: Any) -> list[LotRecord]:
    """`mine` lots of one agency, so many of them failed; `others` of ten agencies, `theirs` of them failed."""
    lots = [ended(n, 700, n <= failed, **changes) for n in range(1, mine + 1)]
    return lots + [ended(200 + n, 800 + n % 10, n < theirs) for n in range(others)]


@pytest.mark.parametrize(
    ("lots", "fires"),
    [
        (area(8, 5, 100, 10), True),
        (area(8, 2, 100, 1), False),  # two make no rate
        (area(40, 8, 100, 10), False),  # at a mean of 0.105 the limit of twice lies at 8.4
        (area(40, 10, 100, 10), True),
        (area(8, 5, 100, 50), False),  # everybody's lots fail
        (area(60, 5, 100, 10), False),  # a busy agency meets more failures
        (area(8, 5, 10, 0), True),
        (area(8, 5, 9, 0), False),  # too few others to have a mean
        (area(8, 5, 100, 10, category="procurement"), False),  # of another trade
        (area(8, 5, 100, 10, failure=failure("award_refused")), False),  # the winner's doing
    ],
)
def test_agency_whose_lots_fail(lots: list[LotRecord], fires: bool) -> None:
    result = concluded(failing_agency, lots)
    assert [one.parties for one in result] == ([(str(party(700)),)] if fires else [])


def test_what_it_says_can_be_checked() -> None:
    (one,) = concluded(failing_agency, area(8, 5, 100, 10))
    assert one.sentence.startswith("2026 年第 1 季度，") and "8 个项目中 5 个" in one.sentence
    assert "其余 100 个项目的平均应有 0.8 个" in one.sentence and "单独不构成异常" in one.sentence
    assert len(one.evidence) == 5 and one.evidence[0].text == "投标人不足三家" and one.evidence[0].link


def failings(of: LotRecord) -> list[Any]:
    return [(note.figures["failed"], note.figures["how"]) for note in failing_agency.collect(of)]


@pytest.mark.parametrize(
    ("of", "noted"),
    [
        (record(), []),  # still running: neither the one nor the other
        (record(award=award(1)), [(False, "")]),
        (record(failure=failure()), [(True, "投标人不足三家")]),
        (record(is_terminated=True), [(True, "终止")]),
        (record(award=award(1), earlier=(record(failure=failure()),)), [(True, "投标人不足三家")]),
        (record(award=award(1), failure=failure("candidate_barred")), [(False, "")]),
        (record(failure=failure(), agency=None), []),
    ],
)
def test_what_counts_as_a_failed_lot(of: LotRecord, noted: list[Any]) -> None:
    assert failings(of) == noted


def test_one_hard_lot_that_failed_again_and_again_counts_once() -> None:
    hard = ended(1, 700, True, earlier=tuple(record(failure=failure()) for _ in range(6)))
    assert not concluded(failing_agency, [hard, *area(4, 0, 100, 10)])


def test_lots_of_one_project_that_failed_together_count_once() -> None:
    """As three lots of one supervision of works did in Yichang, August 2025."""
    whole = registered().project
    together = [ended(n, 700, True, project=whole) for n in range(1, 6)]
    assert not concluded(failing_agency, [*together, *area(0, 0, 100, 10)])


def test_quarters_are_counted_apart_and_told_together() -> None:
    later = registered(agency=party(700), at=AT + 40 * DAY)
    split = [ended(n, 700, True, **({"registered": later} if n > 2 else {})) for n in range(1, 5)]
    assert not concluded(failing_agency, [*split, *area(0, 0, 100, 10)])
    keys = [f"9901|construction|2026 年第 {quarter} 季度" for quarter in (1, 2)]
    assert len({failing_agency.circle(key, str(party(700))) for key in keys}) == 1


def test_honest_agencies_are_left_alone() -> None:
    """Thirty quarters of twelve agencies, whose lots all fail one time in seven: at most 1 % of 360."""
    chance, found = random.Random(7), 0
    for _ in range(30):
        lots = [ended(n, 800 + chance.randrange(12), chance.random() < 1 / 7) for n in range(1, 151)]
        found += len(concluded(failing_agency, lots))
    assert found <= 4
