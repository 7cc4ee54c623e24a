"""开标: the calendar and the public side of the opening hall."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import forms, pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date, start_of_day
from ggzy.service.portal import queries
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.values import OpeningChapter, Stage, Summary

SPANS = {"today": (1, "今天"), "week": (7, "七天"), "month": (30, "三十天")}
PAGE = 100


@require_safe
def calendar(request: Request) -> HttpResponse:
    """开标日历 by day: today, a week or a month from a day on."""
    span = request.GET.get("span", "week")
    span = span if span in SPANS else "week"
    first = _day(request.GET.get("from", ""), local_date(request.at))
    days = SPANS[span][0]
    lots = queries.openings(start_of_day(first), start_of_day(first + timedelta(days=days)))
    owners = queries.names(lot.owner for lot in lots)
    regions = queries.region_names({lot.region for lot in lots})
    still = queries.still_among(lots)
    grouped = [
        (day, [_row(lot, owners, regions, request.at, lot.lot in still) for lot in group])
        for day, group in groupby(lots, key=_opening_day)
    ]
    context = {
        "span": span,
        "spans": [
            (name, show.query({}, span=code, **{"from": first.isoformat()}), None, code == span)
            for code, (_, name) in SPANS.items()
        ],
        "first": first,
        "last": first + timedelta(days=days - 1),
        "step": "天" if days == 1 else f" {days} 天",
        "before": show.query({}, span=span, **{"from": (first - timedelta(days=days)).isoformat()}),
        "after": show.query({}, span=span, **{"from": (first + timedelta(days=days)).isoformat()}),
        "days": grouped,
        "total": len(lots),
        "now": request.at,
    }
    return pages.show(request, "portal/openings.html", context)


def _opening_day(lot: Summary) -> date:
    assert lot.deadline is not None, "only lots with a deadline are on the calendar"
    return local_date(lot.deadline)


def _row(
    lot: Summary,
    owners: Mapping[CreditCode, str],
    regions: Mapping[RegionCode, str],
    at: datetime,
    is_still: bool,
) -> dict[str, object]:
    return {
        "at": lot.deadline,
        "title": lot.title,
        "url": f"/openings/{lot.lot}/",
        "owner": owners.get(lot.owner, str(lot.owner)),
        "region": regions[lot.region],
        "state": queries.word(lot, at, is_still=is_still),
        "note": queries.STILL if is_still else "",
    }


def _day(text: str, default: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default


@require_safe
def feed(request: Request) -> HttpResponse:
    """开标日历 of the next sixty days for a calendar program."""
    lots = queries.openings(request.at, request.at + timedelta(days=60))
    return HttpResponse(
        "\r\n".join(_ics(lots, request.build_absolute_uri("/lots/"), request.at)) + "\r\n",
        content_type="text/calendar; charset=utf-8",
    )


def _ics(lots: tuple[Summary, ...], base: str, at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ggzy//openings//ZH", "X-WR-CALNAME:开标日历")
    for lot in lots:
        assert lot.deadline is not None
        yield "BEGIN:VEVENT"
        yield f"UID:opening-{lot.lot}-{lot.round}@ggzy"
        yield f"DTSTAMP:{show.compact(at)}"
        yield f"DTSTART:{show.compact(lot.deadline)}"
        yield from _folded(f"SUMMARY:开标：{_escaped(lot.title)}")
        yield from _folded(f"URL:{base}{lot.lot}/")
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """RFC 5545: a line has at most 75 octets; the next begins with a space."""
    piece, octets = "", 0
    for character in line:
        width = len(character.encode())
        if octets + width > 73:
            yield piece
            piece, octets = " ", 1
        piece, octets = piece + character, octets + width
    yield piece


@require_safe
def hall(request: Request, lot: str) -> HttpResponse:
    """开标大厅, public view: counters while it runs; names and prices only once they were read out."""
    code = _code(lot)
    summary = dossiers.summary(code)
    is_still = queries.is_still(summary)
    find = request.GET.get("find", "").strip()[:100]
    page = forms.whole_number(request.GET.get("page", ""), 1, 1, 10_000)
    opening = dossiers.opening(code, find=find, offset=(page - 1) * PAGE, limit=PAGE)
    total = dossiers.opened_count(code, find=find) if opening else 0
    prices = (
        [bid.amount for bid in dossiers.opened_prices(code) if bid.amount] if opening and opening.bids else []
    )
    context = {
        "lot": summary,
        "word": queries.word(summary, request.at, is_still=is_still),
        "is_still": is_still,
        "opening": opening,
        "steps": steps(summary, opening, request.at),
        "bids": [_bid(bid) for bid in opening.bids] if opening else [],
        "prices": prices,
        "find": find,
        "page": page,
        "pages": max(1, -(-total // PAGE)),
        "total": total,
        "current": {"find": find} if find else {},
        "now": request.at,
        "is_live": summary.stage is Stage.CLOSED,
    }
    return pages.show(request, "portal/hall.html", context)


def _code(text: str) -> LotCode:
    try:
        return LotCode.parse(text)
    except ValueError as mistake:
        raise Missing() from mistake


def _bid(bid) -> dict[str, object]:
    return {
        "number": bid.seq,
        "name": bid.bidder,
        "members": [],
        "price": bid.price or (show.money(bid.amount) if bid.amount else "—"),
        "period": bid.period,
        "quality": bid.quality,
        "state": show.state("已解密"),
    }


def steps(lot: Summary, opening: OpeningChapter | None, at: datetime) -> list[tuple[str, str]]:
    """开标步骤: 公告 · 截止 · 解密 · 唱标 · 结束, each done, current or coming."""
    reached = 0
    if lot.closed_at or (lot.deadline and lot.deadline <= at):
        reached = 2
    if opening and opening.began_at and (opening.decrypted + opening.failed) >= opening.submitted > 0:
        reached = 3
    if opening and opening.bids:
        reached = 4
    if opening and opening.concluded_at:
        reached = 5
    words = ("接收投标文件", "投标截止", "解密", "唱标", "开标结束")
    return [
        (name, "done" if i < reached else "current" if i == reached else "coming")
        for i, name in enumerate(words)
    ]
