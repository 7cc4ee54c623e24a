"""What two bids have in common, after what the bidding documents explain."""

from decimal import Decimal

import pytest

from imprint import comparing, prices, slips
from imprint.values import Imprint

DOCUMENT = (
    "投标人应当按照施工图纸编制详细的质量保证措施和安全文明施工方案并承诺按期完成全部工程内容不得转包分包"
)
NAMES = {"a": "江州第一建设有限公司", "b": "江州第二建设有限公司", "c": "江州第三建设有限公司"}


def listed(factor: str = "1", step: str = "0", count: int = 30) -> dict[str, str]:
    return {f"{n:04}": str((Decimal(100 + 7 * n)) * Decimal(factor) + Decimal(step)) for n in range(count)}


@pytest.mark.parametrize(
    ("other", "spread", "step"),
    [
        (listed("0.98"), "0.000000", None),
        (listed(step="2.5"), None, Decimal("-2.5")),
        (listed(), "0.000000", Decimal("0")),
    ],
)
def test_lists_that_follow_one_another_are_seen(
    other: dict[str, str], spread: str | None, step: Decimal | None
) -> None:
    found = prices.pattern(listed(), other, {})
    assert found is not None and found.items == 30
    assert spread is None or found.spread == Decimal(spread)
    assert found.step == step


def test_lists_that_go_their_own_way_are_not() -> None:
    own = {
        code: str(Decimal(price) * (1 + Decimal(n % 7) / 50))
        for n, (code, price) in enumerate(listed().items())
    }
    found = prices.pattern(listed(), own, {})
    assert found is not None and found.spread > Decimal("0.02") and found.step is None


@pytest.mark.parametrize(("count", "is_enough"), [(19, False), (20, True)])
def test_few_items_prove_nothing(count: int, is_enough: bool) -> None:
    assert (prices.pattern(listed(count=count), listed(count=count), {}) is not None) is is_enough


def test_a_common_discount_on_published_prices_explains_itself() -> None:
    control = listed("1.1")
    found = prices.pattern(listed("1.0"), listed("0.97"), control)
    assert found is not None and found.by_control
    uneven = {
        code: str(Decimal(price) * (1 + Decimal(n % 5) / 20))
        for n, (code, price) in enumerate(control.items())
    }
    found = prices.pattern(listed(), listed("0.97"), uneven)
    assert found is not None and not found.by_control


def test_a_slip_is_a_departure_by_one_character() -> None:
    known = slips.contexts(DOCUMENT)
    text = DOCUMENT.replace("保证措施", "保正措施").replace("按期完成", "按时完成")
    assert slips.slips(text, known) == {
        "的质量保[正]措施和安（应为“证”）",
        "并承诺按[时]完成全部（应为“期”）",
    }
    assert slips.slips(DOCUMENT, known) == set()


def test_slips_of_two_are_told_and_slips_of_all_are_not() -> None:
    wrong = {"1", "2", "3"}
    found = {"a": wrong | {"x"}, "b": wrong | {"x"}, "c": {"x"}}
    assert slips.shared(found, "a", "b") == ["1", "2", "3"]
    assert slips.shared(found, "a", "c") == []


@pytest.mark.parametrize(
    ("text", "template", "is_named"),
    [
        ("授权江州第二 建设\n有限公司", "", True),
        ("授权江州第二建设有限公司", "江州第二建设有限公司编制", False),
        ("江州第三建设有限公司", "", False),
    ],
)
def test_a_bid_that_names_a_rival_is_seen(text: str, template: str, is_named: bool) -> None:
    assert slips.naming(text, NAMES["b"], template) is is_named


def test_what_two_comparisons_say_of_a_pair_is_told_together() -> None:
    rows = [{"one": "a", "other": "b", "slips": ["x"], "named": [], "prices": None}]
    alike = [
        {"one": "a", "other": "b", "similarity": "0.9", "passages": ["p"]},
        {"one": "a", "other": "c", "similarity": "0.8", "passages": []},
    ]
    first, second = comparing.merged(rows, alike)
    assert (first["slips"], first["similarity"], first["passages"]) == (["x"], "0.9", ["p"])
    assert (second["other"], second["slips"], second["prices"]) == ("c", [], None)


def test_pairs_are_told_only_with_something_in_common() -> None:
    wrong = DOCUMENT.replace("保证", "保正").replace("按期", "按时").replace("文明", "文名")
    bids = {
        "a": [Imprint("x", text=wrong, items=listed())],
        "b": [Imprint("x", text=wrong + NAMES["a"], items=listed("0.98"))],
        "c": [Imprint("x", text=DOCUMENT)],
    }
    (row,) = comparing.compare(bids, [Imprint("d", text=DOCUMENT)], NAMES)
    assert (row["one"], row["other"], row["named"]) == ("a", "b", ["b"])
    assert len(row["slips"]) == 3
    assert row["prices"]["spread"] == "0.000000"
