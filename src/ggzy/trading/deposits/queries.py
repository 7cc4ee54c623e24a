"""读: is it secured, what arrived, what goes back. Who paid is nobody's business before the deadline."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.utils.crypto import salted_hmac

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui.offers import Offer
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.plugins import discover
from ggzy.kernel.roles import Permission, Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.trading.deposits import rules
from ggzy.trading.deposits.models import (
    Account,
    GatewayMemory,
    Guarantee,
    Line,
    Posting,
    Requirement,
    Return,
)
from ggzy.trading.deposits.values import (
    SALE_WORDING,
    TENDER_WORDING,
    AccountFacts,
    AccountState,
    Bounds,
    DepositSummary,
    Gateway,
    GuaranteeForm,
    MyDeposit,
    Outcome,
    Owed,
    RequirementFacts,
    ReturnFacts,
    ReturnState,
    Wording,
)
from ggzy.trading.projects import queries as projects

MARK_DIGITS = 16
HOLDS = (
    AccountState.SECURED, AccountState.RELEASED, AccountState.RETURNED, AccountState.FORFEITED,
    AccountState.APPLIED,
)  # fmt: skip


def requirement(lot: LotCode | str, round: int | None = None) -> RequirementFacts | None:
    """保证金要求 of the current round; None where nothing is asked."""
    row = requirement_row(lot, round)
    return None if row is None else requirement_facts(row, journal.now())


def requirement_row(lot: LotCode | str, round: int | None = None) -> Requirement | None:
    """保证金要求的行 of that round, or of the current one."""
    number: Any = F("lot__round") if round is None else round
    return Requirement.objects.filter(lot_id=lot, round=number).first()


def requirement_facts(row: Requirement, at: datetime) -> RequirementFacts:
    """保证金要求, its deadline moved by the time the clock stood still."""
    due = projects.effective(row.lot_id, row.due, row.due_set_at, at) if row.due else None
    bounds = kernel_events.restore(Bounds, row.bounds) if row.bounds else None
    return RequirementFacts(row.lot_id, row.round, row.amount, row.set_at, due, row.valid_until, bounds)


def owed(lot: LotCode | str, party: CreditCode, at: datetime) -> Owed | None:
    """本单位应缴: fixed with the account; before that what it would be now. None where nothing is asked."""
    row = requirement_row(lot)
    if row is None:
        return None
    mine = Account.objects.filter(lot_id=lot, round=row.round, party=party).first()
    return mine.due() if mine else reckoned(requirement_facts(row, at), {party: ()}, at)[party]


def reckoned(
    asked: RequirementFacts, bidders: Mapping[CreditCode, Collection[CreditCode]], at: datetime
) -> dict[CreditCode, Owed]:
    """各家应缴, each bidder with its members: of a consortium the one who owes most counts."""
    if asked.bounds is None:
        return dict.fromkeys(bidders, Owed(asked.amount))
    codes = {code for party, members in bidders.items() for code in (party, *members)}
    each = credit.deposits(codes, asked.amount, asked.bounds.least, asked.bounds.most, at)
    return {
        party: rules.owing([each[code] for code in (party, *members)]) for party, members in bidders.items()
    }


def is_secured(lot: LotCode | str, party: CreditCode) -> bool:
    """是否已缴足, by money or guarantee. True where nothing is asked."""
    row = requirement_row(lot)
    if row is None:
        return True
    mine = Account.objects.filter(lot_id=lot, round=row.round, party=party)
    return mine.filter(state=AccountState.SECURED).exists()


def secured_parties(lot: LotCode | str) -> frozenset[CreditCode] | None:
    """已缴足的投标人 of the current round; None where nothing is asked."""
    row = requirement_row(lot)
    if row is None:
        return None
    found = Account.objects.filter(lot_id=lot, round=row.round, state=AccountState.SECURED)
    return frozenset(found.values_list("party", flat=True))


def account(lot: LotCode | str, party: CreditCode, at: datetime) -> AccountFacts:
    """投标人自己的保证金账户 in the current round. Raises `Missing`."""
    row = Account.objects.filter(lot_id=lot, round=projects.lot(lot).round, party=party).first()
    if row is None:
        raise Missing("您还没有办理本标段的保证金")
    return _facts([row], requirement(lot, row.round), at)[0]


def accounts(lot: LotCode | str, at: datetime, round: int | None = None) -> tuple[AccountFacts, ...]:
    """全部保证金账户 of a round. For after the deadline only; the caller's access decides."""
    number = round or projects.lot(lot).round
    rows = Account.objects.filter(lot_id=lot, round=number).order_by("opened_at", "pk")
    asked = requirement_row(lot, number)
    return _facts(list(rows), requirement_facts(asked, at) if asked else None, at)


def deposits_of(party: CreditCode, at: datetime, limit: int = 100) -> tuple[MyDeposit, ...]:
    """本单位的保证金, the newest first."""
    rows = list(Account.objects.filter(party=party).order_by("-opened_at", "-pk")[:limit])
    lots = {lot.code: lot for lot in projects.lots(codes=[row.lot_id for row in rows])}
    asked = {(one.lot_id, one.round): one for one in Requirement.objects.filter(lot_id__in=lots)}
    return tuple(
        MyDeposit(
            lot=row.lot_id,
            lot_title=lots[row.lot_id].title,
            round=row.round,
            state=AccountState(row.state),
            required=row.owed,
            paid=row.paid,
            due=asked[row.lot_id, row.round].due,
        )
        for row in rows
    )


def account_numbers(lot: LotCode | str) -> frozenset[str]:
    """子账户账号 of a lot, all rounds; for this app's own use."""
    return frozenset(Account.objects.filter(lot_id=lot).values_list("number", flat=True))


def late_or_bounced(lot: LotCode | str, at: datetime) -> tuple[ReturnFacts, ...]:
    """需要有人过问的退款 of a lot: late, or sent back by the bank."""
    rows = Return.objects.filter(account__lot_id=lot).select_related("account")
    rows = rows.filter(Q(state=ReturnState.BOUNCED) | Q(due_on__lt=local_date(at)))
    over = [ReturnState.PAID, ReturnState.CANCELLED]
    return tuple(row.facts(at) for row in rows.exclude(state__in=over).order_by("due_on"))


def wording(method: str) -> Wording:
    """用语 of a trade by this method."""
    return TENDER_WORDING if catalog.is_scored(method) else SALE_WORDING


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: secure, for a bidder; look after the money, for the owner's side."""
    path = f"/desk/lots/{lot}/deposit/"
    if actor.has(Permission.DEPOSIT_SECURE) and actor.organisation is not None:
        return _securing(actor.organisation, lot, path, at)
    if not actor.has(Permission.DEPOSIT_RELEASE) or actor.role is Role.SYSTEM:
        return ()
    row = requirement_row(lot)
    if row is None:
        return ()
    waiting = late_or_bounced(lot, at)
    note = f"{len(waiting)} 笔退款逾期或者被银行退汇" if waiting else "截止后可以查看"
    return (Offer("保证金收退", path, is_turn=bool(waiting), note=note),)


def _securing(party: CreditCode, lot: LotCode, path: str, at: datetime) -> tuple[Offer, ...]:
    row = requirement_row(lot)
    if row is None:
        return ()
    mine = Account.objects.filter(lot_id=lot, round=row.round, party=party).first()
    facts, name = requirement_facts(row, at), wording(projects.lot(lot).method).deposit
    if mine is not None:
        is_short = mine.state == AccountState.OPEN and (facts.due is None or at < facts.due)
        label = AccountState(mine.state).label
        return (Offer(f"{name}（{label}）", path, is_turn=is_short, until=facts.due if is_short else None),)
    verdict = rules.may_open(facts, has_basic_account=True, must_be_basic=False, at=at)
    return (Offer(f"办理{name}", path, verdict=verdict, until=facts.due),)


def guarantees_of(accounts: Iterable[Account]) -> dict[int, tuple[GuaranteeForm, ...]]:
    """在押的保函, by account; for this app's own use."""
    rows = Guarantee.objects.filter(account__in=list(accounts), state=AccountState.SECURED)
    found: dict[int, tuple[GuaranteeForm, ...]] = {}
    for row in rows.order_by("placed_at"):
        found[row.account_id] = (*found.get(row.account_id, ()), row.form())
    return found


def returns_due() -> tuple[tuple[LotCode, str], ...]:
    """有退款待提交银行的标段, the earliest due first, each with the number of its first return."""
    rows = Return.objects.filter(state=ReturnState.DUE).order_by("due_on", "number")
    first: dict[LotCode, str] = {}
    for lot, number in rows.values_list("account__lot_id", "number"):
        first.setdefault(lot, number)
    return tuple(first.items())


def late_returns(at: datetime) -> tuple[ReturnFacts, ...]:
    """逾期未退的款项, shown to the operator with the article."""
    rows = Return.objects.exclude(state__in=[ReturnState.PAID, ReturnState.CANCELLED])
    rows = rows.filter(due_on__lt=local_date(at)).select_related("account").order_by("due_on")
    return tuple(row.facts(at) for row in rows)


def summary(lot: LotCode | str, round: int | None = None) -> DepositSummary:
    """保证金汇总. To be shown to nobody before the deadline; see `access`."""
    number, at = round or projects.lot(lot).round, journal.now()
    row = requirement_row(lot, number)
    mine = Q(lot_id=lot, round=number)
    found = Account.objects.filter(mine)
    going = Return.objects.filter(account__lot_id=lot, account__round=number)
    lines = Line.objects.filter(account__lot_id=lot, account__round=number)
    paid = going.filter(state=ReturnState.PAID)
    return DepositSummary(
        lot=LotCode(lot),
        round=number,
        required=row.amount if row else None,
        accounts=found.count(),
        secured=found.filter(state__in=HOLDS).count(),
        by_guarantee=Guarantee.objects.filter(account__in=found).values("account").distinct().count(),
        received=_sum(lines.filter(outcome=Outcome.ACCEPTED), "amount"),
        rejected=_sum(lines.exclude(outcome__in=[Outcome.ACCEPTED, Outcome.REVERSED]), "amount"),
        released=_sum(going.exclude(state=ReturnState.CANCELLED), "principal"),
        returned=_sum(paid, "principal"),
        interest=_sum(paid, "interest"),
        forfeited=Money(-_posted(lot, rules.FORFEITED)),
        late_returns=sum(one.facts(at).is_late for one in going.select_related("account")),
        is_balanced=_posted(lot) == 0,
        applied=Money(-_posted(lot, rules.PRICE)),
    )


def balance(account: str, lot: LotCode | str | None = None) -> Money:
    """科目余额, in fen, debits positive."""
    rows = Posting.objects.filter(account=account)
    rows = rows.filter(lot_id=lot) if lot else rows
    return Money(rows.aggregate(total=Sum("fen"))["total"] or 0)


def standing(lot: LotCode | str) -> dict[str, object]:
    """现状: what the rows of all rounds say, to be compared with the folded facts."""
    required = Requirement.objects.filter(lot_id=lot).order_by("-round").first()
    lines = Line.objects.filter(account__lot_id=lot)
    paid = Return.objects.filter(account__lot_id=lot, state=ReturnState.PAID)
    states = dict(Account.objects.filter(lot_id=lot).values_list("state").annotate(count=Count("pk")))
    return {
        "deposits.required": required.amount.fen if required else None,
        "deposits.accounts": sum(states.values()),
        "deposits.owed": _sum(Account.objects.filter(lot_id=lot), "owed").fen,
        "deposits.accepted": _sum(lines.filter(outcome=Outcome.ACCEPTED), "amount").fen,
        "deposits.rejected": _sum(
            lines.exclude(outcome__in=[Outcome.ACCEPTED, Outcome.REVERSED]), "amount"
        ).fen,
        "deposits.guarantees": Guarantee.objects.filter(account__lot_id=lot).count(),
        "deposits.released": states.get(AccountState.RELEASED, 0) + states.get(AccountState.RETURNED, 0),
        "deposits.returned": _sum(paid, "principal").fen,
        "deposits.interest": _sum(paid, "interest").fen,
        "deposits.forfeited": -_posted(lot, rules.FORFEITED),
        "deposits.applied": -_posted(lot, rules.PRICE),
    }


@cache
def gateways() -> dict[str, Gateway]:
    """银行接口, by code."""
    return discover("ggzy.trading.deposits.gateways", "GATEWAY")


def gateway() -> Gateway:
    """本中心使用的银行接口."""
    return gateways()[settings.DEPOSIT_GATEWAY]


class Rows:
    """网关记忆 kept in rows."""

    def __init__(self, code: str) -> None:
        self.code = code

    def read(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        rows = GatewayMemory.objects.filter(gateway=self.code, key__in=list(keys))
        return dict(rows.values_list("key", "body"))

    def put(self, bodies: Mapping[str, dict[str, Any]]) -> None:
        GatewayMemory.objects.bulk_create(
            [GatewayMemory(gateway=self.code, key=key, body=body) for key, body in bodies.items()],
            update_conflicts=True,
            unique_fields=["gateway", "key"],
            update_fields=["body"],
        )

    def drop(self, keys: Iterable[str]) -> None:
        GatewayMemory.objects.filter(gateway=self.code, key__in=list(keys)).delete()

    def items(self, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
        rows = GatewayMemory.objects.filter(gateway=self.code, key__startswith=prefix).order_by("key")
        yield from rows.values_list("key", "body")


def _facts(rows: Sequence[Account], asked: RequirementFacts | None, at: datetime) -> tuple[AccountFacts, ...]:
    """Accounts of one lot and round with all that hangs on them; as many reads for one as for a thousand."""
    names = parties.names([row.party for row in rows])
    lines = _by_account(Line.objects.filter(account__in=rows).order_by("booked_at", "serial"))
    placed = _by_account(Guarantee.objects.filter(account__in=rows).order_by("placed_at"))
    going = Return.objects.filter(account__in=rows).select_related("account")
    returns = _by_account(going.order_by("due_on", "number"))
    return tuple(
        AccountFacts(
            lot=row.lot_id,
            round=row.round,
            party=row.party,
            party_name=names.get(row.party, str(row.party)),
            number=row.number,
            bank=gateways()[row.gateway].name,
            state=AccountState(row.state),
            required=row.owed,
            ground=row.due().ground,
            paid=row.paid,
            due=asked.due if asked else None,
            lines=tuple(line.facts() for line in lines[row.pk]),
            guarantees=tuple(one.facts() for one in placed[row.pk]),
            returns=tuple(one.facts(at) for one in returns[row.pk]),
        )
        for row in rows
    )


def _by_account(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.account_id].append(row)
    return found


def _posted(lot: LotCode | str, account: str | None = None) -> int:
    rows = Posting.objects.filter(lot_id=lot)
    rows = rows.filter(account=account) if account else rows
    return rows.aggregate(total=Sum("fen"))["total"] or 0


def _sum(rows: Any, column: str) -> Money:
    return rows.aggregate(total=Sum(column))["total"] or Money(0)


def mark(kind: str, value: str) -> str:
    """同一账户、同一电话的标记: says whether two are the same, to nobody without the platform's secret."""
    figures = rules.digits(value)
    return salted_hmac(f"ggzy.trace/1 {kind}", figures).hexdigest()[:MARK_DIGITS] if figures else ""
