"""One lot at a time: prices at the ceiling, needless grades."""

import pytest

from ggzy.oversight.alerts.indicators import lone_qualifier, needless_grade
from ggzy.trading.dossier.values.stages import Evaluation, Rejected
from tests.indicators.contests import terms
from tests.indicators.market import AT, bid, inspected, record, yuan


def opened(amounts, rejected=(), ceiling: int | None = 1000):
    grounds = tuple(Rejected(bid=f"b{n}", grounds=("qualification",), text="资质不符") for n in rejected)
    return record(
        terms=terms(ceiling=yuan(ceiling) if ceiling else None),
        bids=tuple(bid(n, amount) for n, amount in enumerate(amounts, 1)),
        evaluation=Evaluation(at=AT, height=20, rejected=grounds, candidates=("b1",), concluded_at=AT),
    )


@pytest.mark.parametrize(
    "amounts, rejected, ceiling, found",
    [
        (("900", "991", "999"), (), 1000, 1),
        (("900", "990", "999"), (), 1000, 0),  # 99 % is the boundary and not beyond it
        (("900", "991", "800"), (3,), 1000, 1),
        (("900", "800", "800"), (2, 3), 1000, 1),
        (("900", "991"), (), 1000, 0),  # one other is too few
        (("990", "995", "999"), (), 1000, 0),  # everybody is at the ceiling: the ceiling is low
        (("900", "991", "999"), (), None, 0),
    ],
)
def test_all_others_at_the_ceiling_or_rejected(amounts, rejected, ceiling, found):
    result = inspected(lone_qualifier, opened(amounts, rejected, ceiling))
    assert len(result) == found
    if found:
        assert len(result[0].evidence) == len(amounts) and result[0].picture is not None


@pytest.mark.parametrize(
    "text, estimate, nature, found",
    [
        ("具备建筑工程施工总承包特级资质", 400_000_000, "works", "特级"),
        ("具备建筑工程施工总承包特级资质", 500_000_000, "works", ""),
        ("具备市政公用工程施工总承包一级及以上资质", 29_999_999, "works", "一级"),
        ("具备市政公用工程施工总承包一级及以上资质", 30_000_000, "works", ""),
        ("具备建筑工程施工总承包特级或者一级资质", 20_000_000, "works", "一级"),
        ("具备市政公用工程施工总承包三级及以上资质，项目经理为一级建造师", 5_000_000, "works", ""),
        ("项目经理具有一级注册建造师资格", 5_000_000, "works", ""),
        ("具备工程设计综合甲级资质", 5_000_000, "services", ""),
        ("具备建筑工程施工总承包特级资质", 0, "works", ""),
    ],
)
def test_grade_beyond_need(text, estimate, nature, found):
    of = record(terms=terms(qualification=text), nature=nature, estimate=yuan(estimate))
    result = inspected(needless_grade, of)
    assert [bool(found)] == [bool(result)]
    if found:
        assert f"总承包{found}" in result[0].sentence and result[0].phrases[0] in text
