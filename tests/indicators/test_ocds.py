"""OCDS in: what a release gives the indicators, and what keeps them quiet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from ggzy.oversight.alerts.services import Trial
from ggzy.oversight.alerts.values.tried import Tried

Release = dict[str, Any]


def party(name: str) -> Release:
    return {"id": name, "name": f"望江{name}公司"}


def value(amount: float, currency: str = "CNY") -> Release:
    return {"amount": amount, "currency": currency}


def on(number: int) -> str:
    """Every tenth day of 2025."""
    return f"{date(2025, 1, 1) + timedelta(days=10 * number)}T09:00:00+08:00"


def release(
    number: int = 1, prices: dict[str, float] | None = None, winner: str = "A", **changes: Any
) -> Release:
    """One process: who bid what, and who won at its own price."""
    prices = prices or {"A": 1_000_000, "B": 1_100_000, "C": 1_230_000}
    return {
        "ocid": f"ocds-made-{number:04}",
        "date": on(number),
        "buyer": party("owner"),
        "tender": {"title": "望江路改造", "procurementMethod": "open", "mainProcurementCategory": "works"},
        "bids": {
            "details": [
                {"id": name, "status": "valid", "tenderers": [party(name)], "value": value(price)}
                for name, price in prices.items()
            ]
        },
        "awards": [
            {
                "id": "award", "status": "active", "date": on(number), "suppliers": [party(winner)],
                "value": value(prices.get(winner, 1)),
            }
        ],
    } | changes  # fmt: skip


def contract(amount: float, *formers: tuple[str, float], **changes: Any) -> Release:
    amendments = [
        {
            "date": at,
            "rationale": "设计变更",
            "changes": [{"property": "value.amount", "former_value": former}],
        }
        for at, former in formers
    ]
    return {
        "id": "contract", "awardID": "award", "dateSigned": on(1), "value": value(amount), "amendments": amendments,
    } | changes  # fmt: skip


def tried(releases: Iterable[Release], rules: str = "") -> tuple[Tried, list[str]]:
    trial = Trial(rules)
    doubts = [words for one in releases for words in trial.take(one)]
    return trial.conclude(), doubts


def codes(releases: Iterable[Release], rules: str = "") -> set[str]:
    return {clue.indicator.code for clue in tried(releases, rules)[0].clues}


def computable(found: Tried) -> set[str]:
    return {one.indicator.code for one in found.asked if one.lots}


def won(times: int, winners: str = "A", **changes: Any) -> list[Release]:
    """So many lots where the same three meet, won in turn by those named."""
    prices = {"A": 1_000_000.0, "B": 1_170_000.0, "C": 1_260_000.0}
    return [release(n, prices, winners[n % len(winners)], **changes) for n in range(times)]


def terms(ends: str, **changes: Any) -> Release:
    period = {"startDate": "2025-03-01T09:00:00+08:00", "endDate": ends}
    return {"procurementMethod": "open", "mainProcurementCategory": "works", "tenderPeriod": period} | changes


LATE = "2025-04-20T09:00:00+08:00"
GRADE = "投标人须具备建筑工程施工总承包一级资质"


def amended(day: int, before: int) -> Release:
    """An amendment on this day of March that moved the deadline away from that day."""
    change = {"property": "tenderPeriod.endDate", "former_value": f"2025-03-{before}T09:00:00+08:00"}
    return {"date": f"2025-03-{day}T09:00:00+08:00", "rationale": "工程量清单更正", "changes": [change]}


def document(kind: str, published: str) -> Release:
    return {"id": kind, "documentType": kind, "datePublished": published}


FIRES: dict[str, tuple[str, list[Release], list[Release]]] = {
    "the same three meet, one always wins": ("B14", won(12), won(2)),
    "ten losses to the same winner": ("B15", won(10), won(9)),
    "they take turns": ("N01", won(24, "ABC"), won(3, "ABC")),
    "owner, agency and winner again": (
        "B26",
        won(6, tender={"procuringEntity": party("agency")}),
        won(6, tender={"procuringEntity": party("owner")}),
    ),
    "the award is not the bid": (
        "B29",
        [release(awards=[{"id": "award", "suppliers": [party("A")], "value": value(1_200_000)}])],
        [release()],
    ),
    "the contract is above the award": (
        "P12",
        [release(contracts=[contract(1_300_000)])],
        [release(contracts=[contract(1_000_000)])],
    ),
    "the contract grows within ninety days": (
        "B30",
        [release(contracts=[contract(1_200_000, ("2025-03-10T00:00:00Z", 1_000_000))])],
        [release(contracts=[contract(1_100_000, ("2025-03-10T00:00:00Z", 1_000_000))])],
    ),
    "prices in even steps": (
        "B13",
        [release(prices={"A": 1_000_000, "B": 1_050_000, "C": 1_100_000, "D": 1_150_000})],
        [release(prices={"A": 1_000_000, "B": 1_050_000, "C": 1_130_000, "D": 1_150_000})],
    ),
    "prices that lie as a cartel's": (
        "S01",
        [release(prices={"A": 1_000_000, "B": 1_060_000, "C": 1_061_000, "D": 1_062_000, "E": 1_063_000})],
        [release(prices={"A": 1_000_000, "B": 1_010_000, "C": 1_230_000, "D": 1_480_000, "E": 1_700_000})],
    ),
    "words that shut bidders out": (
        "F01",
        [release(tender={"title": "采购", "description": "投标人须在本市注册并具有本市业绩。"})],
        [release(tender={"title": "采购", "description": "投标人应具有履行合同的能力。"})],
    ),
    "small lots that together are large": (
        "B23",
        [
            release(n, tender={"title": "望江路道路排水修缮", "procurementMethod": "direct",
                               "mainProcurementCategory": "works", "value": value(2_500_000)})
            for n in (0, 1, 2)
        ],
        [
            release(n, tender={"title": "望江路道路排水修缮", "procurementMethod": "open",
                               "mainProcurementCategory": "works", "value": value(2_500_000)})
            for n in (0, 1, 2)
        ],
    ),
    "a first grade for small works": (
        "B20",
        [release(tender=terms(LATE, value=value(20_000_000), eligibilityCriteria=GRADE))],
        [
            release(tender=terms(LATE, value=value(30_000_000), eligibilityCriteria=GRADE)),
            release(2, tender=terms(LATE, value=value(20_000_000), eligibilityCriteria=f"{GRADE}或二级资质")),
        ],
    ),
    "the same, criterion by criterion": (
        "B20",
        [release(tender=terms(LATE, value=value(20_000_000),
                              selectionCriteria={"criteria": [{"description": GRADE}]}))],
        [release(tender=terms(LATE, value=value(20_000_000), mainProcurementCategory="goods",
                              selectionCriteria={"criteria": [{"description": GRADE}]}))],
    ),
    "a deadline moved twice, by its amendments": (
        "B25",
        [release(tender=terms(LATE, amendments=[amended(10, 20), amended(15, 25)]))],
        [release(tender=terms(LATE, amendments=[amended(10, 20)]))],
    ),
    "a deadline moved twice, release by release": (
        "B25",
        [release(date=f"2025-03-{day:02}T00:00:00Z", tender=terms(f"2025-04-{day:02}T01:00:00Z"))
         for day in (2, 9, 16)],
        [release(date=f"2025-03-{day:02}T00:00:00Z", tender=terms(f"2025-04-{min(day, 9):02}T01:00:00Z"))
         for day in (2, 9, 16)],
    ),
    "an answer at night": (
        "B25",
        [release(tender=terms(LATE, enquiries=[{"dateAnswered": "2025-03-10T23:10:00+08:00"}]))],
        [
            release(tender=terms(LATE, enquiries=[{"dateAnswered": "2025-03-10T21:59:00+08:00"}])),
            release(2, tender=terms(LATE, enquiries=[{"dateAnswered": "2025-03-10"}])),  # a day without its hour
        ],
    ),
    "a document of answers at night": (
        "B25",
        [release(tender=terms(LATE, documents=[document("clarifications", "2025-03-11T02:00:00+08:00")]))],
        [release(tender=terms(LATE, documents=[document("technicalSpecifications", "2025-03-11T02:00:00+08:00")]))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FIRES)
def test_an_indicator_fires_and_stays_quiet(case: str) -> None:
    code, guilty, quiet = FIRES[case]
    assert code in codes(guilty)
    assert code not in codes(quiet)


def test_the_time_to_bid_is_held_to_the_rules_that_are_named() -> None:
    short = release(tender=terms("2025-03-20T09:00:00+08:00"))
    long = release(tender=terms("2025-03-21T09:00:00+08:00"))
    assert "P03" in codes([short], "construction")
    assert "P03" not in codes([long], "construction")
    assert "P03" not in computable(tried([short])[0]), "without rules there is no limit"


def test_documents_are_not_sold_longer_than_bids_are_taken() -> None:
    short = release(tender=terms("2025-03-05T09:00:00+08:00"))
    long = release(tender=terms("2025-03-06T09:00:00+08:00"))
    assert "P02" in codes([short], "construction")
    assert "P02" not in codes([long], "construction")
    assert "P02" not in computable(tried([short])[0]), "without rules there is no limit"


def test_documents_published_late_shorten_the_time_to_bid() -> None:
    late = [document("biddingDocuments", "2025-03-04T09:00:00+08:00")]
    ends = "2025-03-23T09:00:00+08:00"
    assert "P03" not in codes([release(tender=terms(ends))], "construction")
    assert "P03" in codes([release(tender=terms(ends, documents=late))], "construction")


def test_night_is_not_asked_of_those_who_do_not_buy_in_yuan() -> None:
    tender = terms(LATE, enquiries=[{"dateAnswered": "2025-03-10T23:10:00+08:00"}], value=value(1, "EUR"))
    found, _ = tried([release(tender=tender, bids={}, awards=[])])
    assert "B25" not in computable(found)


def test_each_move_is_told_with_its_reason_and_its_days() -> None:
    found, _ = tried([release(tender=terms(LATE, amendments=[amended(15, 25), amended(10, 20)]))])
    (clue,) = (one for one in found.clues if one.indicator.code == "B25")
    assert [row.text for row in clue.evidence] == [
        "2025-03-20 09:00 → 2025-03-25 09:00：工程量清单更正",
        "2025-03-25 09:00 → 2025-04-20 09:00：工程量清单更正",
    ]


def test_what_is_missing_is_not_computable() -> None:
    found, doubts = tried([{"ocid": "ocds-bare"}])
    assert (found.lots, found.clues, computable(found)) == (1, (), set())
    assert doubts == ["没有采购人"]
    needs = {one.indicator.code: one.needs for one in found.asked}
    assert "OCDS 中没有对应字段" in needs["P06"]
    assert "中标价" in needs["P12"]


def test_what_is_there_is_computable() -> None:
    found, doubts = tried([release(contracts=[contract(1_000_000)])])
    assert {"B14", "B15", "B29", "N01", "N02", "P12", "S01"} <= computable(found)
    assert not doubts
    assert not any(one.failed for one in found.asked)


def test_another_currency_is_left_out_and_said() -> None:
    found, doubts = tried([release(contracts=[contract(3_000_000, value=value(3_000_000, "EUR"))])])
    assert "P12" not in computable(found)
    assert doubts == ["合同价的币种 EUR 与 CNY 不同，未采用"]


def test_a_negative_amount_is_left_out_and_said() -> None:
    found, doubts = tried([release(prices={"A": 1_000_000, "B": -5, "C": 1_230_000})])
    assert "S01" not in computable(found)
    assert doubts == ["投标报价为负（-5.00），未采用"]


def test_the_law_s_yuan_are_not_compared_with_other_money() -> None:
    def small(number: int) -> Release:
        tender = {
            "title": "望江路修缮", "procurementMethod": "direct", "mainProcurementCategory": "works",
            "value": value(2_500_000, "USD"),
        }  # fmt: skip
        return release(number, tender=tender, bids={}, awards=[])

    found, _ = tried([small(0), small(1)])
    assert "B23" not in computable(found)


def test_several_awards_make_no_winner() -> None:
    awards = [{"id": name, "suppliers": [party(name)], "value": value(1)} for name in "AB"]
    found, doubts = tried([release(awards=awards)])
    assert "B14" not in computable(found)
    assert doubts == ["一个标段有多个中标结果，未计入需要唯一中标人的指标"]


def test_a_lot_has_its_own_bids_and_award() -> None:
    both = release()
    both["tender"] = {"lots": [{"id": "1"}, {"id": 2}]}
    for bid in both["bids"]["details"]:
        bid["relatedLots"] = ["1"]
    both["awards"][0]["relatedLots"] = ["1"]
    found, _ = tried([both])
    assert found.lots == 2
    assert {one.indicator.code: one.lots for one in found.asked}["B14"] == 1


def test_releases_of_one_process_are_merged() -> None:
    parts = ("buyer", "tender", "bids", "awards")
    whole = release(contracts=[contract(1_300_000)])
    later = {"ocid": whole["ocid"], "date": on(9), "contracts": whole.pop("contracts")}
    early = {key: value for key, value in whole.items() if key in ("ocid", "date", *parts)}
    found, doubts = tried([early, later])
    assert (found.processes, {clue.indicator.code for clue in found.clues}) == (1, {"B29", "P12"})
    assert doubts == ["ocid 重复，已按日期合并"]
    assert tried([later, early])[0] == found, "the dates say what is later, not the file"


def test_a_process_told_without_end_is_cut_off() -> None:
    assert "同一 ocid 超过 200 条，已略过" in tried([release()] * 203)[1]


def test_relations_in_a_circle_change_nothing() -> None:
    def pointing(number: int) -> Release:
        related = [{"id": "r", "identifier": f"ocds-made-{1 - number:04}"}]
        members = [{"id": "A", "memberOf": [{"id": "A"}]}]
        return release(number, relatedProcesses=related, parties=members)

    circle = [pointing(0), pointing(1)]
    assert tried(circle)[0] == tried([release(0), release(1)])[0]


@pytest.mark.parametrize(
    "wrong", [None, 7, "text", [], [None], {}, {"details": 3}, [[]], [{"id": {}}], True, 1e400]
)
@pytest.mark.parametrize("part", ["buyer", "tender", "bids", "awards", "contracts", "parties", "date"])
def test_what_has_another_type_is_absent(part: str, wrong: Any) -> None:
    found, _ = tried([release(**{part: wrong})])
    assert not any(one.failed for one in found.asked)


@pytest.mark.parametrize("wrong", [None, 7, "text", [], [None], {"criteria": 3}, [{"changes": [{}]}], [[]]])
@pytest.mark.parametrize(
    "part", ["amendments", "amendment", "enquiries", "documents", "selectionCriteria", "eligibilityCriteria"]
)
def test_a_part_of_the_tender_of_another_type_is_absent(part: str, wrong: Any) -> None:
    found, _ = tried([release(tender=terms(LATE, **{part: wrong}))])
    assert not any(one.failed for one in found.asked)


@pytest.mark.parametrize("hostile", ["A|B", "A\nB", "A B", "A" * 500, "\u202eA", "\x00"])
def test_a_hostile_identifier_stays_one_bidder(hostile: str) -> None:
    prices = {hostile: 1_000_000.0, "B": 1_170_000.0, "C": 1_260_000.0}
    found, _ = tried(release(n, prices, hostile) for n in range(12))
    assert "B14" in {clue.indicator.code for clue in found.clues}
    assert not any(one.failed for one in found.asked)
