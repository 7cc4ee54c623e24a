"""主体主页: who a party is, what is on record about it, what it tendered, bid for and won."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyFacts, Qualification
from ggzy.service.portal import queries
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.queries import Wanted
from ggzy.trading.dossier.values import OpenedBid, Summary

SHOWN = 20


@require_safe
def party(request: Request, code: str) -> HttpResponse:
    """主体主页. Only what the register publishes; the account and the telephone are nobody's business."""
    known = parties.party(_code(code))
    bids = dossiers.bids_of(known.code, limit=SHOWN)
    wanted = Wanted(lots=tuple({lot for lot, _ in bids}))
    lots = {lot.lot: lot for lot in dossiers.summaries(wanted, limit=SHOWN)} if bids else {}
    tendered = Wanted(owner=known.code)
    context = {
        "party": known,
        "rows": _rows(known),
        "qualifications": [_held(held, local_date(request.at)) for held in known.qualifications],
        "ban": credit.is_banned(known.code, request.at),
        "grade": credit.grade(known.code, request.at),
        "records": credit.shown(request.at, party=known.code, limit=SHOWN),
        "tendered": queries.lot_rows(dossiers.summaries(tendered, limit=SHOWN), request.at),
        "tendered_count": dossiers.count(tendered),
        "bids": [_bid(lot, bid, lots, known.code) for lot, bid in bids],
        "now": request.at,
    }
    return pages.show(request, "portal/party.html", context)


def _code(text: str) -> CreditCode:
    try:
        return CreditCode.parse(text)
    except ValueError as mistake:
        raise Missing("没有找到这个主体") from mistake


def _rows(known: PartyFacts) -> list[tuple[object, ...]]:
    regions = queries.region_names({known.region})
    licence = show.day(known.licence_until) if known.licence_until else "长期有效"
    return [
        ("统一社会信用代码", show.code(known.code)),
        ("主体类别", known.kind.label),
        ("所在地", regions[known.region]),
        ("身份", "、".join(role.label for role in known.roles)),
        ("证照有效期", licence),
        ("登记时间", show.instant(known.registered_at)),
    ]


def _held(held: Qualification, today: date) -> list[object]:
    if held.valid_until is None:
        return [held.name, held.grade, held.number, "长期有效"]
    until = show.day(held.valid_until)
    is_over = held.valid_until < today
    return [held.name, held.grade, held.number, until if not is_over else f"已于 {held.valid_until} 过期"]


def _bid(
    code: LotCode, bid: OpenedBid, lots: Mapping[LotCode, Summary], party: CreditCode
) -> dict[str, object]:
    lot = lots.get(code)
    return {
        "url": f"/lots/{code}/",
        "title": lot.title if lot else str(code),
        "opened_at": lot.opened_at if lot else None,
        "price": bid.price or bid.amount,
        "is_winner": lot is not None and lot.winner_code == party,
    }
