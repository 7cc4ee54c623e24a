"""确认资格的页面: the centre looks at each application while it waits, and at no list afterwards."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.credit import queries as credit
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.forms import acts as forms
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.rules import words
from ggzy.trading.auctions.values import ApplicantFacts
from ggzy.trading.auctions.values.pages import Applied
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place


@require_safe
def applications(request: Request, code: str) -> HttpResponse:
    """待确认的竞买申请."""
    place = places.with_permission(request, code, Permission.APPLICATION_DECIDE)
    found = sales.waiting(place.lot.code, place.lot.round)
    base = f"{places.home(place.lot)}auction/applications/"
    rows = [
        (
            show.link(f"{base}{one.party}/", one.name),
            show.instant(one.filed_at),
            "、".join(file.material or file.name for file in one.documents) or "没有材料",
        )
        for one in found
    ]
    claims = [
        (
            show.link(f"{base}{one.party}/priority/", one.name),
            show.instant(one.claim.filed_at),
            one.claim.grounds,
        )
        for one in sales.claims(place.lot.code, place.lot.round)
        if one.claim
    ]
    until = place.auction.apply_end
    context = places.frame(place, "确认竞买资格", rows=rows, claims=claims, until=until)
    return pages.show(request, "auctions/applications.html", context)


@require_safe
def application(request: Request, code: str, party: str) -> HttpResponse:
    """一份竞买申请: its papers, what stands against it, and the two ways to decide it."""
    place, one, facts = _one(request, code, party)
    return _page(request, place, one, facts)


@require_http_methods(METHODS)
def admit(request: Request, code: str, party: str) -> HttpResponse:
    """确认竞买资格: a paddle is given that tells nobody who holds it."""
    place, one, facts = _one(request, code, party)
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda actor, data: services.admit(actor, place.lot.code, one.party),
        template="auctions/act.html",
        context=places.frame(
            place,
            "确认竞买资格",
            rows=_rows(one, place),
            verdict=rules.may_admit(place.auction, facts, place.at)
            & rules.may_seat(place.auction, one.claim),
            cancel=_home(place),
        ),
        done=_home(place),
        words="竞买资格已确认，号牌已发给竞买人本人",
    )


@require_http_methods(METHODS)
def decline(request: Request, code: str, party: str) -> HttpResponse:
    """不予确认竞买资格, for conditions of the notice, each in words."""
    place, one, facts = _one(request, code, party)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        reasons = tuple(line.strip() for line in data["grounds"].splitlines() if line.strip())
        return services.decline(actor, place.lot.code, one.party, reasons, at=place.at)

    against = rules.may_admit(place.auction, facts, place.at).reasons
    return pages.act(
        request,
        forms.DeclineForm,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "不予确认竞买资格",
            rows=_rows(one, place),
            verdict=rules.may_decline(place.auction, facts, ("—",)),
            hint="只能因不符合公告条件不予确认。理由由申请人本人看到；报名截止前可以补正后重新提交。",
            style="seal",
            cancel=_home(place),
        ),
        initial={"grounds": "\n".join(reason.text for reason in against)},
        done=_home(place),
        words="已告知申请人不予确认的理由",
    )


@require_http_methods(METHODS)
def prepare(request: Request, code: str) -> HttpResponse:
    """准备竞价室: the platform does it by itself ten minutes before the start; by hand it is the same."""
    place = places.with_permission(request, code, Permission.AUCTION_CONDUCT)
    terms = place.auction.terms
    rows = [("竞价开始", words.moment(terms.format.timing.starts_at))] if terms else []
    row = queries.row_of(place.lot.code, place.lot.round)
    claims = queries.claims_waiting(row) if row else ()
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda actor, data: services.prepare_room(actor, place.lot.code),
        template="auctions/act.html",
        context=places.frame(
            place,
            "准备竞价室",
            rows=rows,
            verdict=rules.may_prepare(place.auction, place.at, len(claims)),
            hint="准备后竞价条件不能再变更。没有人工办理的，平台在开始前自动准备。",
        ),
        done=f"/auctions/{place.lot.code}/",
        words="竞价室已就绪",
    )


def _one(request: Request, code: str, party: str) -> tuple[Place, Applied, ApplicantFacts]:
    """An application that still waits. Raises Missing for every other: what was decided is nobody's to read."""
    place = places.with_permission(request, code, Permission.APPLICATION_DECIDE)
    one = sales.own(place.lot.code, place.lot.round, _party(party))
    row = queries.row_of(place.lot.code, place.lot.round)
    if one is None or row is None or not one.is_waiting:
        raise Missing("没有这份待确认的竞买申请，可能已经办理")
    return place, one, queries.applicant_facts(place.lot, row, one.party, place.at)


def _party(text: str) -> CreditCode:
    try:
        return CreditCode.parse(text)
    except ValueError:
        raise Missing() from None


def _home(place: Place) -> str:
    return f"{places.home(place.lot)}auction/applications/"


def _rows(one: Applied, place: Place) -> list[tuple[str, object]]:
    """Whose it is; and who of those barred, or of the owner's side, bears its representative's name: to be
    looked at, not held against it."""
    side = (place.lot.owner, place.lot.agency)
    warned = credit.namesakes((one.party,), place.at, side=side).get(one.party, ())
    return [
        ("申请人", one.name),
        ("统一社会信用代码", one.party),
        ("提交时间", show.instant(one.filed_at)),
        *(("请核对", f"{line}。同名不等于同一人，不据此限制参加") for line in warned),
    ]


def _page(request: Request, place: Place, one: Applied, facts: ApplicantFacts) -> HttpResponse:
    files = [
        {"name": file.material or file.name, "bytes": file.bytes, "digest": file.digest, "url": f"/files/{file.digest}/"}
        for file in one.documents
    ]  # fmt: skip
    context = places.frame(
        place,
        "竞买申请",
        rows=_rows(one, place),
        one=one,
        files=files,
        verdict=rules.may_admit(place.auction, facts, place.at),
        base=f"{_home(place)}{one.party}/",
        cancel=_home(place),
    )
    return pages.show(request, "auctions/application.html", context)
