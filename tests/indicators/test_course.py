"""The course of one lot: retenders, moved deadlines, awards given up, altered prices, phrases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ggzy.oversight.alerts.indicators import (
    altered_price,
    dearer_second,
    early_change,
    excluding_phrases,
    moving_deadline,
    retendered_for_one,
)
from ggzy.trading.dossier.values.record import Clarified, Moved, NoticeTold
from ggzy.trading.dossier.values.stages import Contract, Corrected, Failure, Performed, Refused
from tests.indicators.contests import terms
from tests.indicators.market import AT, DAY, award, bid, inspected, party, ranked, record, yuan


def again(*rounds: tuple[int, ...], winner: int = 1):
    """One round after the other, with these bidders; the last one is awarded."""
    failed = Failure(at=AT, height=50, cause="too_few", reason="投标人不足 3 个")
    earlier = tuple(
        record(1, round=n, bids=tuple(bid(b) for b in came), failure=failed)
        for n, came in enumerate(rounds[:-1], 1)
    )
    return record(
        1, round=len(rounds), bids=tuple(bid(b) for b in rounds[-1]), award=award(winner), earlier=earlier
    )


@pytest.mark.parametrize(
    "of, found",
    [
        (again((1, 2), (1, 3), (1, 4, 5)), 1),
        (again((1, 2), (1, 4, 5)), 0),  # one retender is not two
        (again((2,), (1, 3), (1, 4, 5)), 0),  # was not there the first time
        (again((), (1, 3), (1, 4, 5)), 0),  # nobody came: no sign of anyone's being there
        (again((1, 2), (), (1, 3), (1, 4, 5)), 1),
        (replace(again((1, 2), (1, 3), (1, 4, 5)), award=None), 0),
    ],
)
def test_retendered_until_the_same_one_wins(of, found):
    result = inspected(retendered_for_one, of)
    assert len(result) == found
    if found:
        assert result[0].parties == (party(1),)


def shifted(times: int):
    return tuple(
        Moved(
            at=AT, height=n, before=AT + DAY * n, after=AT + DAY * (n + 1), cause="extension", reason="延期"
        )
        for n in range(times)
    )


def clarified(hour: int, minute: int = 0):
    at = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(hours=hour - 8, minutes=minute)
    return (Clarified(at=at, height=7, version=2, text="更正", is_material=True, answers=0),)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"moved": shifted(2)}, "变动 2 次"),
        ({"moved": shifted(1)}, ""),
        ({"clarified": clarified(22)}, "1 次澄清在深夜"),
        ({"clarified": clarified(21, 59)}, ""),
        ({"clarified": clarified(5, 59)}, "深夜"),
        ({"clarified": clarified(6)}, ""),
        ({"moved": shifted(2), "clarified": clarified(23)}, "，1 次澄清"),
    ],
)
def test_deadline_moved_again_or_clarified_at_night(changes, words):
    result = inspected(moving_deadline, record(**changes))
    assert bool(result) == bool(words)
    assert not words or words in result[0].sentence


def given_up(second: str, **changes):
    gone = Refused(at=AT, height=60, rank=1, winner=party(1), reason="无法按期进场")
    return record(
        bids=(bid(1, 1000), bid(2, second)),
        award=award(2, second, rank=2, refusals=(gone,)),
        **changes,
    )


@pytest.mark.parametrize("second, found", [("1030", 1), ("1029.99", 0), ("990", 0), ("1200", 1)])
def test_award_given_up_to_a_dearer_second(second, found):
    result = inspected(dearer_second, given_up(second))
    assert len(result) == found
    if found:
        assert result[0].parties == (party(1), party(2))


def test_award_nobody_gave_up_is_quiet():
    assert not inspected(dearer_second, record(bids=(bid(1, 1000),), award=award(1, 1000)))


def contract(amount, *changes):
    performed = tuple(
        Performed(at=AT, height=80, kind=kind, text="变更", on=on, amount=yuan(fen), days_late=0)
        for kind, on, fen in changes
    )
    return Contract(
        at=AT, height=70, number="1", amount=yuan(amount) if amount else None, price="", security=yuan(0),
        signed_at=AT, signed_height=71, supplier=party(1), performed=performed,
    )  # fmt: skip


@pytest.mark.parametrize(
    "offered, awarded, agreed, keys",
    [
        (1000, 1000, 1000, []),
        (1000, 1001, 1001, ["award"]),
        (1000, 1000, "1000.01", ["contract"]),
        (1000, 990, 980, ["award", "contract"]),
        (1000, 1000, None, []),
    ],
)
def test_award_must_be_the_bid_and_the_contract_the_award(offered, awarded, agreed, keys):
    of = record(bids=(bid(1, offered),), award=award(1, awarded), contract=contract(agreed))
    assert [finding.key for finding in inspected(altered_price, of)] == keys


@pytest.mark.parametrize("is_accepted, found", [(True, 0), (False, 1), (None, 1)])
def test_arithmetic_the_bidder_accepted_is_its_price(is_accepted, found):
    corrected = Corrected(
        at=AT,
        height=40,
        bid="b1",
        before=yuan(1000),
        after=yuan(990),
        reason="大小写不一致",
        is_accepted=is_accepted,
    )
    of = record(
        bids=(bid(1, 1000),),
        award=award(1, 990),
        evaluation=replace(ranked("90", "80"), corrected=(corrected,)),
    )
    assert len(inspected(altered_price, of)) == found


DAY_90 = date(2026, 3, 2) + timedelta(days=90)


@pytest.mark.parametrize(
    "changes, found",
    [
        ([("change", date(2026, 4, 1), 101)], 1),
        ([("change", date(2026, 4, 1), 100)], 0),  # ten per cent is the boundary and not beyond it
        ([("change", date(2026, 4, 1), 60), ("change", DAY_90, 60)], 1),
        ([("change", DAY_90 + timedelta(days=1), 500)], 0),
        ([("payment", date(2026, 4, 1), 500)], 0),
        ([], 0),
    ],
)
def test_contract_that_grows_soon(changes, found):
    result = inspected(early_change, record(contract=contract(1000, *changes)))
    assert len(result) == found


def notice(text: str) -> NoticeTold:
    return NoticeTold(
        at=AT,
        height=8,
        notice="n1",
        kind="tender_notice",
        title="招标公告",
        digest="",
        amends=None,
        text=text,
    )


@pytest.mark.parametrize(
    "of, phrases",
    [
        (record(terms=terms(qualification="投标人须在本市注册")), ("本市注册",)),
        (
            record(terms=terms(qualification="三级资质"), notices=(notice("注册资本不低于500万元"),)),
            ("注册资本不低于",),
        ),
        (record(terms=terms(qualification="不得以本市业绩作为加分条件")), ()),
        (record(), ()),
    ],
)
def test_excluding_phrases_are_shown_with_their_article(of, phrases):
    result = inspected(excluding_phrases, of)
    assert (result[0].phrases if result else ()) == phrases
    if result:
        (row,) = result[0].evidence
        assert phrases[0] in row.text and "§" in row.text


def test_what_was_found_before_publication_is_told_where_the_text_is_not_at_hand():
    told = replace(notice(""), phrases=("local_presence", "named_brand", "unknown"))
    of = record(terms=terms(qualification="投标人须在本市注册"), notices=(told, told))
    (found,) = inspected(excluding_phrases, of)
    assert [row.link for row in found.evidence] == [
        "",
        "/notices/n1/",
    ]  # the local presence once, the brand once
    assert "品牌" in found.evidence[1].text and "2 处" in found.sentence


def test_the_same_text_in_two_places_is_one_finding_row():
    text = "投标人须在本市注册"
    of = record(terms=terms(qualification=text), notices=(notice(text),))
    (found,) = inspected(excluding_phrases, of)
    assert len(found.evidence) == 1
