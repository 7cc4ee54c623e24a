"""保证金的页面: the bidder's own at any time; the owner's side and officials from the deadline on."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.parties import queries as parties
from ggzy.trading.deposits import access, forms, queries, rules, services
from ggzy.trading.deposits.values import BY_CREDIT, AccountFacts, AccountState, Outcome, ReturnState
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts


@require_safe
def deposits(request: Request) -> HttpResponse:
    """本单位的保证金."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.DEPOSIT_SECURE) or actor.organisation is None:
        raise Forbidden()
    rows = queries.deposits_of(actor.organisation, request.at)
    return pages.show(request, "deposits/deposits.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: Request, code: str) -> HttpResponse:
    """保证金: the bidder's own account, or the money of a lot after the deadline."""
    actor = pages.signed_in(request)
    if actor.role is Role.BIDDER:
        return _own(request, actor, projects.seen(actor, code))
    if request.method == "POST" or not actor.has(Permission.DEPOSIT_READ):
        raise Forbidden()
    with projects.reading():
        return _all(request, actor, projects.seen(actor, code))


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, code: str) -> HttpResponse:
    """提交电子保函."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.DEPOSIT_SECURE):
        raise Forbidden()
    lot = projects.seen(actor, code)
    asked, owed = queries.requirement(lot.code), None
    if actor.organisation is not None:
        owed = queries.owed(lot.code, actor.organisation, request.at)
    return pages.act(
        request,
        forms.PlaceForm,
        lambda who, data: services.place_guarantee(
            who, lot.code, forms.guarantee(data, _kept(who, data["file"]))
        ),
        template="deposits/place.html",
        context={
            **_frame(lot, "提交电子保函"),
            "asked": asked,
            "owed": owed,
            "owner": parties.name(lot.owner),
        },
        initial={"beneficiary": lot.owner, "amount": owed.amount if owed else None},
        done=f"/desk/lots/{code}/deposit/",
        words="电子保函已提交",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: Request, code: str) -> HttpResponse:
    """模拟付款. There is no such page where anything is real."""
    actor = pages.signed_in(request)
    if not settings.SIMULATION:
        raise Missing()
    mine = access.own_account(actor, LotCode(code))
    lot = projects.seen(actor, code)
    basic = parties.party(mine.party).basic_account
    return pages.act(
        request,
        forms.PayForm,
        lambda who, data: services.pretend_payment(
            who, lot.code, forms.transfer(mine.number, data), request.at
        ),
        template="deposits/pay.html",
        context={**_frame(lot, "模拟付款"), "mine": mine},
        initial={
            "amount": mine.missing,
            "payer_name": basic.name if basic else mine.party_name,
            "payer_account": basic.number if basic else "",
        },
        done=f"/desk/lots/{code}/deposit/",
        words="付款指令已提交模拟银行，约两分钟后到账",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, code: str, party: str) -> HttpResponse:
    """退还一家投标人的保证金."""
    lot, account = _settling(request, code, party, Permission.DEPOSIT_RELEASE)
    limit = rules.return_limit(lot.rulebook)
    return pages.act(
        request,
        forms.ReleaseForm,
        lambda who, data: services.release(who, lot.code, account.party, data["reason"], at=request.at),
        template="deposits/settle.html",
        context={
            **_frame(lot, "退还保证金"),
            "account": account,
            "submit": "退还保证金",
            "verdict": rules.may_release(account.state, "—"),
        },
        done=f"/desk/lots/{code}/deposit/",
        words=f"已登记退还，平台将在 {rules.return_period(limit)}退到原付款账户",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forfeit(request: Request, code: str, party: str) -> HttpResponse:
    """一家投标人的保证金不予退还."""
    lot, account = _settling(request, code, party, Permission.DEPOSIT_FORFEIT)
    return pages.act(
        request,
        forms.ForfeitForm,
        lambda who, data: services.forfeit(
            who, lot.code, account.party, data["reason"], data["article"], at=request.at
        ),
        template="deposits/settle.html",
        context={
            **_frame(lot, "保证金不予退还"),
            "account": account,
            "submit": "不予退还",
            "verdict": rules.may_forfeit(account.state, "—", "—"),
        },
        done=f"/desk/lots/{code}/deposit/",
        words="已登记不予退还",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def order_return(request: Request, code: str, number: str) -> HttpResponse:
    """再次提交被退汇的退款."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.DEPOSIT_RELEASE):
        raise Forbidden()
    lot = projects.seen(actor, code)
    found = next((one for one in queries.late_or_bounced(lot.code, request.at) if one.number == number), None)
    if found is None:
        raise Missing("没有找到这笔退款")
    return pages.act(
        request,
        forms.AgainForm,
        lambda who, _: services.order_return(who, number, at=request.at),
        template="deposits/order_return.html",
        context={
            **_frame(lot, "再次提交退款"),
            "one": found,
            "is_bounced": found.state is ReturnState.BOUNCED,
        },
        done=f"/desk/lots/{code}/deposit/",
        words="退款指令已提交银行",
    )


def _own(request: Request, actor: Actor, lot: LotFacts) -> HttpResponse:
    asked, mine = queries.requirement(lot.code), _account_of(actor, lot)
    assert actor.organisation is not None, "a bidder acts for one"
    context = {
        **_frame(lot, queries.wording(lot.method).deposit),
        "asked": asked,
        "owed": queries.owed(lot.code, actor.organisation, request.at),
        "now": request.at,
        "mine": None,
    }
    if mine is None or request.method == "POST":
        return pages.act(
            request,
            forms.OpenForm,
            lambda who, data: _open(who, lot, data["members"]),
            template="deposits/own.html",
            context={
                **context,
                "verdict": rules.may_open(asked, _has_basic(actor), lot.must_tender, request.at),
            },
            done=f"/desk/lots/{lot.code}/deposit/",
            words="保证金子账户已开立",
        )
    is_in_time = mine.due is None or request.at < mine.due
    context |= {
        "mine": mine,
        "is_in_time": is_in_time,
        "may_pay": is_in_time and mine.state is AccountState.OPEN,
        "may_pretend": settings.SIMULATION and queries.gateway().is_simulated,
        "basic": _basic(actor),
    }
    return pages.show(request, "deposits/own.html", context)


def _account_of(actor: Actor, lot: LotFacts) -> AccountFacts | None:
    try:
        return access.own_account(actor, lot.code)
    except Missing:
        return None


def _open(actor: Actor, lot: LotFacts, members: Sequence[CreditCode]) -> Receipt | None:
    """办理: the same form again shows its receipt again; another one leads to the account that is there."""
    try:
        return services.open_account(actor, lot.code, members=members)
    except Refused:
        if _account_of(actor, lot) is None:
            raise
        return None


def _all(request: Request, actor: Actor, lot: LotFacts) -> HttpResponse:
    context = {**_frame(lot, "保证金收退"), "asked": queries.requirement(lot.code), "reasons": ()}
    try:
        accounts = access.accounts(actor, lot.code, request.at)
    except Refused as refused:
        return pages.show(request, "deposits/all.html", {**context, "reasons": refused.reasons})
    context |= {
        "accounts": accounts,
        "summary": queries.summary(lot.code),
        "may_settle": actor.has(Permission.DEPOSIT_FORFEIT),
        "open_states": (AccountState.OPEN, AccountState.SECURED),
        "secured": AccountState.SECURED,
        "waiting": queries.late_or_bounced(lot.code, request.at),
        "rejected": _rejected(accounts),
        "article": rules.return_limit(lot.rulebook).article,
    }
    return pages.show(request, "deposits/all.html", context)


def _rejected(accounts: Sequence[AccountFacts]) -> list[tuple[AccountFacts, Any]]:
    counted = (Outcome.ACCEPTED, Outcome.REVERSED)
    return [(one, line) for one in accounts for line in one.lines if line.outcome not in counted]


def _settling(
    request: Request, code: str, party: str, permission: Permission
) -> tuple[LotFacts, AccountFacts]:
    """One bidder's account, for the owner's side and after the deadline only."""
    actor = pages.signed_in(request)
    if not actor.has(permission):
        raise Forbidden()
    lot = projects.seen(actor, code)
    access.require_revealed(lot.code, request.at)
    return lot, queries.account(lot.code, CreditCode(party), request.at)


def _frame(lot: LotFacts, title: str) -> dict[str, Any]:
    crumbs = [("待办", "/desk/"), ("标段", "/desk/lots/"), (lot.title, f"/desk/lots/{lot.code}/")]
    wording = queries.wording(lot.method)
    return {
        "lot": lot,
        "title": title,
        "crumbs": [*crumbs, (title, "")],
        "wording": wording,
        "by_credit": BY_CREDIT,
    }


def _basic(actor: Actor) -> str:
    """基本账户末四位."""
    account = parties.party(actor.organisation).basic_account if actor.organisation else None
    return f"{account.bank}（尾号 {rules.tail(account.number)}）" if account else ""


def _has_basic(actor: Actor) -> bool:
    return bool(_basic(actor))


def _kept(actor: Actor, file: Any) -> str:
    if not file:
        return ""
    return vault_services.put(file, name=file.name, owner=actor.organisation or actor.person)
