"""The rules of deposits: the cap, which money counts, guarantees, returns, and a ledger that is zero."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import end_of_day
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Rulebook
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit.values import Applied, Reckoned
from ggzy.trading.deposits import rules
from ggzy.trading.deposits.values import (
    AccountState,
    BankLine,
    Bounds,
    GuaranteeForm,
    LineFacts,
    LineKind,
    Outcome,
    Owed,
    Payer,
    Posting,
    RequirementFacts,
)

REGION = RegionCode("990102")
OWNER = CreditCode.make(authority="12", region=REGION, serial=1)
PARTY = CreditCode.make(region=REGION, serial=2)
LOT = LotCode.make(category="A02", platform=OWNER, on=date(2026, 6, 1), serial=1)
AT = datetime(2026, 6, 10, 4, tzinfo=UTC)
DUE = datetime(2026, 6, 26, 1, 30, tzinfo=UTC)
AMOUNT = Money.yuan("39600")
REQUIREMENT = RequirementFacts(LOT, 1, AMOUNT, AT, DUE, date(2026, 9, 24))
PAYER = Payer(frozenset({"江州建设工程（集团）有限公司"}), frozenset({"6222 0200 0000 1234"}))
LINE = BankLine(
    "B1", LineKind.CREDIT, "62280001", "江州建设工程(集团)有限公司", "6222020000001234", AMOUNT, AT
)
GUARANTEE = GuaranteeForm("BH-1", "江州农商银行", OWNER, AMOUNT, date(2026, 6, 20), date(2026, 9, 24), True)


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "amount, opened, expected",
    [
        ("39600", False, []),
        ("39600.01", False, ["above_cap"]),
        ("0", False, ["amount_missing"]),
        ("20000", True, ["accounts_opened"]),
    ],
)
def test_deposit_is_at_most_two_per_cent_of_the_estimate(amount, opened, expected):
    verdict = rules.may_require(Money.yuan(amount), Money.yuan("1980000"), Rate("0.02"), "", opened)
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    "category, estimate, floor, expected",
    [
        ("construction", "1980000", None, ("0", "39600")),
        ("construction", "1000000", None, ("0", "20000")),
        # Land: never below a fifth of the start price; no law names a most, so nobody owes more than asked.
        ("land", "2590000", "2590000", ("518000", "10000")),
        ("land", "2590000", "0.03", ("0.01", "10000")),
        ("land", "2590000", None, ("0", "10000")),
        ("judicial_sale", "1000000", "900000", ("45000", "180000")),
    ],
)
def test_what_credit_moves_stays_within_the_law_of_the_trade(category, estimate, floor, expected):
    start = Money.yuan(floor) if floor else None
    found = rules.bounds(rulebook_of(category), Money.yuan("10000"), Money.yuan(estimate), start)
    assert found == Bounds(*(Money.yuan(amount) for amount in expected))


@pytest.mark.parametrize("amounts, owed", [((5,), 5), ((5, 9), 9), ((9, 5, 7), 9)])
def test_of_a_consortium_the_one_who_owes_most_counts(amounts, owed):
    ground = next(one for one in credit.effects() if one.code == "deposit_lowered")
    each = [Reckoned(Money(amount), Applied(ground, "", f"信用等级{amount}")) for amount in amounts]
    found = rules.owing(each)
    assert found.amount == Money(owed) and found.ground and found.ground.because == f"信用等级{owed}"
    assert rules.owing([*each, Reckoned(Money(10))]) == Owed(Money(10))


def test_cap_is_named_with_the_highest_lawful_amount():
    (reason,) = rules.may_require(Money.yuan("50000"), Money.yuan("1980000"), Rate("0.02"), "", False).reasons
    assert "39,600.00元" in reason.text and "2%" in reason.text and reason.article.endswith("§26")


@given(st.integers(1, 10**13))
def test_cap_never_passes_the_share(fen):
    assert rules.cap(Money(fen), Rate("0.02")).fen * 50 <= fen


@pytest.mark.parametrize(
    "requirement, has_account, must, at, expected",
    [
        (REQUIREMENT, True, True, AT, []),
        (None, True, True, AT, ["not_required"]),
        (REQUIREMENT, True, True, DUE, ["deadline_passed"]),
        (REQUIREMENT, False, True, AT, ["basic_account_missing"]),
        (REQUIREMENT, False, False, AT, []),
    ],
)
def test_account_is_opened_or_every_reason_is_named(requirement, has_account, must, at, expected):
    assert codes(rules.may_open(requirement, has_account, must, at)) == expected


@pytest.mark.parametrize(
    "line, state, must, outcome",
    [
        ({}, AccountState.OPEN, True, Outcome.ACCEPTED),
        ({}, AccountState.SECURED, True, Outcome.ACCEPTED),
        ({}, AccountState.RELEASED, True, Outcome.CLOSED),
        ({}, AccountState.FORFEITED, True, Outcome.CLOSED),
        ({"payer_name": "江州建设工程有限公司"}, AccountState.OPEN, True, Outcome.WRONG_PAYER),
        ({"payer_account": "6222020000009999"}, AccountState.OPEN, True, Outcome.NOT_BASIC),
        ({"payer_account": "6222020000009999"}, AccountState.OPEN, False, Outcome.ACCEPTED),
        ({"booked_at": DUE - timedelta(microseconds=1)}, AccountState.OPEN, True, Outcome.ACCEPTED),
        ({"booked_at": DUE}, AccountState.OPEN, True, Outcome.LATE),
    ],
)
def test_money_counts_only_from_the_bidders_basic_account_in_time(line, state, must, outcome):
    assert rules.recognise(replace(LINE, **line), PAYER, state, DUE, must) is outcome


@pytest.mark.parametrize(
    "paid, guarantees, expected",
    [
        ("39600", [], True),
        ("39599.99", [], False),
        ("0", [GUARANTEE], True),
        ("20000", [replace(GUARANTEE, amount=Money.yuan("19600"))], False),
    ],
)
def test_deposit_is_secured_by_money_or_by_one_guarantee(paid, guarantees, expected):
    assert rules.is_secured(AMOUNT, Money.yuan(paid), guarantees) is expected


@pytest.mark.parametrize(
    "change, requirement, at, expected",
    [
        ({}, REQUIREMENT, AT, []),
        ({}, None, AT, ["not_required"]),
        ({}, REQUIREMENT, DUE, ["deadline_passed"]),
        ({"number": ""}, REQUIREMENT, AT, ["number_missing"]),
        ({"issuer": ""}, REQUIREMENT, AT, ["issuer_missing"]),
        ({"beneficiary": PARTY}, REQUIREMENT, AT, ["beneficiary_differs"]),
        ({"amount": Money.yuan("39599.99")}, REQUIREMENT, AT, ["amount_short"]),
        ({"valid_from": date(2026, 6, 27)}, REQUIREMENT, AT, ["starts_late"]),
        ({"valid_until": date(2026, 9, 23)}, REQUIREMENT, AT, ["ends_early"]),
        ({"is_unconditional": False}, REQUIREMENT, AT, ["conditional"]),
    ],
)
def test_guarantee_is_taken_or_every_reason_is_named(change, requirement, at, expected):
    owed = Owed(requirement.amount) if requirement else None
    assert codes(rules.may_place(replace(GUARANTEE, **change), requirement, owed, OWNER, at)) == expected


@pytest.mark.parametrize(
    "state, reason, expected",
    [
        (AccountState.SECURED, "合同已签订", []),
        (AccountState.OPEN, "投标截止前撤回", []),
        (None, "合同已签订", ["no_account"]),
        (AccountState.RELEASED, "合同已签订", ["already_settled"]),
        (AccountState.FORFEITED, "合同已签订", ["already_settled"]),
        (AccountState.SECURED, " ", ["reason_missing"]),
        (AccountState.SECURED, "因" * 2001, ["reason_too_long"]),
    ],
)
def test_deposit_is_released_once_and_with_a_reason(state, reason, expected):
    assert codes(rules.may_release(state, reason)) == expected


@pytest.mark.parametrize(
    "state, reason, article, expected",
    [
        (AccountState.SECURED, "中标后拒签合同", "招标投标法实施条例 §74", []),
        (AccountState.OPEN, "中标后拒签合同", "招标投标法实施条例 §74", ["not_secured"]),
        (None, "", "", ["not_secured", "reason_missing", "article_missing"]),
    ],
)
def test_deposit_is_kept_only_on_an_article(state, reason, article, expected):
    assert codes(rules.may_forfeit(state, reason, article)) == expected


FRIDAY = datetime(2026, 6, 12, 12, tzinfo=UTC)  # 20:00 in Beijing


@pytest.mark.parametrize(
    ("category", "words", "due", "article"),
    [
        ("construction", "5 日内", date(2026, 6, 17), "招标投标法实施条例 §57"),
        (
            "land",
            "5 个工作日内",
            date(2026, 6, 22),
            "招标拍卖挂牌出让国有建设用地使用权规定 §21",
        ),  # 端午 is off
        (
            "judicial_sale",
            "24 小时内",
            date(2026, 6, 13),
            "最高人民法院关于人民法院网络司法拍卖若干问题的规定",
        ),
        ("small_purchase", "5 个工作日内", date(2026, 6, 22), "政府采购法实施条例 §33"),
    ],
)
def test_the_law_of_the_trade_says_by_when_a_deposit_goes_back(category, words, due, article):
    limit = rules.return_limit(rulebook_of(category))
    assert (rules.return_period(limit), limit.article) == (words, article)
    assert rules.return_due(limit, catalog.calendar(), FRIDAY) == due


@pytest.mark.parametrize("category", [entry.key for entry in catalog.categories() if entry.rulebook])
def test_every_rulebook_says_by_when_a_deposit_goes_back(category):
    limit = rules.return_limit(rulebook_of(category))
    assert limit.article and limit.unit in rules.RETURN_UNITS


@pytest.mark.parametrize(
    ("category", "bears"), [("construction", True), ("land", False), ("small_purchase", True)]
)
def test_interest_is_paid_unless_the_law_of_the_trade_says_no(category, bears):
    assert rules.bears_interest(rulebook_of(category)) is bears


def rulebook_of(category: str) -> Rulebook:
    found = catalog.find_category(category)
    assert found is not None
    return catalog.rulebook(found.rulebook, REGION, date(2026, 6, 1))


def test_a_return_is_late_when_its_last_day_has_ended():
    due = date(2026, 6, 15)
    assert not rules.is_late(due, end_of_day(due) - timedelta(seconds=1))
    assert rules.is_late(due, end_of_day(due))


def test_interest_runs_from_the_day_each_sum_arrived():
    line = LineFacts("1", "x", "1234", Money.yuan("36000"), AT, Outcome.ACCEPTED)
    # 36 000 yuan × 0.36 % × 10 / 360 = 3.60 yuan.
    assert rules.interest([line], Rate("0.0036"), date(2026, 6, 20)) == Money.yuan("3.60")
    assert rules.interest([line, line], Rate("0.0036"), date(2026, 6, 20)) == Money.yuan("7.20")
    assert rules.interest([line], Rate("0.0036"), date(2026, 6, 10)) == Money(0)


money = st.integers(0, 10**12).map(Money)
outcomes = st.sampled_from([Outcome.ACCEPTED, Outcome.LATE, Outcome.WRONG_PAYER])
entries = st.one_of(
    st.builds(rules.posted_credit, outcomes, st.just(PARTY), money),
    st.builds(rules.posted_reversal, outcomes, st.just(PARTY), money),
    st.builds(rules.posted_release, st.just(PARTY), st.just("R1"), money),
    st.builds(rules.posted_rejection, st.just("R2"), money),
    st.builds(rules.posted_cancellation, st.just(rules.SUSPENSE), st.just("R1"), money),
    st.builds(rules.posted_order, st.just("R1"), money),
    st.builds(rules.posted_return, st.just("R1"), money, money),
    st.builds(rules.posted_forfeit, st.just(PARTY), money),
)


@given(st.lists(entries, max_size=20))
def test_ledger_adds_up_to_nothing_whatever_happens(books):
    assert all(rules.is_balanced(entry) for entry in books)
    assert sum(posting.fen for entry in books for posting in entry) == 0


@given(money, money)
def test_whole_life_of_a_deposit_leaves_every_account_empty(principal, earned):
    life = (
        rules.posted_credit(Outcome.ACCEPTED, PARTY, principal)
        + rules.posted_release(PARTY, "R1", principal)
        + rules.posted_order("R1", earned)
        + rules.posted_return("R1", principal, earned)
    )
    balances: dict[str, int] = {}
    for posting in life:
        balances[posting.account] = balances.get(posting.account, 0) + posting.fen
    assert set(balances.values()) <= {0}


def test_unbalanced_entry_is_seen():
    assert not rules.is_balanced([Posting("bank", 100), Posting("suspense", -99)])
