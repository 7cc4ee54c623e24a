"""可办事项: the pages of tendering a person may want on a lot, alive or with the reasons why not."""

from collections.abc import Iterator
from datetime import datetime

from ggzy.foundation.ui.offers import Offer, unless
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Verdict
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import rules
from ggzy.trading.tendering.models import Tender
from ggzy.trading.tendering.queries.bidders import own_bid
from ggzy.trading.tendering.queries.ceremony import of_tender
from ggzy.trading.tendering.queries.tenders import facts_of, row_of, unanswered
from ggzy.trading.tendering.values import BidState, TenderFacts, TenderState

DRAFTED, ANNOUNCED, CLOSED = TenderState.DRAFTED, TenderState.ANNOUNCED, TenderState.CLOSED


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """本单位在本标段招标环节可办的事项, in travelling order."""
    found = projects.lot(lot)
    row = row_of(lot, found.round)
    tender = facts_of(row, at) if row else TenderFacts(lot, found.round, DRAFTED, found.method)
    base = f"/desk/lots/{lot}"
    if actor.role in (Role.OWNER, Role.AGENCY) and actor.organisation in (found.owner, found.agency):
        return tuple(_of_owner(found, tender, base, at))
    if actor.role is Role.BIDDER and actor.organisation is not None:
        return tuple(_of_bidder(actor, found, row, tender, base, at))
    if actor.role is Role.CUSTODIAN:
        return tuple(_of_custodian(actor, row, tender, base, at))
    if actor.role is Role.OPERATOR:
        return (Offer("开标控制台", f"{base}/opening/", _since_close(tender), note="只显示份数"),)
    return ()


def _of_owner(lot: LotFacts, tender: TenderFacts, base: str, at: datetime) -> Iterator[Offer]:
    is_drafted, is_announced = tender.state is DRAFTED, tender.state is ANNOUNCED
    missing = len(tender.custody.holders) - len(tender.keys_posted) if tender.custody else None
    yield Offer(
        "指定开标密钥保管人",
        f"{base}/custody/",
        unless(is_drafted, "招标公告已经发布，保管人不能再改"),
        is_turn=is_drafted and tender.custody is None,
        note=f"还有 {missing} 位未提交公钥" if missing else "",
    )
    yield Offer(
        "发布招标公告",
        f"{base}/announce/",
        unless(is_drafted, "本轮招标公告已经发布") & unless(missing == 0, "保管人的公钥尚未齐备"),
        is_turn=is_drafted and missing == 0,
    )
    in_time = is_announced and tender.deadline is not None and at < tender.deadline
    asked = unanswered([lot.code]).get(lot.code, 0) if in_time else 0
    yield Offer(
        "答疑与澄清",
        f"{base}/clarify/",
        unless(in_time, "项目未在公告期内"),
        is_turn=asked > 0,
        until=tender.deadline,
        note=f"{asked} 条疑问待答复" if asked else "",
    )
    yield Offer(
        "延长投标截止时间", f"{base}/extend/", unless(in_time, "项目未在公告期内"), until=tender.deadline
    )
    yield Offer("开标控制台", f"{base}/opening/", _since_close(tender), is_turn=tender.state is CLOSED)
    yield Offer(
        "重新招标",
        f"{base}/retender/",
        rules.may_retender(tender, is_ordered=projects.is_ordered_anew(lot)),
        is_turn=tender.state is TenderState.FAILED or projects.is_ordered_anew(lot),
    )


def _of_bidder(
    actor: Actor, lot: LotFacts, row: Tender | None, tender: TenderFacts, base: str, at: datetime
) -> Iterator[Offer]:
    assert actor.organisation is not None, "asked before"
    bid = own_bid(row, actor.organisation)
    in_time = tender.state is ANNOUNCED and tender.deadline is not None and at < tender.deadline
    is_in = bid is not None and bid.state == BidState.SUBMITTED
    may_come = unless(tender.state is not DRAFTED, "招标公告尚未发布") & unless(in_time, "投标截止时间已过")
    if in_time and not is_in:
        may_come &= projects.gate(lot, (actor.organisation,), at)
    yield Offer(
        "投标",
        f"{base}/bid/",
        may_come,
        is_turn=not is_in and may_come.ok,
        until=tender.deadline,
        note="已递交，可替换或撤回" if is_in and in_time else "",
    )
    yield Offer(
        "提出疑问", f"{base}/ask/", unless(in_time, "项目未在公告期内，不能提问"), until=tender.deadline
    )
    opening = of_tender(row, at) if row is not None and tender.state is CLOSED else None
    waits = is_in and opening is not None and opening.read_out_at is None and bid is not None
    yield Offer(
        "开标大厅",
        f"{base}/hall/",
        _since_close(tender) & unless(bid is not None, "您没有投标"),
        is_turn=waits and bid is not None and bid.secrets is None,
        until=opening.bidder_window_until if opening else None,
    )


def _of_custodian(
    actor: Actor, row: Tender | None, tender: TenderFacts, base: str, at: datetime
) -> Iterator[Offer]:
    holders = tender.custody.holders if tender.custody else ()
    mine = next((one for one in holders if one.person == actor.person), None)
    if mine is None:
        return
    opening = of_tender(row, at) if row is not None and tender.state is CLOSED else None
    owes_key = tender.state is DRAFTED and mine.x not in tender.keys_posted
    owes_shares = (
        opening is not None and opening.read_out_at is None and mine.x not in opening.shares_released
    )
    yield Offer(
        "开标密钥保管",
        f"{base}/keys/",
        is_turn=owes_key or owes_shares,
        until=opening.custodian_window_until if opening else None,
        note="待提交公钥" if owes_key else "待释放份额" if owes_shares else "",
    )


def _since_close(tender: TenderFacts) -> Verdict:
    return unless(tender.state not in (DRAFTED, ANNOUNCED), "投标截止时间未到，尚未开标")
