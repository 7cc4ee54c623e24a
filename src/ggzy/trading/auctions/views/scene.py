"""竞价的景象: an announced auction as a visitor stands to it, and what every page that shows its room lives from."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from ggzy.foundation.ui import charts, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import BEIJING
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.trading.auctions import access, queries, rules
from ggzy.trading.auctions.queries import sales, showing
from ggzy.trading.auctions.rules import captions, lottery, wording
from ggzy.trading.auctions.rules.replaying import MICROSECOND
from ggzy.trading.auctions.values import Amount, AuctionFacts, AuctionState, AuctionTerms, Format, RoomPhase
from ggzy.trading.auctions.values.givers import giver_name
from ggzy.trading.auctions.views.place import lot_code
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts


@dataclass(frozen=True)
class Seen:
    """看到的竞价: an announced auction of the present round, and how the visitor stands to it."""

    lot: LotFacts
    auction: AuctionFacts
    terms: AuctionTerms
    format: Format
    relation: rules.Relation
    paddle: int | None

    @property
    def base(self) -> str:
        return f"/auctions/{self.lot.code}/"

    @property
    def moment(self) -> rules.Moment:
        return rules.Moment.of(self.auction)

    def may_see(self, item: rules.Item) -> bool:
        return rules.may_see(item, self.relation, self.moment)


def seen(request: Request, code: str) -> Seen:
    """An auction that was announced. Raises Missing for any other lot, and before the notice."""
    lot = projects.lot(lot_code(code))
    auction = queries.auction(lot.code)
    if auction.state is AuctionState.DRAFTED or auction.terms is None:
        raise Missing()
    relation, actor, paddle = access.relation(request.actor, lot), request.actor, None
    if relation is rules.Relation.BIDDER and actor is not None and actor.organisation is not None:
        paddle = queries.paddle_of(lot.code, lot.round, actor.organisation)
    return Seen(lot, auction, auction.terms, queries.formats()[auction.format], relation, paddle)


def standing(request: Request, place: Seen) -> dict[str, Any]:
    """What every page that shows the room lives from: the tick, the ladder, the course of the price, the rules."""
    lot, terms = place.lot, place.terms.format
    tick = queries.tick(lot.code) if place.auction.is_prepared else None
    phase = RoomPhase(tick["state"]["phase"]) if tick else RoomPhase.WAITING
    offers = tick["state"]["seq"] if tick else 0
    curve = showing.curve(lot.code, lot.round, terms.start.measure, offers) if offers else ()
    return {
        "lot": lot,
        "auction": place.auction,
        "today": f"{request.at.astimezone(BEIJING):%Y-%m-%d}",
        "tenth": partial(tenth, today=request.at.astimezone(BEIJING).date()),
        "step": Amount(terms.scale.measure, terms.steps.step),
        "ends": datetime.fromisoformat(tick["state"]["ends_at"])
        if tick and tick["state"]["ends_at"]
        else None,
        "terms": place.terms,
        "format": place.format,
        "base": place.base,
        "desk": f"/desk/lots/{lot.code}/auction/",
        "now": request.at,
        "door": ""
        if phase is RoomPhase.CLOSED
        else queries.door(lot.code, request.get_host(), is_secure=request.is_secure()),
        "tick": tick,
        "phase": phase,
        "word": captions.word(place.format, place.auction.state, phase, terms.timing.starts_at, request.at),
        "is_running": phase not in (RoomPhase.WAITING, RoomPhase.CLOSED),
        "steps": captions.steps(place.format, terms, phase),
        "sentences": captions.sentences(terms),
        "ladder": showing.ladder(lot.code, lot.round),
        "own": place.paddle,
        "chart": charts.step_line(curve, label="价格走势"),
        "points": [[int(at.timestamp() * 1000), units] for at, units in curve],
        "fall": _fall(lot.code) if terms.fall is not None and phase is RoomPhase.TIMED else None,
        "bands": _bands(place, phase),
        "result": _result(place) if phase is RoomPhase.CLOSED else [],
        "rows": _rows(place),
        "givers": givers(lot.code, lot.round) if lottery.has_lottery(terms) else [],
        "pictures": queries.pictures(lot.code),
        "documents": [(one.name, show.size(one.bytes), one.digest) for one in place.terms.documents],
        "notice": sales.notice_of(lot.code, lot.round),
    }


def tenth(at: datetime, *, today: date) -> str:
    """时刻 to the tenth of a second, Beijing time; with its day where that is not today."""
    local = at.astimezone(BEIJING)
    day = "" if local.date() == today else f"{local.month}月{local.day}日 "
    return f"{day}{local:%H:%M:%S}.{local.microsecond // 100_000}"


def crumbs(here: str) -> list[tuple[str, str]]:
    """The way back."""
    return [("首页", "/"), ("竞价大厅", "/auctions/"), (here, "")]


def _bands(place: Seen, phase: RoomPhase) -> list[tuple[str, str, Markup]]:
    """提示: why the clock stands, as (kind, title, text)."""
    if place.auction.state is not AuctionState.PAUSED and not place.lot.suspended:
        return []
    paused = showing.pause(place.lot.code, place.lot.round)
    if paused is None or phase in (RoomPhase.WAITING, RoomPhase.CLOSED):
        return [("stop", "本标的已暂停交易", Markup("各项期限停止计算，恢复后顺延。"))]
    title = {"operator": "竞价已暂停", "outage": "平台中断，竞价已停表", "brake": "标的暂停交易，竞价已停表"}[
        paused.cause
    ]
    text = Markup("自 {} 起停止计时：{}。恢复后按剩余时间继续，停表期间不受理报价。")
    return [
        ("stop", title, text.format(show.instant(paused.since, seconds=True), paused.reason.rstrip("。")))
    ]


def _fall(lot: LotCode) -> dict[str, object] | None:
    """降价: what the falling price is computed from, in the room's own time."""
    room = queries.room(lot)
    if room is None or room.terms.fall is None:
        return None
    fall, terms = room.terms.fall, room.terms
    return {
        "from": show.iso(terms.timing.starts_at + room.stood_us * MICROSECOND),
        "start": terms.start.units,
        "step": terms.steps.step,
        "interval": fall.interval_s,
        "floor": fall.floor.units,
        "measure": terms.start.measure.value,
        "rule": f"每 {fall.interval_s} 秒降 {Amount(terms.start.measure, terms.steps.step)}，最低 {fall.floor}",
    }


def _result(place: Seen) -> list[tuple[str, object]]:
    """竞价结果, as far as this visitor may know it."""
    told = showing.closing(place.lot.code, place.lot.round)
    if told is None:
        return []
    height, closed = told
    called, deal = wording.of(place.terms.format.direction), sales.deal(place.lot)
    rows: list[tuple[str, object]] = [
        ("结果", closed.outcome.label),
        ("结束时间", show.instant(closed.at, seconds=True)),
    ]
    if closed.price is not None:
        rate = captions.premium(place.terms.format, closed.price).percent_text()
        rows += [
            ("领先报价", f"{closed.price}"),
            ("领先号牌", f"{closed.paddle} 号"),
            (captions.premium_name(place.terms.format), rate),
        ]
    if closed.second is not None:
        rows.append(captions.pledge(place.terms.format, closed.second))
    if deal is not None and place.may_see(rules.Item.WINNER):
        rows.append((called.winner, show.link(f"/parties/{deal.winner}/", deal.name)))
        rows.append(("成交总价", show.money(deal.total, characters=True)))
        signed = (
            show.instant(deal.confirmed_at)
            if deal.confirmed_at
            else f"待签署，最迟 {show.until(deal.confirm_by).striptags()}"
        )
        rows.append(("成交确认书", signed))
    if place.auction.state is AuctionState.FAILED:
        rows.append(("未成交的原因", sales.failure_of(place.lot.code, place.lot.round)))
    rows.append(("报价次数", f"{closed.seq} 次，延长 {closed.extensions} 次"))
    rows.append(("日志高度", show.link(f"/verify/{show.query({'q': height})}", str(height))))
    return rows


def _rows(place: Seen) -> list[tuple[str, object]]:
    """标的概况."""
    lot, terms, called = place.lot, place.terms, wording.of(place.terms.format.direction)
    category = catalog.find_category(lot.category)
    names = parties.names((lot.owner,))
    region = catalog.region(lot.region).full_name if catalog.is_region(lot.region) else str(lot.region)
    timing = terms.format.timing
    rows: list[tuple[str, object]] = [
        ("标的内容", lot.content),
        (
            category.owner_word if category else called.owner,
            show.link(f"/parties/{lot.owner}/", names.get(lot.owner, str(lot.owner))),
        ),
        ("地区", region),
        ("竞价方式", place.format.name),
        (called.start, f"{terms.format.start}{f'／{terms.format.per}' if terms.format.per else ''}"),
        (called.step, str(Amount(terms.format.scale.measure, terms.format.steps.step))),
        ("保证金", show.money(terms.deposit) if terms.deposit else "不收取"),
        ("竞价开始", show.instant(timing.starts_at)),
        ("竞买条件", terms.conditions),
    ]
    return [row for row in rows if row[1]]


def givers(lot: LotCode, round: int) -> list[tuple[object, ...]]:
    """随机数提供情况: public, so that anyone can draw again."""
    return [
        (
            giver_name(one.party),
            show.digest(f"sha256:{one.commitment.hex()}"),
            show.digest(one.nonce.hex()) if one.nonce else "未按时公开" if one.is_missed else "尚未公开",
        )
        for one in queries.givers(lot, round).values()
    ]
