"""Fitting, the model's file, and the probability beside its base rate."""

import json
import random
from pathlib import Path

import pytest

import screens
from screens import Auction, fitting
from screens.model import Unreadable, read
from screens.program import main


def made(seed: int, market: str, unit: float = 1.0, count: int = 120) -> list[Auction]:
    """An invented market: a cartel bids close together with a gap to its winner, others spread out."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        collusive = number % 3 == 0
        base = unit * chance.uniform(500, 2_000)
        width = 0.02 if collusive else 0.15
        others = [base * (1 + chance.uniform(0, width)) for _ in range(chance.randint(3, 7))]
        bids = [base * (0.95 if collusive else 1), *others]
        found.append(Auction(f"{market}-{number}", market, tuple(bids), collusive, f"x:{number}"))
    return found


@pytest.fixture(scope="module")
def fitted() -> screens.Model:
    return fitting.fit([*made(1, "甲"), *made(2, "乙", unit=700.0)], ["invented"])


def test_a_cartel_of_an_unseen_market_is_told_from_others(fitted: screens.Model) -> None:
    judged = [
        (auction.collusive, screens.probability(screens.measures(auction.bids), fitted, 0.5))
        for auction in made(3, "丙", unit=0.01)
    ]
    right = sum((probability > 0.5) == collusive for collusive, probability in judged)
    assert right >= 0.9 * len(judged)


def test_labels_without_meaning_get_no_evidence() -> None:
    chance = random.Random(9)
    blind = [
        Auction(one.key, one.market, one.bids, chance.random() < 0.5, one.place)
        for one in [*made(4, "甲"), *made(5, "乙")]
    ]
    model = fitting.fit(blind)
    ratios = [screens.likelihood_ratio(screens.measures(one.bids), model) for one in made(6, "丙")]
    assert max(ratios) < 3


def test_the_base_rate_moves_the_odds_and_nothing_else(fitted: screens.Model) -> None:
    found = screens.measures((95.0, 100.0, 100.5, 101.0))
    ratio = screens.likelihood_ratio(found, fitted)
    assert ratio > 1
    for rate in (0.001, 0.05, 0.5, 0.9):
        probability = screens.probability(found, fitted, rate)
        assert probability / (1 - probability) == pytest.approx(ratio * rate / (1 - rate))


@pytest.mark.parametrize("bids", [(), (100.0,), (0.0, -1.0), (98.0, 1_010_000.0)])
def test_where_prices_say_nothing_the_base_rate_stands(
    fitted: screens.Model, bids: tuple[float, ...]
) -> None:
    assert screens.probability(screens.measures(bids), fitted, 0.03) == pytest.approx(0.03)


@pytest.mark.parametrize("rate", [0.0, 1.0, -1.0, float("nan")])
def test_a_base_rate_outside_its_bounds_is_refused(fitted: screens.Model, rate: float) -> None:
    with pytest.raises(ValueError, match="base rate"):
        screens.probability({}, fitted, rate)


def test_the_file_says_all_and_fitting_again_gives_it_again(fitted: screens.Model) -> None:
    again = fitting.fit([*made(1, "甲"), *made(2, "乙", unit=700.0)], ["invented"])
    assert again.as_json() == fitted.as_json()
    assert read(fitted.as_json()) == fitted
    changed = fitting.digest([*made(1, "甲"), *made(7, "乙", unit=700.0)])
    assert changed != fitted.digest


SPOILED = [
    "",
    "[]",
    "{}",
    '{"format": "ggzy.screens/0"}',
    '{"format": "ggzy.screens/1", "training": {"digest": "", "sources": []}, "markets": {}, "everywhere": {"trees": 3}}',
]


@pytest.mark.parametrize("text", SPOILED)
def test_a_spoiled_model_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_a_tree_with_too_few_leaves_is_refused(fitted: screens.Model) -> None:
    told = json.loads(fitted.as_json())
    told["everywhere"]["trees"][0][1].pop()
    with pytest.raises(Unreadable, match="leaves"):
        read(json.dumps(told))


def test_auctions_without_a_market_are_a_market_of_their_own() -> None:
    model = fitting.fit(made(1, ""))
    assert set(model.markets) == {""}
    found = screens.measures(made(1, "")[0].bids)
    assert screens.likelihood_ratio(found, model) != screens.likelihood_ratio(found, model, "甲")


def test_twins_never_stand_on_both_sides_of_a_trial() -> None:
    twins = [
        Auction(
            f"{one.key}-{unit}", one.market, tuple(unit * bid for bid in one.bids), one.collusive, one.place
        )
        for one in made(8, "甲", count=30)
        for unit in (1.0, 2.0, 4.0)
    ]
    samples = fitting.sampled(twins)
    assert len({sample.group for sample in samples}) == 30
    parts = fitting.parts(samples)
    assert len({(sample.group, part) for sample, part in zip(samples, parts, strict=True)}) == 30
    assert set(parts) == set(range(fitting.FOLDS))


def test_the_area_is_the_share_of_pairs_in_order() -> None:
    samples = fitting.sampled(made(1, "甲", count=6))
    trial = fitting.Trial(tuple(samples), fitting.np.array([2.0, 1.0, 2.0, 0.5, -1.0, -3.0]))
    # collusive: 2, 0.5; others: 1, 2, -1, -3: pairs won 1 + ½ + 1 + 1 and 0 + 0 + 1 + 1
    assert trial.area == pytest.approx(5.5 / 8)
    assert trial.balanced_accuracy == pytest.approx((1 + 0.5) / 2)


@pytest.mark.parametrize("slope", ["NaN", "Infinity"])
def test_a_model_without_a_number_is_refused(fitted: screens.Model, slope: str) -> None:
    text = fitted.as_json()
    with pytest.raises(Unreadable, match="slope"):
        read(text.replace(f'"slope":{fitted.everywhere.slope}', f'"slope":{slope}', 1))
    bound = fitted.everywhere.trees[0].questions[0][1]
    with pytest.raises(Unreadable, match="界限"):
        read(text.replace(f",{bound}]", f",{slope}]", 1))


def test_too_few_of_a_kind_cannot_be_fitted() -> None:
    with pytest.raises(fitting.Unfit):
        fitting.fit(made(1, "甲", count=20))


def test_the_same_auction_many_times_is_one() -> None:
    same = [Auction(f"{number}", "", (1.0, 2.0, 3.0), number % 2 == 0, "x") for number in range(60)]
    with pytest.raises(fitting.Unfit, match="串标 1 次、正常 1 次"):
        fitting.fit(same)


def test_the_program_writes_a_model_and_a_probability_for_each_auction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*made(1, "甲"), *made(2, "乙")]
    source, model = tmp_path / "auctions.jsonl", tmp_path / "model.json"
    lines = [
        json.dumps(
            {
                "auction": one.key,
                "dataset": one.market,
                "bids": one.bids,
                "collusive": int(bool(one.collusive)),
            }
        )
        for one in rows
    ]
    source.write_text("\n".join([*lines, "{broken"]))
    assert main(["fit", str(source), "--out", str(model)]) == 0
    assert f"auctions.jsonl:{len(rows) + 1}" in capsys.readouterr().err
    assert main(["predict", "--model", str(model), "--base-rate", "0.05", str(source)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["auction"] for row in told] == [one.key for one in rows]
    assert {row["base_rate"] for row in told} == {0.05}
    assert {row["fitted_on"] for row in told} == {"甲", "乙"}


MISTAKES = [
    ["predict", "--base-rate", "2", "FILE"],
    ["predict", "--model", "FILE", "FILE"],
    ["predict", "missing.jsonl"],
    ["fit", "FILE", "--out", "model.json"],
]


@pytest.mark.parametrize("words", MISTAKES, ids=[" ".join(words) for words in MISTAKES])
def test_a_mistake_is_said_in_a_line(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "one.jsonl"
    source.write_text('{"bids": [1, 2, 3], "collusive": 1}\n')
    assert main([str(source) if word == "FILE" else word for word in words]) == 2
    assert capsys.readouterr().err.startswith("screens: ")


def test_the_model_that_comes_with_it_is_whole_and_says_what_it_was_fitted_on() -> None:
    model = screens.supplied()
    assert model.digest.startswith("sha256:")
    assert model.sources
    assert screens.probability(screens.measures((100.0, 101.0, 102.0)), model, 0.05) < 0.5
