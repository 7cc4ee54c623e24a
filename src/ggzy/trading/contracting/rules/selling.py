"""成交合同的规则: what a sale by open price adds to a contract: its publicity, its instalments, its end."""

from datetime import date, datetime, timedelta

from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.rules.performing import paid
from ggzy.trading.contracting.rules.periods import moment_text
from ggzy.trading.contracting.values import AwardFacts, Instalment, Sale, StepKind


def may_receive(award: AwardFacts | None, *, is_confirmed: bool) -> Verdict:
    """办理成交合同的条件: the confirmation is signed by both sides, and nobody has begun yet."""
    return judge(
        [
            (is_confirmed, Reason("not_confirmed", "成交确认书尚未由双方签署")),
            (award is None, Reason("received", "成交合同已在办理")),
        ]
    )


def may_sign_now(award: AwardFacts, open_objections: int, at: datetime) -> Verdict:
    """此刻能否签订成交合同: its publicity is over and every objection is answered."""
    until = award.publicity_until
    return judge(
        [
            (
                award.sale is None or at >= until,
                Reason("publicity_runs", f"成交公示期至 {moment_text(until)} 止，期满后方可签订合同"),
            ),
            (
                award.sale is None or open_objections == 0,
                Reason("objection_open", f"还有 {open_objections} 件异议未答复，答复前不得签订合同"),
            ),
        ]
    )


def instalments(sale: Sale, amount: Money, signed_on: date) -> tuple[Instalment, ...]:
    """价款的各期: the first share, then the rest; one where it is paid at once. Days count from the signature."""
    payment = sale.payment
    first = amount.times(payment.first)
    last = Instalment(signed_on + timedelta(days=payment.all_days), amount)
    if first >= amount:
        return (Instalment(signed_on + timedelta(days=payment.first_days), amount),)
    return (Instalment(signed_on + timedelta(days=payment.first_days), first), last)


def received(award: AwardFacts) -> Money:
    """已收价款: what was paid, and the deposit that became a part of it."""
    return paid(award.steps) + (award.sale.deposit if award.sale else Money.zero)


def owing(award: AwardFacts) -> Money:
    """未付价款 of a sale; nothing where the owner pays."""
    amount = award.contract.form.amount if award.contract else None
    if award.sale is None or award.sale.is_bought or amount is None:
        return Money.zero
    return max(amount - received(award), Money.zero)


def due_on(award: AwardFacts, kind: StepKind) -> date | None:
    """本期付款的期限: of the first instalment that is not yet covered; None for anything but a price."""
    contract = award.contract
    if kind is not StepKind.PAYMENT or award.sale is None or award.sale.is_bought or contract is None:
        return None
    covered = received(award)
    return next((one.due_on for one in contract.instalments if covered < one.total), None)


def overdue(award: AwardFacts, today: date) -> Money:
    """到期未付的价款."""
    due = [one.total for one in award.contract.instalments if one.due_on <= today] if award.contract else []
    return max(max(due, default=Money.zero) - received(award), Money.zero)


def may_break(award: AwardFacts | None, *, is_defaulted: bool) -> Verdict:
    """终结成交合同的条件: the winner is in default, and the contract has not been performed."""
    may = award is not None and award.sale is not None and AWARD.may(award.state, "break")
    return judge(
        [
            (is_defaulted, Reason("not_defaulted", "竞得人没有被认定违约")),
            (may, Reason("not_breakable", "没有可以终结的成交合同")),
        ]
    )
