"""保证金的规则: how much may be asked, which money counts, what goes back and when."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.digest import digest
from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.deposits import events
from ggzy.trading.deposits.values import (
    AccountState,
    BankLine,
    GuaranteeForm,
    LineFacts,
    Outcome,
    Payer,
    Posting,
    RequirementFacts,
)

CAP = "招标投标法实施条例 §26"
WHOLE = Rate(1)
RETURN_UNITS = {"d": "日", "wd": "个工作日", "h": "小时"}
DAYS_OF_YEAR = 360
TEXT_MAX = 2000

BANK, SUSPENSE, INTEREST, FORFEITED, PRICE = "bank", "suspense", "interest", "forfeited", "price"


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
    form: GuaranteeForm, requirement: RequirementFacts | None, owner: CreditCode, at: datetime
) -> Verdict:
    """接收保函条件: beneficiary, amount, validity, on demand, in time."""
    required = requirement.amount if requirement else Money(0)
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


def may_release(state: AccountState | None, reason: str) -> Verdict:
    """退还保证金条件."""
    return judge(
        [
            (state is not None, Reason("no_account", "该投标人没有缴纳保证金")),
            (
                state in (None, AccountState.OPEN, AccountState.SECURED),
                Reason("already_settled", "该投标人的保证金已经办结"),
            ),
            *_worded("退还原因", reason),
        ]
    )


def may_forfeit(state: AccountState | None, reason: str, article: str) -> Verdict:
    """保证金不予退还条件. Basis: 招标投标法实施条例 §35, §74: only what the law names."""
    return judge(
        [
            (
                state is AccountState.SECURED,
                Reason("not_secured", "该投标人没有已缴足且未办结的保证金，不能作不予退还处理"),
            ),
            *_worded("不予退还的原因", reason),
            (
                bool(article.strip()),
                Reason("article_missing", "未写明不予退还所依据的条款", "招标投标法实施条例 §35、§74"),
            ),
        ]
    )


def may_apply_to_price(state: AccountState | None, paid: Money) -> Verdict:
    """保证金转作价款条件: money that is there. A letter of guarantee is given back instead."""
    return judge(
        [
            (state is AccountState.SECURED, Reason("not_secured", "没有已缴足且未办结的保证金")),
            (paid.fen > 0, Reason("no_money", "保证金以保函缴纳，没有可以转作价款的款项")),
        ]
    )


def return_limit(rulebook: Rulebook) -> Limit:
    """退还期限 of the lot, with its article; hours where its law counts in hours."""
    return rulebook.get("deposit.refund_hours_max") or rulebook.number("deposit.refund_days_max")


def return_period(limit: Limit) -> str:
    """退还期限 in words."""
    return f"{limit.value} {RETURN_UNITS[limit.unit]}内"


def return_due(limit: Limit, calendar: Calendar, at: datetime) -> date:
    """最迟退还日: the day of the event is not counted; hours run from the event itself."""
    count = int(limit.value)
    if limit.unit == "h":
        return local_date(at + timedelta(hours=count))
    day = local_date(at)
    return calendar.add_workdays(day, count) if limit.unit == "wd" else day + timedelta(days=count)


def bears_interest(rulebook: Rulebook) -> bool:
    """退还时是否计付银行同期存款利息: yes, unless the law of the trade says no."""
    limit = rulebook.get("deposit.interest")
    return limit is None or limit.value == 1


def is_late(due_on: date, at: datetime) -> bool:
    """逾期: the last day has ended."""
    return local_date(at) > due_on


def interest(lines: Iterable[LineFacts], rate: Rate, until: date) -> Money:
    """银行同期存款利息: by days of arrival, 360 days to the year, each sum rounded half up to the fen."""
    total = Money(0)
    for line in lines:
        days = max((until - local_date(line.booked_at)).days, 0)
        total += line.amount.times(Rate(rate.value * Decimal(days) / DAYS_OF_YEAR))
    return total


def posted_credit(outcome: Outcome, party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """来账分录: accepted money is held for the bidder, the rest waits to go back."""
    home = held(party) if outcome is Outcome.ACCEPTED else SUSPENSE
    return _moved(home, BANK, amount)


def posted_reversal(outcome: Outcome, party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """冲正分录: the bank takes back what it credited."""
    home = held(party) if outcome is Outcome.ACCEPTED else SUSPENSE
    return _moved(BANK, home, amount)


def posted_release(party: CreditCode, number: str, amount: Money) -> tuple[Posting, ...]:
    """退还分录: what was held is now owed back."""
    return _moved(payable(number), held(party), amount)


def posted_rejection(number: str, amount: Money) -> tuple[Posting, ...]:
    """退回分录: what did not count is owed back to whoever paid it."""
    return _moved(payable(number), SUSPENSE, amount)


def posted_cancellation(home: str, number: str, amount: Money) -> tuple[Posting, ...]:
    """取消退还分录: a reversal came before the return went out."""
    return _moved(home, payable(number), amount)


def posted_order(number: str, earned: Money) -> tuple[Posting, ...]:
    """计息分录: deposit interest is owed on top of the principal."""
    return _moved(payable(number), INTEREST, earned)


def posted_return(number: str, principal: Money, earned: Money) -> tuple[Posting, ...]:
    """退款分录: the bank credits its interest and pays out both."""
    return _moved(INTEREST, BANK, earned) + _moved(BANK, payable(number), principal + earned)


def posted_forfeit(party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """不予退还分录: what was held belongs to the owner."""
    return _moved(FORFEITED, held(party), amount)


def posted_price(party: CreditCode, amount: Money) -> tuple[Posting, ...]:
    """转作价款分录: what was held is part of the price."""
    return _moved(PRICE, held(party), amount)


def held(party: CreditCode) -> str:
    return f"held:{party}"


def payable(number: str) -> str:
    return f"payable:{number}"


def is_balanced(postings: Sequence[Posting]) -> bool:
    """借贷平衡: every entry adds up to nothing."""
    return sum(posting.fen for posting in postings) == 0


def plain(name: str) -> str:
    """户名规范形: banks write brackets and spaces their own way."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def digits(account: str) -> str:
    """账号规范形."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", account) if sign.isalnum())


def tail(account: str) -> str:
    """账号末四位."""
    return digits(account)[-4:]


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并: the sums of all rounds, to be compared with the rows."""
    sums = dict.fromkeys(
        (
            "accounts", "accepted", "rejected", "guarantees", "released", "returned", "interest", "forfeited",
            "applied",
        ),
        0,
    )  # fmt: skip
    required: int | None = None
    for fact in facts:
        match fact.event:
            case events.DepositRequired() as it:
                required = it.amount.fen
            case events.DepositAccountOpened():
                sums["accounts"] += 1
            case events.DepositReceived() as it:
                sums["accepted"] += it.amount.fen
            case events.DepositRejected() as it:
                sums["rejected"] += it.amount.fen
            case events.DepositReversed() as it:
                sums["accepted" if it.outcome == Outcome.ACCEPTED else "rejected"] -= it.amount.fen
            case events.GuaranteePlaced():
                sums["guarantees"] += 1
            case events.DepositReleased():
                sums["released"] += 1
            case events.DepositReturned() as it:
                sums["returned"] += it.principal.fen
                sums["interest"] += it.interest.fen
            case events.DepositForfeited() as it:
                sums["forfeited"] += it.amount.fen
            case events.DepositApplied() as it:
                sums["applied"] += it.amount.fen
    return {"deposits.required": required, **{f"deposits.{name}": total for name, total in sums.items()}}


def _moved(credit: str, debit: str, amount: Money) -> tuple[Posting, ...]:
    if not amount:
        return ()
    return (Posting(debit, amount.fen), Posting(credit, -amount.fen))


def _worded(what: str, text: str) -> Iterable[tuple[bool, Reason]]:
    yield bool(text.strip()), Reason("reason_missing", f"未写明{what}")
    yield len(text) <= TEXT_MAX, Reason("reason_too_long", f"{what}最多{TEXT_MAX}个字，现为{len(text)}个字")
