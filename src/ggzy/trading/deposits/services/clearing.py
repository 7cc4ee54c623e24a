"""认款: what a bank statement says, taken line by line, each line once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyFacts
from ggzy.trading.deposits import access, events, queries, rules
from ggzy.trading.deposits.lifecycle import ACCOUNTS, RETURNS
from ggzy.trading.deposits.models import Account, Line, Posting, Return, Serial
from ggzy.trading.deposits.values import (
    AccountState,
    BankLine,
    GuaranteeForm,
    LineKind,
    Outcome,
    Payer,
    RequirementFacts,
    ReturnState,
)
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import LotFacts


@dataclass
class Books:
    """What one statement reads and changes: read together at the start, written and recorded at the end."""

    gateway: str
    at: datetime
    lots: dict[LotCode, LotFacts]
    known: dict[CreditCode, PartyFacts]
    letters: dict[int, tuple[GuaranteeForm, ...]]
    returns: dict[str, Return]
    asked: dict[tuple[LotCode, int], RequirementFacts | None] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    moved: dict[str, Return] = field(default_factory=dict)

    @cached_property
    def owed(self) -> dict[int, list[Return]]:
        """What goes back to a bidder, by account; without what never counted."""
        found: dict[int, list[Return]] = {}
        for row in self.returns.values():
            if not row.rejected:
                found.setdefault(row.account_id, []).append(row)
        return found

    def post(self, entry: str, lot: LotCode, postings: Iterable[Any]) -> None:
        moved = list(postings)
        assert rules.is_balanced(moved), f"{entry} does not balance"
        self.postings += [
            Posting(entry=entry, lot_id=lot, account=one.account, fen=one.fen, at=self.at) for one in moved
        ]

    def requirement(self, account: Account) -> RequirementFacts | None:
        key = (account.lot_id, account.round)
        if key not in self.asked:
            row = queries.requirement_row(*key)
            self.asked[key] = queries.requirement_facts(row, self.at) if row else None
        return self.asked[key]

    def payer(self, account: Account) -> Payer:
        found = [self.known[code] for code in (account.party, *account.members) if code in self.known]
        return Payer(
            names=frozenset(one.name for one in found),
            accounts=frozenset(one.basic_account.number for one in found if one.basic_account),
        )


@command
def receive(actor: Actor, lines: Sequence[BankLine], *, at: datetime) -> Receipt:
    """读入银行对账单. Every line counts once, by the bank's serial, however often it is sent."""
    access.may_receive(actor)
    gateway = queries.gateway().code
    fresh, repeated = _fresh(gateway, lines)
    held = _hold_lots(gateway, fresh)
    accounts = _accounts(gateway, fresh)
    codes = {code for row in accounts.values() for code in (row.party, *row.members)}
    books = Books(
        gateway,
        at,
        held,
        known=parties.parties(codes),
        letters=queries.guarantees_of(accounts.values()),
        returns=_returns(accounts.values()),
    )
    for line in fresh:
        account = accounts.get(line.account)
        if account is not None:
            _TAKERS[line.kind](books, account, line)
    _write(books, accounts.values(), fresh, accounts)
    told = events.StatementRead(
        gateway=gateway,
        lines=len(lines),
        repeated=repeated,
        unmatched=tuple(line.serial for line in fresh if line.account not in accounts),
    )
    return journal.record_all([*books.facts, told], actor=actor, at=at)


def read_statement(at: datetime, lot: LotCode | None = None) -> Receipt | None:
    """读入银行对账单, of every account or of one lot's; None where the bank has nothing new to say."""
    gateway = queries.gateway()
    with transaction.atomic():  # what the bank has told once it need not tell again
        numbers = queries.account_numbers(lot) if lot else None
        fresh, _ = _fresh(gateway.code, gateway.statement(queries.Rows(gateway.code), at, numbers))
        if not fresh:
            return None
        return receive(Actor.system(f"statement-{gateway.code}-{fresh[-1].serial}"), fresh, at=at)


def _fresh(gateway: str, lines: Sequence[BankLine]) -> tuple[list[BankLine], int]:
    """The lines not read before, and how many were. A serial with another content is refused."""
    serials = [line.serial for line in lines]
    seen = dict(Serial.objects.filter(gateway=gateway, serial__in=serials).values_list("serial", "digest"))
    fresh, conflicting = [], []
    for line in lines:
        mark = rules.line_digest(line)
        if line.serial not in seen:
            seen[line.serial] = mark
            fresh.append(line)
        elif seen[line.serial] != mark:
            conflicting.append(line.serial)
    rules.may_read(conflicting).require()
    return fresh, len(lines) - len(fresh)


def _hold_lots(gateway: str, lines: Sequence[BankLine]) -> dict[LotCode, LotFacts]:
    """Locks every lot concerned, always in the same order; the accounts are read after it."""
    numbers = {line.account for line in lines}
    rows = Account.objects.filter(gateway=gateway, number__in=numbers)
    codes = sorted(set(rows.values_list("lot_id", flat=True)))
    return {code: project_services.hold(code, access.ALWAYS).lot for code in codes}


def _accounts(gateway: str, lines: Sequence[BankLine]) -> dict[str, Account]:
    numbers = {line.account for line in lines}
    return {row.number: row for row in Account.objects.filter(gateway=gateway, number__in=numbers)}


def _returns(accounts: Iterable[Account]) -> dict[str, Return]:
    rows = Return.objects.filter(account__in=list(accounts)).exclude(state=ReturnState.CANCELLED)
    return {row.number: row for row in rows}


def _credit(books: Books, account: Account, line: BankLine) -> None:
    """来账."""
    asked = books.requirement(account)
    must_be_basic = books.lots[account.lot_id].must_tender
    outcome = rules.recognise(
        line, books.payer(account), AccountState(account.state), asked.due if asked else None, must_be_basic
    )
    row = Line(
        gateway=books.gateway,
        serial=line.serial,
        account=account,
        payer_name=line.payer_name,
        payer_account=line.payer_account,
        amount=line.amount,
        booked_at=line.booked_at,
        outcome=outcome,
    )
    books.post(
        f"credit/{line.serial}", account.lot_id, rules.posted_credit(outcome, account.party, line.amount)
    )
    told = _told(account) | {
        "serial": line.serial,
        "amount": line.amount,
        "payer_name": line.payer_name,
        "payer_tail": rules.tail(line.payer_account),
        "payer_mark": queries.mark("account", line.payer_account),
        "booked_at": line.booked_at,
    }
    if outcome is Outcome.ACCEPTED:
        books.lines.append(row)
        account.paid = account.paid + line.amount
        is_secured = _settle_state(books, account)
        books.facts.append(events.DepositReceived(**told, is_secured=is_secured))
    else:
        row.save(force_insert=True)
        books.facts.append(events.DepositRejected(**told, outcome=outcome.value))
        _send_back(books, account, row)


def _send_back(books: Books, account: Account, line: Line) -> None:
    """原路退回: what did not count goes back to whoever paid it."""
    number = f"T{line.pk:010d}"
    limit = rules.return_limit(books.lots[account.lot_id].rulebook)
    row = Return.objects.create(
        number=number,
        account=account,
        rejected=True,
        payee_name=line.payer_name,
        payee_account=line.payer_account,
        principal=line.amount,
        interest=Money(0),
        reason=Outcome(line.outcome).label,
        due_on=rules.return_due(limit, catalog.calendar(), books.at),
        state=ReturnState.DUE,
    )
    row.lines.add(line)
    books.returns[number] = row
    books.post(f"reject/{number}", account.lot_id, rules.posted_rejection(number, line.amount))


def _reversal(books: Books, account: Account, line: BankLine) -> None:
    """冲正."""
    _keep_lines(books)  # the credit may stand in this very statement
    taken = Line.objects.filter(gateway=books.gateway, serial=line.reference, account=account).first()
    if taken is None or taken.outcome == Outcome.REVERSED:
        return
    was = Outcome(taken.outcome)
    taken.outcome = Outcome.REVERSED
    taken.save(update_fields=["outcome"])
    numbers = Return.objects.filter(lines=taken, state=ReturnState.DUE).values_list("number", flat=True)
    for number in numbers[:1]:
        _shrink(books, account, books.returns[number], was, taken.amount)
    books.post(
        f"reverse/{line.serial}", account.lot_id, rules.posted_reversal(was, account.party, taken.amount)
    )
    if was is Outcome.ACCEPTED:
        account.paid = account.paid - taken.amount
    books.facts.append(
        events.DepositReversed(
            **_told(account),
            serial=line.serial,
            reversed_serial=taken.serial,
            amount=taken.amount,
            outcome=was.value,
            is_secured=_settle_state(books, account),
        )
    )


def _shrink(books: Books, account: Account, going: Return, was: Outcome, amount: Money) -> None:
    """A sum the bank took back is not returned a second time."""
    going.principal = going.principal - amount
    if not going.principal:
        going.state = RETURNS.after(ReturnState(going.state), "cancel")
    books.moved[going.number] = going
    home = rules.held(account.party) if was is Outcome.ACCEPTED else rules.SUSPENSE
    books.post(
        f"cancel/{going.number}", account.lot_id, rules.posted_cancellation(home, going.number, amount)
    )


def _refund(books: Books, account: Account, line: BankLine) -> None:
    """退款已出账."""
    going = _ordered(books, account, line)
    if going is None:
        return
    going.state = RETURNS.after(ReturnState(going.state), "pay")
    going.paid_at = line.booked_at
    books.post(
        f"return/{going.number}",
        account.lot_id,
        rules.posted_return(going.number, going.principal, going.interest),
    )
    if account.state == AccountState.RELEASED and not _is_waiting(books, account):
        account.state = ACCOUNTS.after(AccountState.RELEASED, "return")
    books.facts.append(
        events.DepositReturned(
            **_told(account),
            number=going.number,
            principal=going.principal,
            interest=going.interest,
            paid_at=line.booked_at,
            is_late=rules.is_late(going.due_on, line.booked_at),
        )
    )


def _bounced(books: Books, account: Account, line: BankLine) -> None:
    """退款被退汇: nothing left the account; a person must find out why."""
    going = _ordered(books, account, line)
    if going is None:
        return
    going.state = RETURNS.after(ReturnState(going.state), "bounce")
    books.facts.append(
        events.ReturnBounced(**_told(account), number=going.number, amount=going.principal + going.interest)
    )


_TAKERS: dict[LineKind, Callable[[Books, Account, BankLine], None]] = {
    LineKind.CREDIT: _credit,
    LineKind.REVERSAL: _reversal,
    LineKind.REFUND: _refund,
    LineKind.BOUNCED: _bounced,
}


def _ordered(books: Books, account: Account, line: BankLine) -> Return | None:
    """The return a line speaks of, to be changed; None for one we did not order from this account."""
    going = books.returns.get(line.reference)
    if going is None or going.account_id != account.pk or going.state != ReturnState.ORDERED:
        return None
    books.moved[going.number] = going
    return going


def _is_waiting(books: Books, account: Account) -> bool:
    over = (ReturnState.PAID, ReturnState.CANCELLED)
    return any(row.state not in over for row in books.owed.get(account.pk, ()))


def _settle_state(books: Books, account: Account) -> bool:
    """Secured or not any more; a released deposit stays released."""
    is_secured = rules.is_secured(account.owed, account.paid, books.letters.get(account.pk, ()))
    state = AccountState(account.state)
    if is_secured and state is AccountState.OPEN:
        account.state = ACCOUNTS.after(state, "secure")
    if not is_secured and state is AccountState.SECURED:
        account.state = ACCOUNTS.after(state, "unsecure")
    return account.state == AccountState.SECURED


def _told(account: Account) -> dict[str, Any]:
    return {"lot": account.lot_id, "round": account.round, "party": account.party}


def _write(
    books: Books, accounts: Iterable[Account], fresh: Sequence[BankLine], ours: Collection[str]
) -> None:
    _keep_lines(books)
    Return.objects.bulk_update(books.moved.values(), ["state", "principal", "paid_at"], batch_size=500)
    Account.objects.bulk_update(list(accounts), ["state", "paid"], batch_size=500)
    Posting.objects.bulk_create(books.postings)
    Serial.objects.bulk_create(
        Serial(
            gateway=books.gateway,
            serial=line.serial,
            digest=rules.line_digest(line),
            matched=line.account in ours,
        )
        for line in fresh
    )


def _keep_lines(books: Books) -> None:
    Line.objects.bulk_create(books.lines)
    books.lines.clear()
