"""应缴与认款的规则: how much may be asked and of whom, which money and which guarantee counts."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.digest import digest
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Rulebook
from ggzy.registers.credit.values import Reckoned
from ggzy.trading.deposits.values import (
    AccountState,
    BankLine,
    Bounds,
    CreditGround,
    GuaranteeForm,
    Outcome,
    Owed,
    Payer,
    RequirementFacts,
)

CAP = "招标投标法实施条例 §26"
WHOLE = Rate(1)


def cap(estimate: Money, rate_max: Rate) -> Money:
    """保证金上限: the share of the estimate, rounded down so that it is never passed."""
    return estimate.times(rate_max, rounding="ROUND_FLOOR")


def may_require(amount: Money, estimate: Money, rate_max: Rate, article: str, is_announced: bool) -> Verdict:
    """设定保证金条件. Basis: 招标投标法实施条例 §26: at most two per cent of the estimate."""
    most = cap(estimate, rate_max)
    return judge(
        [
            (
                amount.fen > 0,
                Reason("amount_missing", "保证金金额应大于零", remedy="不收取保证金的，不必设定"),
            ),
            (
                amount <= most,
                Reason(
                    "above_cap",
                    f"保证金{amount.figures()}元超过标段估算价的{rate_max.percent_text()}（最高{most.figures()}元）",
                    article or CAP,
                ),
            ),
            (not is_announced, Reason("accounts_opened", "已有投标人办理保证金，金额不能再改变", CAP)),
        ]
    )


def bounds(rulebook: Rulebook, amount: Money, estimate: Money, floor: Money | None) -> Bounds:
    """随信用增减的上下限: the shares of the estimate and of the start price the lot's own law names."""
    most, least = rulebook.get("tender.deposit_rate_max"), rulebook.get("deposit.rate_min")
    over = rulebook.get("deposit.rate_max")
    tops = [cap(estimate, Rate(most.value))] if most else []
    tops += [cap(floor, Rate(over.value))] if over and floor else []
    bottom = floor.times(Rate(least.value), rounding="ROUND_CEILING") if least and floor else Money.zero
    return Bounds(bottom, min(tops, default=amount))


def owing(reckoned: Sequence[Reckoned]) -> Owed:
    """应缴 of a bidder and its members: the most any of them owes."""
    one = max(reckoned, key=lambda it: it.amount)
    if one.applied is None:
        return Owed(one.amount)
    effect = one.applied.effect
    return Owed(one.amount, CreditGround(effect.name, effect.article, one.applied.because, one.applied.entry))


def may_open(
    requirement: RequirementFacts | None, has_basic_account: bool, must_be_basic: bool, at: datetime
) -> Verdict:
    """开立保证金子账户条件."""
    return judge(
        [
            (requirement is not None, Reason("not_required", "本标段不收取保证金，不必缴纳")),
            (
                requirement is None or requirement.due is None or at < requirement.due,
                Reason("deadline_passed", "缴纳截止时间已过，不能再缴纳保证金"),
            ),
            (
                has_basic_account or not must_be_basic,
                Reason(
                    "basic_account_missing", "主体登记中没有基本账户", CAP, "请先在主体信息中补充基本账户"
                ),
            ),
        ]
    )


def recognise(
    line: BankLine, payer: Payer, state: AccountState, due: datetime | None, must_be_basic: bool
) -> Outcome:
    """认款: what a credited line counts for. The first obstacle names the outcome."""
    if state not in (AccountState.OPEN, AccountState.SECURED):
        return Outcome.CLOSED
    if plain(line.payer_name) not in {plain(name) for name in payer.names}:
        return Outcome.WRONG_PAYER
    if must_be_basic and digits(line.payer_account) not in {digits(number) for number in payer.accounts}:
        return Outcome.NOT_BASIC
    if due is not None and line.booked_at >= due:
        return Outcome.LATE
    return Outcome.ACCEPTED


def may_read(conflicting: Sequence[str]) -> Verdict:
    """读入对账单条件: a serial never comes back with another content."""
    return judge(
        (False, Reason("serial_conflict", f"银行流水号{serial}此前已读入，内容不同", remedy="请与银行核对"))
        for serial in conflicting
    )


def line_digest(line: BankLine) -> str:
    """流水内容摘要, to tell a repeated line from a changed one."""
    parts = (
        line.serial, line.kind, line.account, plain(line.payer_name), digits(line.payer_account),
        str(line.amount.fen), line.booked_at.isoformat(), line.reference,
    )  # fmt: skip
    return digest("\n".join(parts).encode())


def is_secured(required: Money, paid: Money, guarantees: Iterable[GuaranteeForm]) -> bool:
    """是否已缴足: by money, or by one guarantee for the whole; the two are not added up."""
    return paid >= required or any(form.amount >= required for form in guarantees)


def may_add_to(state: AccountState) -> Verdict:
    """可否再提交保函: not once the deposit is settled."""
    return judge(
        [
            (
                state in (AccountState.OPEN, AccountState.SECURED),
                Reason("already_settled", "本标段的保证金已经办结，不能再提交保函"),
            )
        ]
    )


def is_unused(form: GuaranteeForm, is_used: bool) -> Verdict:
    """一函一用: the same letter does not stand for two deposits."""
    return judge([(not is_used, Reason("guarantee_used", f"保函{form.number}已经在平台使用过"))])


def may_open_another(is_open: bool) -> Verdict:
    """一家一户: a bidder has one account for a lot."""
    return judge([(not is_open, Reason("account_exists", "您已经办理过本标段的保证金，请查看保证金页面"))])


def may_place(
    form: GuaranteeForm,
    requirement: RequirementFacts | None,
    owed: Owed | None,
    owner: CreditCode,
    at: datetime,
) -> Verdict:
    """接收保函条件: beneficiary, amount, validity, on demand, in time."""
    required = owed.amount if owed else Money(0)
    due = requirement.due if requirement else None
    until = requirement.valid_until if requirement else None
    last = until or (local_date(due) if due else None)
    return judge(
        [
            (requirement is not None, Reason("not_required", "本标段不收取保证金，不必提交保函")),
            (
                due is None or at < due,
                Reason("deadline_passed", "缴纳截止时间已过，不能再提交保函"),
            ),
            (bool(form.number.strip()), Reason("number_missing", "未填写保函编号")),
            (bool(form.issuer.strip()), Reason("issuer_missing", "未填写出具机构")),
            (
                form.beneficiary == owner,
                Reason("beneficiary_differs", f"保函受益人应为招标人（{owner}）", CAP),
            ),
            (
                form.amount >= required,
                Reason("amount_short", f"保函金额不足，应不少于{required.figures()}元", CAP),
            ),
            (
                due is None or form.valid_from <= local_date(due),
                Reason("starts_late", "保函应自投标截止之日或更早生效", CAP),
            ),
            (
                last is None or form.valid_until >= last,
                Reason(
                    "ends_early", f"保函有效期应不早于投标有效期届满日{last}", CAP, "请申请延长保函有效期"
                ),
            ),
            (form.is_unconditional, Reason("conditional", "保函应为见索即付的无条件保函")),
        ]
    )


def plain(name: str) -> str:
    """户名规范形: banks write brackets and spaces their own way."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def digits(account: str) -> str:
    """账号规范形."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", account) if sign.isalnum())


def tail(account: str) -> str:
    """账号末四位."""
    return digits(account)[-4:]
