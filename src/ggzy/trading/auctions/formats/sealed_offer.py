"""一次报价: each bidder offers once, sealed; all are opened together after the end."""

from datetime import datetime

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import contest, drafting, flow
from ggzy.trading.auctions.rules.judging import ADMISSION, Case, Check, failed, phase_is
from ggzy.trading.auctions.values import (
    Accepted,
    Format,
    FormatTerms,
    Offer,
    OfferKind,
    Refusal,
    Room,
    RoomPhase,
)

TURNS: flow.Turns = {
    RoomPhase.WAITING: flow.open_room,
    RoomPhase.TIMED: flow.after_sealed,
    RoomPhase.PRIORITY: flow.last,
}
PRICED = contest.judge(TURNS)


def _is_entrant(case: Case) -> bool:
    return case.paddle is None or case.room.turn == 1 or case.paddle.number in case.room.entrants


def _is_first(case: Case) -> bool:
    return all(sealed.paddle != case.offer.paddle for sealed in case.room.sealed)


CHECKS = (
    *ADMISSION,
    phase_is(RoomPhase.TIMED),
    Check(_is_entrant, lambda _: Reason("not_in_contest", "本轮只由上一轮最高报价相同的竞买人报价")),
    Check(_is_first, lambda _: Reason("offered", "一次报价只能报价一次，您的报价已经受理")),
    Check(
        lambda case: case.offer.amount is None,
        lambda _: Reason("not_sealed", "报价应加密后递交，不能填写明文价格"),
    ),
    Check(lambda case: bool(case.offer.digest), lambda _: Reason("digest", "没有加密的报价文件")),
)


def _offer(room: Room, offer: Offer, at: datetime) -> Accepted | Refusal:
    """A sealed file while the time runs; afterwards a holder of priority may take the price that was found."""
    sheet = flow.advance(room, at, TURNS)
    now = sheet.room
    if now.phase is RoomPhase.PRIORITY and offer.kind in (OfferKind.PRICE, OfferKind.WAIVE):
        return PRICED(room, offer, at)
    case = Case.of(now, offer, at, None)
    strange = () if offer.kind in (OfferKind.SEALED, OfferKind.PRICE) else (contest.STRANGE,)
    reasons = strange or failed(CHECKS, case)
    if reasons:
        return Refusal(now, reasons, tuple(sheet.facts))
    sheet.tell(
        events.OfferSealed(
            lot=now.lot, round=now.round, order=now.orders + 1, paddle=offer.paddle, digest=offer.digest,
            press=offer.press, at=at,
        )
    )  # fmt: skip
    return Accepted(sheet.room, tuple(sheet.facts))


def _flaws(terms: FormatTerms) -> Verdict:
    own = judge(
        [
            (terms.timing.timed_s == 0, Reason("timed", "一次报价不设限时竞价")),
            (not terms.has_proxies, Reason("proxies", "一次报价不设自动出价")),
            (
                terms.ceiling is None or terms.ceiling.amount.units > terms.start.units,
                Reason("ceiling", "最高限价应高于起始价"),
            ),
        ]
    )
    return drafting.shared_flaws(terms) & drafting.no_items(terms) & drafting.tie_flaws(terms) & own


FORMAT = Format(
    code="sealed_offer",
    name="一次报价",
    basis="公告载明的竞价规则",
    rule="每个竞买人密封报价一次，截止后同时开启，价高者得；最高报价相同的，按公告载明的规则确定",
    flaws=_flaws,
    offer=_offer,
    close=contest.closing(TURNS),
    is_sealed=True,
)
