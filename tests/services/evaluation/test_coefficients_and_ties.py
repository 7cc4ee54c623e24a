"""Coefficients drawn at the opening, ties drawn at the end, prices no machine can compare."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.verdict import Refused
from ggzy.trading.evaluation import queries, rules, services
from ggzy.trading.evaluation.values import (
    CoefficientSet,
    Ground,
    Mark,
    PriceFormula,
    Purpose,
    Rejection,
    comprehensive_scheme,
)
from ggzy.trading.projects.values import PriceForm
from ggzy.trading.tendering import services as tendering_services
from tests.services.evaluation import room as rooms
from tests.services.tendering import hall as halls

K = CoefficientSet(name="k", values=tuple(Decimal(v).scaleb(-3) for v in range(950, 985, 5)))
WITH_K = comprehensive_scheme(
    price_weight=Decimal(100), formula=PriceFormula(above=Decimal(2), below=Decimal(1)), coefficients=(K,)
)


def folds(code) -> bool:
    told: list[Any] = [*journal.facts(prefix=f"lot/{code}"), *journal.facts(prefix=f"draw/{code}")]
    told.sort(key=lambda fact: fact.height)
    return rules.fold(told) == queries.standing(code)


def announced(scheme) -> tuple[halls.Hall, rooms.Room]:
    people = halls.cast(firms=3)
    code = rooms.lot(people, scheme.scoring, PriceForm.AMOUNT)
    hall = halls.prepared(people, code)
    with halls.clock(halls.ANNOUNCED) as at:
        tendering_services.announce(hall.agency, code, halls.terms(people), at=at)
        services.publish_scheme(people.agency.anew(), code, scheme, at=at)
    return hall, rooms.Room(people, code, {}, at=halls.BIDDING)


def test_coefficient_is_committed_before_closing_and_drawn_after_the_opening(db) -> None:
    hall, room = announced(WITH_K)
    with halls.clock(halls.BIDDING):
        services.request_coefficients(room.agency(), room.code, at=room.at)
        draw = room.draw_id(Purpose.COEFFICIENT)
        room.commit(draw)
        with pytest.raises(Refused) as refusal:
            services.close_commits(room.operator(), room.code, draw, at=room.at)
        assert rooms.codes(refusal) == ["not_opened"]
    for number, firm in enumerate(room.people.firms):
        halls.submit(
            hall,
            firm,
            halls.BIDDING + timedelta(minutes=number + 1),
            offer=rooms.amount(f"{19 + number}000000"),
        )
    room.experts = rooms.finish_opening(hall, room.people, room.code).experts
    with room.clock():
        services.close_commits(room.operator(), room.code, draw, at=room.at)
        room.reveal(draw)
        services.draw(room.operator(), room.code, draw, at=room.at)
        room.pass_review()
        services.conclude(room.member(1), room.code, at=room.at)
        room.sign()
        report = queries.report(room.code)
        assert report is not None and report.benchmark is not None
        (coefficient,) = report.coefficients
        assert coefficient.value in K.values
        assert report.benchmark.base == Decimal(20_000_000) * coefficient.value
        assert folds(room.code)


def test_evaluation_waits_for_the_coefficient(db) -> None:
    room = rooms.opened(WITH_K, tuple(rooms.amount(f"{n}9000000") for n in (1, 1, 1)))
    with room.clock():
        room.pass_review()
        with pytest.raises(Refused) as refusal:
            services.conclude(room.member(1), room.code, at=room.at)
        assert rooms.codes(refusal) == ["coefficients_missing"]


def test_equal_bids_are_ordered_by_a_public_draw(db) -> None:
    room = rooms.opened(rooms.LOWEST, tuple(rooms.amount("19000000") for _ in range(3)))
    with room.clock():
        room.pass_review()
        with pytest.raises(Refused) as refusal:
            services.conclude(room.member(1), room.code, at=room.at)
        assert rooms.codes(refusal) == ["tie"]
        services.request_tie_draw(room.agency(), room.code, at=room.at)
        room.drawn(room.draw_id(Purpose.TIE))
        services.conclude(room.member(1), room.code, at=room.at)
        room.sign()
        report = queries.report(room.code)
        assert report is not None and [line.rank for line in report.lines] == [1, 2, 3]
        (drawn,) = journal.facts(prefix=f"draw/{room.code}", kinds=["tie.drawn"])
        assert tuple(line.bid for line in report.lines) == drawn.event.order
        assert folds(room.code)


def test_sentences_are_scored_by_hand(db) -> None:
    offers = tuple(rooms.words(f"按收费标准的{share}%计取") for share in (50, 55, 46))
    room = rooms.opened(rooms.LOWEST, offers, PriceForm.TEXT)
    with room.clock():
        room.pass_review()
        assert [criterion.code for criterion in queries.hand_criteria(room.code)] == ["price"]
        points = dict(zip(room.bids(), ("80", "70", "95.5"), strict=True))
        marks = tuple(Mark(bid=bid, points=(Decimal(given),)) for bid, given in points.items())
        with pytest.raises(Refused) as refusal:
            services.conclude(room.member(1), room.code, at=room.at)
        assert rooms.codes(refusal) == ["sheets_missing", "tie"]
        for seat in room.seats():
            services.submit_scores(room.member(seat), room.code, marks, at=room.at)
        services.conclude(room.member(1), room.code, at=room.at)
        report = queries.report(room.code)
        assert report is not None
        assert [c.price.text for c in report.candidates] == [
            "按收费标准的46%计取", "按收费标准的50%计取", "按收费标准的55%计取",
        ]  # fmt: skip


def test_bid_above_the_ceiling_must_be_rejected(db) -> None:
    ceiling = replace(rooms.LOWEST, ceiling=Decimal(19_500_000))
    room = rooms.opened(ceiling)
    with room.clock():
        room.begin()
        room.review()
        with pytest.raises(Refused) as refusal:
            services.finish_review(room.member(1), room.code, at=room.at)
        assert rooms.codes(refusal) == ["above_ceiling"]
        high = (Rejection(bid=room.bids()[3], grounds=(Ground.ABOVE_CEILING,), text="报价高于限价"),)
        room.review(high)
        services.finish_review(room.member(1), room.code, at=room.at)
        assert folds(room.code)


def test_scheme_is_refused_after_closing(db) -> None:
    room = rooms.opened(rooms.LOWEST, rooms.OFFERS[:3])
    with room.clock(), pytest.raises(Refused) as refusal:
        services.publish_scheme(room.agency(), room.code, rooms.LOWEST, at=room.at)
    assert rooms.codes(refusal) == ["closed"]
