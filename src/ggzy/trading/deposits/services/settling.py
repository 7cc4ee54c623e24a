"""办结: released and returned with interest, or kept on an article."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.trading.deposits import access, events, queries, rules
from ggzy.trading.deposits.lifecycle import ACCOUNTS, RETURNS
from ggzy.trading.deposits.models import Account, Guarantee, Line, Posting, Return
from ggzy.trading.deposits.values import AccountState, Outcome, ReturnOrder, ReturnState


@command
def release(
    actor: Actor, lot: LotCode, party: CreditCode, reason: str, article: str = "", *, at: datetime
) -> Receipt:
    """退还投标保证金: it no longer binds; the money goes back with interest within the days the law gives."""
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_RELEASE)
    account = access.account_row(asked, party)
    rules.may_release(AccountState(account.state) if account else None, reason).require()
    assert account is not None
    fact = _release(asked, account, reason, article or rules.RETURN, at)
    return journal.record(fact, actor=actor, at=at)


def release_many(
    actor: Actor,
    lot: LotCode,
    parties: Iterable[CreditCode] | None,
    reason: str,
    article: str = "",
    *,
    at: datetime,
) -> Receipt | None:
    """批量退还, inside a command: whoever has something unsettled; None for `parties` means everyone.

    Gives None, and records nothing, where there is nothing to give back.
    """
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_RELEASE)
    rows = Account.objects.filter(
        lot_id=lot, round=asked.lot.round, state__in=[AccountState.OPEN, AccountState.SECURED]
    ).order_by("pk")
    if parties is not None:
        rows = rows.filter(party__in=list(parties))
    facts = [_release(asked, row, reason, article or rules.RETURN, at) for row in rows]
    return journal.record_all(facts, actor=actor, at=at) if facts else None


@command
def forfeit(
    actor: Actor, lot: LotCode, party: CreditCode, reason: str, article: str, *, at: datetime
) -> Receipt:
    """投标保证金不予退还, on an article of the law: revoked after the deadline, or the award refused."""
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_FORFEIT)
    account = access.account_row(asked, party)
    rules.may_forfeit(AccountState(account.state) if account else None, reason, article).require()
    assert account is not None and asked.facts is not None
    claims = Guarantee.objects.filter(account=account, state=AccountState.SECURED)
    # The owner may keep what was asked, not what was paid too much.
    kept = min(account.paid, asked.facts.amount)
    claimed = max(asked.facts.amount - kept, Money(0)) if claims.exists() else Money(0)
    claims.update(state=AccountState.FORFEITED)
    _post(f"forfeit/{account.number}", account, rules.posted_forfeit(party, kept), at)
    if account.paid > kept:
        _return(asked, account, _accepted(account)[:1], account.paid - kept, "多缴部分退还", at)
    account.state = ACCOUNTS.after(AccountState(account.state), "forfeit")
    account.save(update_fields=["state"])
    return journal.record(
        events.DepositForfeited(
            lot=lot,
            round=asked.lot.round,
            party=party,
            amount=kept,
            claimed=claimed,
            reason=reason.strip(),
            article=article.strip(),
        ),
        actor=actor,
        at=at,
    )


@command
def order_return(actor: Actor, number: str, *, at: datetime) -> Receipt:
    """提交退款指令: principal and interest up to this day, to the account that paid."""
    row = Return.objects.select_related("account").filter(pk=number).first()
    if row is None:
        raise Missing("没有找到这笔退款")
    access.lot_to_settle(actor, row.account.lot_id, Permission.DEPOSIT_RELEASE)
    row.refresh_from_db()
    account = row.account
    again = row.state == ReturnState.BOUNCED
    row.state = RETURNS.after(ReturnState(row.state), "order")
    gateway = queries.gateways()[account.gateway]
    if not row.rejected and not again:
        rate = gateway.deposit_rate(local_date(at))
        lines = [line.facts() for line in row.lines.exclude(outcome=Outcome.REVERSED)]
        row.interest = rules.interest(lines, rate, local_date(at))
        _post(f"interest/{row.number}", account, rules.posted_order(row.number, row.interest), at)
    row.save(update_fields=["state", "interest"])
    order = ReturnOrder(
        number=row.number,
        from_account=account.number,
        payee_name=row.payee_name,
        payee_account=row.payee_account,
        amount=row.principal + row.interest,
    )
    gateway.order_return(queries.Rows(gateway.code), order, at)
    return journal.record(
        events.ReturnOrdered(
            lot=account.lot_id,
            round=account.round,
            party=account.party,
            number=row.number,
            principal=row.principal,
            interest=row.interest,
        ),
        actor=actor,
        at=at,
    )


def _release(
    asked: access.Asked, account: Account, reason: str, article: str, at: datetime
) -> events.DepositReleased:
    letters = Guarantee.objects.filter(account=account, state=AccountState.SECURED)
    count = letters.update(state=AccountState.RELEASED)
    by_payer = groupby(_accepted(account), key=lambda line: rules.digits(line.payer_account))
    for _, lines in by_payer:
        paid = list(lines)
        _return(asked, account, paid, Money.total(line.amount for line in paid), reason, at)
    account.state = ACCOUNTS.after(AccountState(account.state), "release")
    if not account.paid:
        account.state = ACCOUNTS.after(AccountState(account.state), "return")
    account.save(update_fields=["state"])
    return events.DepositReleased(
        lot=account.lot_id,
        round=account.round,
        party=account.party,
        principal=account.paid,
        guarantees=count,
        reason=reason.strip(),
        article=article,
        due_on=_due(asked, at),
    )


def _return(
    asked: access.Asked, account: Account, lines: Sequence[Line], amount: Money, reason: str, at: datetime
) -> None:
    number = f"R{lines[0].pk:010d}"
    row = Return.objects.create(
        number=number,
        account=account,
        rejected=False,
        payee_name=lines[0].payer_name,
        payee_account=lines[0].payer_account,
        principal=amount,
        interest=Money(0),
        reason=reason.strip(),
        due_on=_due(asked, at),
        state=ReturnState.DUE,
    )
    row.lines.add(*lines)
    _post(f"release/{number}", account, rules.posted_release(account.party, number, amount), at)


def _accepted(account: Account) -> list[Line]:
    rows = Line.objects.filter(account=account, outcome=Outcome.ACCEPTED)
    return sorted(rows, key=lambda line: (rules.digits(line.payer_account), line.pk))


def _due(asked: access.Asked, at: datetime) -> Any:
    days = int(asked.lot.rulebook.number("deposit.refund_days_max").value)
    return rules.return_due(local_date(at), days)


def _post(entry: str, account: Account, postings: Sequence[Any], at: datetime) -> None:
    assert rules.is_balanced(postings), f"{entry} does not balance"
    Posting.objects.bulk_create(
        Posting(entry=entry, lot_id=account.lot_id, account=one.account, fen=one.fen, at=at)
        for one in postings
    )
