"""可办事项: the pages around an auction a person may want, alive or with the reasons why not."""

from collections.abc import Iterator
from datetime import datetime

from ggzy.foundation.ui.offers import Offer, unless
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.auctions.lifecycle import APPLICATION, AUCTION, LIVE, RUNNING, STANDS
from ggzy.trading.auctions.models import Application, Auction, RoomRow
from ggzy.trading.auctions.queries.applicants import claims_waiting
from ggzy.trading.auctions.queries.auctions import FORMATS, facts_of, row_of
from ggzy.trading.auctions.queries.custody import custody_of, keys_posted, released
from ggzy.trading.auctions.queries.ends import ends_of
from ggzy.trading.auctions.queries.lottery import givers_of, owing, party_of
from ggzy.trading.auctions.queries.pictures import pictures as shown
from ggzy.trading.auctions.queries.rooms import restored
from ggzy.trading.auctions.rules import lottery as drawing
from ggzy.trading.auctions.rules import pictures, seating
from ggzy.trading.auctions.values import (
    ApplicationState,
    AuctionFacts,
    AuctionState,
    Outcome,
    RoomPhase,
    Side,
)
from ggzy.trading.projects.values import Holder, LotFacts

S = AuctionState
NO_ROOM = "竞价室尚未就绪"


def offered(actor: Actor, lot: LotFacts, at: datetime) -> tuple[Offer, ...]:
    """本人在本标的竞价环节可办的事项, in travelling order."""
    row = row_of(lot.code, lot.round)
    auction = (
        facts_of(row)
        if row
        else AuctionFacts(lot=lot.code, round=lot.round, state=S.DRAFTED, format=lot.method)
    )
    base = f"/desk/lots/{lot.code}/auction/"
    if actor.role in (Role.OWNER, Role.AGENCY):
        if actor.organisation not in (lot.owner, lot.agency):
            return ()
        return (
            *_of_owner(actor, lot, row, auction, base, at),
            *_lots(actor, row, auction, base),
            _reading(auction, base),
        )
    if actor.role is Role.BIDDER and actor.organisation is not None:
        own = _of_bidder(actor.organisation, lot, row, auction, base, at)
        return (*own, *_lots(actor, row, auction, base))
    if actor.role is Role.OPERATOR:
        return (
            *_of_operator(lot, row, auction, base, at),
            *_lots(actor, row, auction, base),
            _reading(auction, base),
        )
    if actor.role in (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR):
        watching = Offer("竞价监督", f"{base}watch/", unless(auction.state is not S.DRAFTED, "公告尚未发布"))
        return (watching, *_lots(actor, row, auction, base), _reading(auction, base))
    if actor.role is Role.CUSTODIAN:
        return tuple(_of_custodian(actor, row, base))
    return ()  # fmt: skip


def _lots(actor: Actor, row: Auction | None, auction: AuctionFacts, base: str) -> Iterator[Offer]:
    """摇号随机数, where the notice may come to lots: promised, then told."""
    if row is None or auction.terms is None or not drawing.has_lottery(auction.terms.format):
        return
    party = party_of(actor, auction.lot, auction.round)
    if party is None:
        return
    own = givers_of(row).get(party)
    owes = bool(owing({row.pk: party}))
    yield Offer(
        "提交摇号随机数承诺",
        f"{base}lots/commit/",
        unless(auction.state in RUNNING, "竞价已经结束，或者公告尚未发布"),
        note="已承诺" if own else "",
    )
    told = unless(owes, "没有待公开的随机数：参加摇号的号牌确定后公开")
    yield Offer(
        "公开摇号随机数",
        f"{base}lots/reveal/",
        told,
        is_turn=owes,
        note="逾期不公开的，摇号不再等待" if owes else "",
    )


def _of_custodian(actor: Actor, row: Auction | None, base: str) -> Iterator[Offer]:
    plan = custody_of(row) if row else None
    who = (actor.person, actor.organisation)
    holders = plan.holders if plan else ()
    mine = next((one for one in holders if (one.person, one.organisation) == who), None)
    if mine is None or row is None:
        return
    owes_key = mine.x not in keys_posted(row)
    room = RoomRow.objects.filter(pk=row.pk).first()
    owes_shares = (
        room is not None and room.phase == RoomPhase.UNSEALING and not _has_released(row, room, mine)
    )
    note = "待提交公钥" if owes_key else "待释放份额" if owes_shares else ""
    yield Offer("报价密钥保管", f"{base}keys/", is_turn=owes_key or owes_shares, note=note)


def _has_released(row: Auction, room: RoomRow, mine: Holder) -> bool:
    turn = restored(room, LotCode(row.lot_id), row.round)[0].turn
    return mine.x in released(row, turn)


def _reading(auction: AuctionFacts, base: str) -> Offer:
    return Offer("竞价情况", base, unless(auction.state is not S.DRAFTED, "公告尚未发布"))


def _of_owner(
    actor: Actor, lot: LotFacts, row: Auction | None, auction: AuctionFacts, base: str, at: datetime
) -> Iterator[Offer]:
    is_drafted, is_announced = auction.state is S.DRAFTED, auction.state is S.ANNOUNCED
    starts_at = auction.terms.format.timing.starts_at if auction.terms else None
    in_time = is_announced and starts_at is not None and at < starts_at and not auction.is_prepared
    if lot.rulebook.get("price.consent_rate_min"):
        yield Offer("登记批准单位的同意", f"{base}consent/", unless(is_drafted, "本轮公告已经发布"))
    if FORMATS[lot.method].is_sealed:
        plan = custody_of(row) if row else None
        missing = len(plan.holders) - len(keys_posted(row)) if plan and row else None
        yield Offer(
            "指定报价密钥保管人",
            f"{base}custody/",
            unless(is_drafted, "本轮公告已经发布，保管人不能再改"),
            is_turn=is_drafted and plan is None,
            note=f"还有 {missing} 位未提交公钥" if missing else "",
        )
    may_show = pictures.may_show(auction, shown(lot.code))
    yield Offer("图片与平面图", f"{base}pictures/", may_show)
    yield Offer("发布公告", f"{base}announce/", unless(is_drafted, "本轮公告已经发布"), is_turn=is_drafted)
    may_change = unless(in_time, "项目未在公告期内，或者竞价室已经就绪")
    yield Offer("变更公告", f"{base}amend/", may_change)
    if lot.rulebook.get("relisting.extension_days_min"):
        yield Offer("延长信息披露", f"{base}extend/", may_change)
    yield from _of_result(actor, lot, row, auction, base, at)


def _of_result(
    actor: Actor, lot: LotFacts, row: Auction | None, auction: AuctionFacts, base: str, at: datetime
) -> Iterator[Offer]:
    is_over = auction.state is S.CLOSED or (
        auction.state is S.ANNOUNCED and auction.outcome is Outcome.TOO_FEW
    )
    asks = auction.terms is not None and bool(auction.terms.format.reserve)
    label = "公开保留价，确定结果" if asks else "确定竞价结果"
    yield Offer(label, f"{base}settle/", unless(is_over, "竞价尚未结束，或者结果已经确定"), is_turn=is_over)
    if actor.has(Permission.SALE_SIGN):
        yield _signing(row, auction, Side.OWNER, base, at)
    yield Offer(
        "认定违约", f"{base}default/", unless(AUCTION.may(auction.state, "default"), "没有待履行的成交")
    )
    has_failed = auction.state in (S.FAILED, S.DEFAULTED)
    yield Offer("再次公告", f"{base}relist/", unless(has_failed, "本轮没有失败"), is_turn=has_failed)


def _signing(row: Auction | None, auction: AuctionFacts, side: Side, base: str, at: datetime) -> Offer:
    is_sold, is_signed = auction.state is S.SOLD, side.value in auction.signed
    return Offer(
        "签署成交确认书",
        f"{base}sign/",
        unless(is_sold or auction.state is S.CONFIRMED, "尚未成交"),
        is_turn=is_sold and not is_signed,
        until=ends_of([(row, None)], at)[row.pk].confirm_by if row and is_sold and not is_signed else None,
        note="已签署" if is_signed else "",
    )


def _of_bidder(
    party: CreditCode, lot: LotFacts, row: Auction | None, auction: AuctionFacts, base: str, at: datetime
) -> Iterator[Offer]:
    own = Application.objects.filter(auction=row, party=party).first() if row else None
    state = ApplicationState(own.state) if own else None
    stands = state in STANDS
    may_come = (
        auction.state in (S.ANNOUNCED, S.OPEN) and auction.apply_end is not None and at < auction.apply_end
    )
    told = own is not None or auction.state is not S.DRAFTED
    yield Offer(
        f"报名（{APPLICATION.name(state)}）" if state else "报名",
        f"{base}apply/",
        unless(told, "公告尚未发布"),
        is_turn=may_come and not stands,
        until=auction.apply_end if may_come and not stands else None,
    )
    if own is not None and own.paddle is not None:
        is_live = auction.state in LIVE
        word = "正在竞价" if is_live else ""
        starts_at = auction.terms.format.timing.starts_at if auction.terms else None
        yield Offer(
            "进入竞价室", f"/auctions/{lot.code}/", is_turn=is_live, note=f"号牌 {own.paddle}。{word}",
            until=starts_at if auction.state is S.ANNOUNCED else None,
        )  # fmt: skip
    if row is not None and row.winner == party:
        yield _signing(row, auction, Side.WINNER, base, at)


def _of_operator(
    lot: LotFacts, row: Auction | None, auction: AuctionFacts, base: str, at: datetime
) -> Iterator[Offer]:
    waits = Application.objects.filter(auction=row, state=ApplicationState.FILED).exists() if row else False
    runs = auction.state in (S.ANNOUNCED, S.OPEN)
    yield Offer(
        "确认竞买资格",
        f"{base}applications/",
        unless(runs or waits, "项目未在报名期内"),
        is_turn=waits,
        until=auction.apply_end if waits else None,
        note="有待确认的申请" if waits else "",
    )
    claims = len(claims_waiting(row)) if row else 0
    note = f"{claims} 项优先购买权的主张待认定" if claims else "到时平台自动准备"
    yield Offer("准备竞价室", f"{base}prepare/", seating.may_prepare(auction, at, claims), note=note)
    is_paused = auction.state is S.PAUSED
    yield Offer("竞价控制台", f"{base}room/", unless(auction.is_prepared, NO_ROOM), is_turn=is_paused)
