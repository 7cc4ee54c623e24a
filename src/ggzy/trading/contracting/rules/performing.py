"""合同与履约的规则: what may be drafted, signed, recorded and completed."""

from collections.abc import Iterable
from datetime import date

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Limit
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.rules.periods import BL46
from ggzy.trading.contracting.values import AwardFacts, AwardState, ContractForm, Step, StepKind

SALE = "成交确认书"


def may_draft(award: AwardFacts, form: ContractForm, security_max: Limit | None) -> Verdict:
    """拟定合同条件: no departure from the bid in substance; security within its cap."""
    winner = award.winner
    price = winner.price if winner else None
    cap = form.amount.times(Rate(security_max.value)) if form.amount and security_max else None
    law, what = (SALE, "成交") if award.is_auctioned else (BL46, "中标")
    return judge(
        [
            (
                AWARD.may(award.state, "draft"),
                Reason("not_notified", f"当前为“{award.label}”，不能拟定合同", law),
            ),
            (bool(form.number.strip()), Reason("number_missing", "请填写合同编号")),
            (bool(form.file), Reason("file_missing", "请上传合同文本")),
            (
                price is None or (form.price.amount, form.price.rate) == (price.amount, price.rate),
                Reason("price_differs", f"合同价与{what}价不一致，不得再行订立背离合同实质性内容的协议", law),
            ),
            (
                price is None or price.amount is None or form.amount == price.amount,
                Reason("amount_differs", f"合同金额与{what}金额不一致", law),
            ),
            (
                winner is None or not winner.period or form.period == winner.period,
                Reason("period_differs", "合同工期与投标文件不一致", law),
            ),
            (
                winner is None or not winner.quality or form.quality == winner.quality,
                Reason("quality_differs", "合同质量与投标文件不一致", law),
            ),
            (
                cap is None or form.security <= cap,
                _security_high(form, security_max, cap),
            ),
        ]
    )


def _security_high(form: ContractForm, limit: Limit | None, cap: Money | None) -> Reason:
    share = Rate(limit.value).percent_text() if limit else "—"
    return Reason(
        "security_high",
        f"履约保证金 {form.security.figures()} 元超过中标合同金额的 {share}",
        limit.article if limit else "",
        f"最高为 {cap.figures() if cap else '—'} 元",
    )


def may_sign(award: AwardFacts, party: CreditCode | None) -> Verdict:
    """签订合同条件, for the winner."""
    winner, owner, law = ("竞得人", "出让方", SALE) if award.is_auctioned else ("中标人", "招标人", BL46)
    return judge(
        [
            (award.is_winner(party), Reason("not_winner", f"贵单位不是本标段的{winner}")),
            (AWARD.may(award.state, "sign"), Reason("not_drafted", f"{owner}尚未拟定合同", law)),
        ]
    )


def may_record_step(award: AwardFacts, step: Step, today: date, *, by_owner: bool = True) -> Verdict:
    """登记履约条件. What the owner sells it hands over, and only the owner says that it was paid."""
    needs_amount = step.kind is StepKind.PAYMENT
    is_sold = award.sale is not None and not award.sale.is_bought
    wrong = StepKind.ACCEPTANCE if is_sold else StepKind.TRANSFER
    return judge(
        [
            (award.state is AwardState.SIGNED, Reason("not_signed", "合同尚未签订，或者已经履行完毕")),
            (bool(step.text.strip()), Reason("text_missing", "请填写履约情况")),
            (step.on <= today, Reason("in_future", "登记的日期还没有到")),
            (
                not needs_amount or (step.amount is not None and step.amount.fen > 0),
                Reason("amount_missing", "请填写支付金额"),
            ),
            (
                step.kind is not wrong,
                Reason("kind", f"出让、转让的登记移交，采购的登记验收，不登记{step.kind.label}"),
            ),
            (
                by_owner or not is_sold or step.kind not in (StepKind.PAYMENT, StepKind.TRANSFER),
                Reason("owner_only", "收到价款和移交标的由出让方、转让方登记"),
            ),
        ]
    )


def may_complete(award: AwardFacts, owing: Money = Money.zero) -> Verdict:
    """合同完结条件: accepted; of a sale, paid in full and handed over. `owing` is what is not yet paid."""
    is_sold = award.sale is not None and not award.sale.is_bought
    kind = StepKind.TRANSFER if is_sold else StepKind.ACCEPTANCE
    accepted = any(step.kind is kind for step in award.steps)
    lacking = "尚未登记标的移交" if is_sold else "尚未登记验收结果"
    return judge(
        [
            (award.state is AwardState.SIGNED, Reason("not_signed", "合同尚未签订，或者已经履行完毕")),
            (accepted, Reason("not_accepted", lacking, remedy=f"请先登记{kind.label}")),
            (owing == Money.zero, Reason("not_paid", f"还有价款 {owing.figures()} 元没有付清")),
        ]
    )


def paid(steps: Iterable[Step]) -> Money:
    """已支付合计."""
    total = Money.zero
    for step in steps:
        if step.kind is StepKind.PAYMENT and step.amount:
            total += step.amount
    return total
