"""办结: released to be returned with interest, or kept on an article."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.deposits import access, events, rules
from ggzy.trading.deposits.lifecycle import ACCOUNTS
from ggzy.trading.deposits.models import Account, Guarantee, Line
from ggzy.trading.deposits.services.returning import owe, post
from ggzy.trading.deposits.values import AccountState, Outcome


@command
def release(
    actor: Actor, lot: LotCode, party: CreditCode, reason: str, article: str = "", *, at: datetime
) -> Receipt:
    """退还投标保证金: it no longer binds; the money goes back with interest within the days the law gives."""
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_RELEASE)
    account = access.account_row(asked, party)
    rules.may_release(AccountState(account.state) if account else None, reason).require()
    assert account is not None
    return journal.record_all(
        _release(asked, [account], reason, article or rules.return_limit(asked.lot.rulebook).article, at),
        actor=actor,
        at=at,
    )


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
    facts = _release(asked, list(rows), reason, article or rules.return_limit(asked.lot.rulebook).article, at)
    return journal.record_all(facts, actor=actor, at=at) if facts else None


@command
def forfeit(
    actor: Actor, lot: LotCode, party: CreditCode, reason: str, article: str, *, at: datetime
) -> Receipt:
    """投标保证金不予退还, on an article of the law: revoked after the deadline, or the award refused."""
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_FORFEIT)
    account = access.account_row(asked, party)
    rules.may_forfeit(AccountState(account.state) if account else None, reason, article).require()
    assert account is not None
    claims = Guarantee.objects.filter(account=account, state=AccountState.SECURED)
    # The owner may keep what was owed, not what was paid too much.
    kept = min(account.paid, account.owed)
    claimed = max(account.owed - kept, Money(0)) if claims.exists() else Money(0)
    claims.update(state=AccountState.FORFEITED)
    post([(f"forfeit/{account.number}", account, rules.posted_forfeit(party, kept))], at)
    if account.paid > kept:
        first = _accepted([account])[account.pk][:1]
        owe([(account, first, account.paid - kept)], "多缴部分退还", _due(asked, at), at)
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
def apply_to_price(actor: Actor, lot: LotCode, party: CreditCode, *, at: datetime) -> Receipt:
    """保证金转作价款, when the winner of a sale has signed; what was paid too much goes back.

    Basis: 招标拍卖挂牌出让国有建设用地使用权规定 §21; 民法典 §587.
    """
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_RELEASE)
    account = access.account_row(asked, party)
    paid = account.paid if account else Money(0)
    rules.may_apply_to_price(AccountState(account.state) if account else None, paid).require()
    assert account is not None
    applied = min(paid, account.owed)
    Guarantee.objects.filter(account=account, state=AccountState.SECURED).update(state=AccountState.RELEASED)
    post([(f"price/{account.number}", account, rules.posted_price(party, applied))], at)
    if paid > applied:
        first = _accepted([account])[account.pk][:1]
        owe([(account, first, paid - applied)], "多缴部分退还", _due(asked, at), at)
    account.state = ACCOUNTS.after(AccountState(account.state), "apply")
    account.save(update_fields=["state"])
    fact = events.DepositApplied(lot=lot, round=asked.lot.round, party=party, amount=applied)
    return journal.record(fact, actor=actor, at=at)


def _release(
    asked: access.Asked, accounts: Sequence[Account], reason: str, article: str, at: datetime
) -> list[events.DepositReleased]:
    letters = Guarantee.objects.filter(account__in=accounts, state=AccountState.SECURED)
    count = Counter(letters.values_list("account_id", flat=True))
    letters.update(state=AccountState.RELEASED)
    paid = _accepted(accounts)
    sums = [
        (account, lines, Money.total(line.amount for line in lines))
        for account in accounts
        for lines in _by_payer(paid.get(account.pk, []))
    ]
    owe(sums, reason, _due(asked, at), at)
    for account in accounts:
        account.state = ACCOUNTS.after(AccountState(account.state), "release")
        if not account.paid:
            account.state = ACCOUNTS.after(AccountState(account.state), "return")
    Account.objects.bulk_update(accounts, ["state"], batch_size=500)
    return [
        events.DepositReleased(
            lot=account.lot_id,
            round=account.round,
            party=account.party,
            principal=account.paid,
            guarantees=count[account.pk],
            reason=reason.strip(),
            article=article,
            due_on=_due(asked, at),
        )
        for account in accounts
    ]


def _by_payer(lines: Sequence[Line]) -> list[list[Line]]:
    """What came from one account goes back to it in one sum."""
    return [list(same) for _, same in groupby(lines, key=lambda line: rules.digits(line.payer_account))]


def _accepted(accounts: Sequence[Account]) -> dict[int, list[Line]]:
    """The lines that counted, by account, those of one payer together."""
    rows = Line.objects.filter(account__in=accounts, outcome=Outcome.ACCEPTED)
    found: dict[int, list[Line]] = {}
    for line in sorted(rows, key=lambda line: (rules.digits(line.payer_account), line.pk)):
        found.setdefault(line.account_id, []).append(line)
    return found


def _due(asked: access.Asked, at: datetime) -> date:
    return rules.return_due(rules.return_limit(asked.lot.rulebook), catalog.calendar(), at)
