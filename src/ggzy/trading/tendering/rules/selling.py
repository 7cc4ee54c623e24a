"""招标出让、转让的规则: a floor instead of a ceiling, deposit and payment within the rulebook's numbers."""

from collections.abc import Callable

from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Limit
from ggzy.trading.projects import values as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.values import TenderTerms


def may_sell_by(lot: LotFacts, terms: TenderTerms) -> Verdict:
    """招标出让条件的完整: of a purchase nothing of it."""
    if not lot.is_sold:
        return judge(
            [
                (
                    terms.floor is None and terms.payment is None,
                    Reason("no_sale", "采购项目不设起始价和价款支付"),
                )
            ]
        )
    floor = terms.floor.amount if terms.floor else None
    return judge(
        [
            (terms.ceiling is None, Reason("ceiling_of_sale", "出让、转让不设最高限价，请填写起始价")),
            (lot.price_form == "amount", Reason("price_form", "招标出让、转让以金额报价")),
            (
                floor is not None and floor > Money.zero,
                Reason("floor_missing", "请填写起始价：低于起始价的投标无效"),
            ),
            (terms.payment is not None, Reason("payment_missing", "请填写价款的支付期限")),
        ]
    ) & _within(lot, terms, floor)


def _within(lot: LotFacts, terms: TenderTerms, floor: Money | None) -> Verdict:
    checks = []
    if floor is not None:
        checks += _deposit(lot, terms, floor)
    if terms.payment is not None:
        checks += _payment(lot, terms.payment)
    return judge(checks)


def _deposit(lot: LotFacts, terms: TenderTerms, floor: Money) -> list[tuple[bool, Reason]]:
    least, most = lot.rulebook.get("deposit.rate_min"), lot.rulebook.get("deposit.rate_max")
    found = []
    if least is not None:
        amount = floor.times(Rate(least.value), rounding="ROUND_CEILING")
        found.append(
            (
                terms.deposit >= amount,
                _off(least, "投标保证金低于起始价的", f"不得低于 {amount.figures()} 元"),
            )
        )
    if most is not None:
        amount = floor.times(Rate(most.value), rounding="ROUND_FLOOR")
        found.append(
            (terms.deposit <= amount, _off(most, "投标保证金超过起始价的", f"不得高于 {amount.figures()} 元"))
        )
    return found


def _off(limit: Limit, text: str, remedy: str) -> Reason:
    return Reason("deposit", f"{text} {Rate(limit.value).percent_text()}", limit.article, remedy)


PAYMENT: tuple[tuple[str, str, Callable[[projects.Payment, Limit], bool], str], ...] = (
    (
        "payment.first_rate_min",
        "first_payment",
        lambda it, at: it.first.value >= at.value,
        "首期付款的比例太低",
    ),
    (
        "payment.first_days_max",
        "first_payment_days",
        lambda it, at: it.first_days <= at.value,
        "首期付款的期限太长",
    ),
    (
        "payment.all_days_max",
        "payment_days",
        lambda it, at: it.all_days <= at.value,
        "全部价款的付款期限太长",
    ),
)


def _payment(lot: LotFacts, payment: projects.Payment) -> list[tuple[bool, Reason]]:
    found = [
        (
            0 < payment.first.value <= 1 and 0 < payment.first_days <= payment.all_days,
            Reason("payment", "首期付款应大于零、不超过全部价款，期限不晚于全部付清的期限"),
        )
    ]
    for key, code, holds, text in PAYMENT:
        limit = lot.rulebook.get(key)
        if limit is not None and limit.severity == "block":
            bound = Rate(limit.value).percent_text() if limit.unit == "ratio" else f"{int(limit.value)} 日"
            reason = Reason(
                code, text, limit.article, f"{'不得低于' if limit.op == 'min' else '不得超过'} {bound}"
            )
            found.append((holds(payment, limit), reason))
    return found
