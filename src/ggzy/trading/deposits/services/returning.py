"""退款: sums that are owed back, and the orders to the bank that pay them; one lot's returns go in one file."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.deposits import access, events, queries, rules
from ggzy.trading.deposits.lifecycle import RETURNS
from ggzy.trading.deposits.models import Account, Line, Posting, Return
from ggzy.trading.deposits.values import LineFacts, Outcome, ReturnOrder, ReturnState
from ggzy.trading.deposits.values import Posting as Side

Sum = tuple[Account, Sequence[Line], Money]


@command
def order_return(actor: Actor, number: str, *, at: datetime) -> Receipt:
    """提交一笔退款指令: principal and interest up to this day, to the account that paid; again after a bounce."""
    row = Return.objects.select_related("account").filter(pk=number).first()
    if row is None:
        raise Missing("没有找到这笔退款")
    asked = access.lot_to_settle(actor, row.account.lot_id, Permission.DEPOSIT_RELEASE)
    locked = Return.objects.select_related("account").get(pk=number)
    return journal.record_all(_order([locked], asked.lot.rulebook, at), actor=actor, at=at)


@command
def order_returns(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """提交一个标段到期的全部退款指令, in one file to the bank. Raises Missing where nothing is due."""
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_RELEASE)
    due = Return.objects.filter(account__lot_id=lot, state=ReturnState.DUE)
    rows = list(due.select_related("account").order_by("due_on", "number"))
    if not rows:
        raise Missing("本标段没有待提交银行的退款")
    return journal.record_all(_order(rows, asked.lot.rulebook, at), actor=actor, at=at)


def owe(sums: Iterable[Sum], reason: str, due_on: date, at: datetime) -> None:
    """应退: one return for each sum, to the account its lines came from; within a command that records it."""
    known = [
        (account, lines, _row(account, lines[0], amount, reason, due_on)) for account, lines, amount in sums
    ]
    Return.objects.bulk_create([row for *_, row in known])
    link = Return.lines.through
    link.objects.bulk_create(
        link(return_id=row.number, line_id=line.pk) for _, lines, row in known for line in lines
    )
    post(
        [
            (
                f"release/{row.number}",
                account,
                rules.posted_release(account.party, row.number, row.principal),
            )
            for account, _, row in known
        ],
        at,
    )


def post(entries: Iterable[tuple[str, Account, Sequence[Side]]], at: datetime) -> None:
    """记账. Every entry must balance: what does not is a mistake of ours."""
    rows = []
    for entry, account, sides in entries:
        assert rules.is_balanced(sides), f"{entry} does not balance"
        rows += [
            Posting(entry=entry, lot_id=account.lot_id, account=side.account, fen=side.fen, at=at)
            for side in sides
        ]
    Posting.objects.bulk_create(rows)


def _row(account: Account, line: Line, amount: Money, reason: str, due_on: date) -> Return:
    return Return(
        number=f"R{line.pk:010d}",
        account=account,
        rejected=False,
        payee_name=line.payer_name,
        payee_account=line.payer_account,
        principal=amount,
        interest=Money(0),
        reason=reason.strip(),
        due_on=due_on,
        state=ReturnState.DUE,
    )


def _order(rows: Sequence[Return], rulebook: Rulebook, at: datetime) -> list[events.ReturnOrdered]:
    """Interest is earned once, by money that counted; a return that bounced goes out again as it was."""
    fresh = [row for row in rows if not row.rejected and row.state != ReturnState.BOUNCED]
    paid, day = _lines_of(fresh), local_date(at)
    for row in fresh if rules.bears_interest(rulebook) else ():
        rate = queries.gateways()[row.account.gateway].deposit_rate(day)
        row.interest = rules.interest(paid.get(row.number, ()), rate, day)
    post(
        [
            (f"interest/{row.number}", row.account, rules.posted_order(row.number, row.interest))
            for row in fresh
        ],
        at,
    )
    for row in rows:
        row.state = RETURNS.after(ReturnState(row.state), "order")
    Return.objects.bulk_update(rows, ["state", "interest"], batch_size=500)
    for code, batch in groupby(sorted(rows, key=_bank), key=_bank):
        gateway = queries.gateways()[code]
        gateway.order_returns(queries.Rows(code), [_instruction(row) for row in batch], at)
    return [_ordered(row) for row in rows]


def _lines_of(rows: Sequence[Return]) -> dict[str, list[LineFacts]]:
    """The lines each return gives back, without those the bank took back itself."""
    links = Return.lines.through.objects.filter(return_id__in=[row.number for row in rows])
    found: dict[str, list[LineFacts]] = {}
    for link in links.exclude(line__outcome=Outcome.REVERSED).select_related("line"):
        found.setdefault(link.return_id, []).append(link.line.facts())
    return found


def _bank(row: Return) -> str:
    return row.account.gateway


def _instruction(row: Return) -> ReturnOrder:
    return ReturnOrder(
        number=row.number,
        from_account=row.account.number,
        payee_name=row.payee_name,
        payee_account=row.payee_account,
        amount=row.principal + row.interest,
    )


def _ordered(row: Return) -> events.ReturnOrdered:
    return events.ReturnOrdered(
        lot=row.account.lot_id,
        round=row.account.round,
        party=row.account.party,
        number=row.number,
        principal=row.principal,
        interest=row.interest,
    )
