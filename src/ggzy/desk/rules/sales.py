"""竞价标的在工作台上的规则: the way of an auction, where it stands, what comes next. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ggzy.desk.values import Next, Step
from ggzy.trading.auctions.values import AuctionFacts, AuctionState
from ggzy.trading.auctions.values.pages import Deal
from ggzy.trading.dossier.values import Stage, Summary

S = AuctionState
SECOND = timedelta(seconds=1)
WAY: tuple[tuple[str, str, str], ...] = (
    ("入场登记", "registered", ""),
    ("公告", "announced", "公告期满后开始竞价（挂牌）"),
    ("报名", "applied", "竞价结束前，报名人的名称和数量对任何人保密"),
    ("竞价", "closed", "只显示号牌；结束前有新报价的，按公告的规则延长"),
    ("成交结果", "sold", "设保留价的，由保管人公开后确定"),
    ("成交确认书", "confirmed", "双方签署"),
    ("合同", "contracted", "按公告的期限签订"),
    ("履约", "completed", "付款、交付"),
    ("归档", "archived", "案卷封存，任何人可以核验"),
)
STATIONS: Mapping[str, str] = {
    "lot.registered": "registered",
    "auction.announced": "announced",
    "auction.closed": "closed",
    "auction.sold": "sold",
    "auction.failed": "failed",
    "sale.confirmed": "confirmed",
    "sale.defaulted": "defaulted",
    "contract.signed": "contracted",
    "contract.completed": "completed",
    "lot.terminated": "terminated",
    "dossier.archived": "archived",
}
"""Which public fact brings an auction to which station."""
REACHED: Mapping[AuctionState, int] = {
    S.DRAFTED: 0, S.ANNOUNCED: 1, S.OPEN: 2, S.PAUSED: 2, S.CLOSED: 3, S.SOLD: 4, S.CONFIRMED: 5,
}  # fmt: skip
LATER: Mapping[Stage, int] = {Stage.CONTRACTED: 6, Stage.COMPLETED: 7, Stage.ARCHIVED: 8}
WORDS: Mapping[AuctionState, str] = {
    S.DRAFTED: "编制中",
    S.ANNOUNCED: "公告中",
    S.OPEN: "正在竞价",
    S.PAUSED: "已暂停",
    S.CLOSED: "待定结果",
    S.SOLD: "已成交",
    S.CONFIRMED: "已成交",
    S.FAILED: "未成交",
    S.DEFAULTED: "已违约",
}
LATER_WORDS: Mapping[Stage, str] = {
    Stage.CONTRACTED: "已签约",
    Stage.COMPLETED: "已完成",
    Stage.ARCHIVED: "已归档",
    Stage.TERMINATED: "已终止",
}


def word(lot: Summary, auction: AuctionFacts, at: datetime) -> str:
    """状态词 of an auction at a moment."""
    if lot.is_suspended:
        return "已暂停"
    if lot.stage in LATER_WORDS:
        return LATER_WORDS[lot.stage]
    return "报名中" if _takes(auction, at) else WORDS[auction.state]


def _takes(auction: AuctionFacts, at: datetime) -> bool:
    terms, end = auction.terms, auction.apply_end
    return auction.state is S.ANNOUNCED and bool(terms and end and terms.apply_from <= at < end)


def timeline(
    lot: Summary, auction: AuctionFacts, deal: Deal | None, times: Mapping[str, datetime], at: datetime
) -> tuple[Step, ...]:
    """时间线 from registration to the archive. `times` gives the moment of each station reached."""
    known = {**times, **({"closed": auction.closed_at} if auction.closed_at else {})}
    if lot.stage is Stage.TERMINATED or auction.state in (S.FAILED, S.DEFAULTED):
        return _ended(lot, auction, known)
    reached = LATER.get(lot.stage, REACHED[auction.state])
    end = auction.apply_end
    if auction.state is S.ANNOUNCED and end is not None and at >= end:
        reached = 2
    if reached >= 2 and end is not None:
        known.setdefault("applied", end)
    latest = _latest(auction, deal)
    steps = [
        Step(name, "done", known.get(code))
        if index <= reached
        else Step(name, "coming", latest=latest.get(code), text=text)
        for index, (name, code, text) in enumerate(WAY)
    ]
    if reached + 1 < len(steps):
        state = "stopped" if lot.is_suspended or auction.state is S.PAUSED else "current"
        steps[reached + 1] = replace(steps[reached + 1], state=state)
    return tuple(steps)


def _latest(auction: AuctionFacts, deal: Deal | None) -> dict[str, datetime | None]:
    ends = auction.terms.format.timing.ends_at if auction.terms else None
    return {
        "applied": auction.apply_end,
        "closed": ends,
        # A period ends with a day: its last moment is the midnight after.
        "confirmed": deal.confirm_by - SECOND if deal and deal.confirm_by else None,
        "contracted": deal.contract_by - SECOND if deal and deal.contract_by else None,
    }


def _ended(lot: Summary, auction: AuctionFacts, times: Mapping[str, datetime]) -> tuple[Step, ...]:
    name, code, text = "终止", "terminated", "本标的不再进行"
    if lot.stage is not Stage.TERMINATED:
        is_failed = auction.state is S.FAILED
        name, code = ("未成交", "failed") if is_failed else ("违约", "defaulted")
        text = "可以再次公告"
    done = [Step(label, "done", times[key]) for label, key, _ in WAY if key in times]
    rest = [Step(label, "skipped") for label, key, _ in WAY if key not in times]
    return (*done, Step(name, "stopped", times.get(code), text=text), *rest)


def coming(
    lot: Summary, auction: AuctionFacts, deal: Deal | None, at: datetime, *, is_still: bool = False
) -> Next:
    """下一步: what happens next, and when. Nothing is counted down while the clocks of the lot stand still."""
    if lot.stage in (Stage.ARCHIVED, Stage.TERMINATED):
        return Next("已归档" if lot.stage is Stage.ARCHIVED else "已终止", "本标的不再进行。")
    if lot.is_suspended or is_still:
        return Next("等待恢复", "各项期限停止计算，恢复后顺延。")
    if auction.state is S.ANNOUNCED and auction.terms is not None:
        return _announced(auction, at)
    if auction.state is S.SOLD and deal is not None and deal.confirm_by:
        text = "双方各自签署；不签的视为违约，保证金不予退还。"
        return Next("签署成交确认书", text, deal.confirm_by, "签署期限")
    if lot.stage is Stage.CONTRACTED:
        return Next("付款和交付", "按合同登记履约情况。")
    if lot.stage is Stage.COMPLETED:
        return Next("归档", "案卷齐全后归档。")
    if auction.state is S.CONFIRMED and deal is not None and deal.contract_by:
        return Next("签订合同", "按公告的期限签订书面合同。", deal.contract_by, "签约期限")
    return _NEXT[auction.state]


def _announced(auction: AuctionFacts, at: datetime) -> Next:
    assert auction.terms is not None, "announced"
    terms, end = auction.terms, auction.apply_end or auction.terms.apply_until
    if at < terms.apply_from:
        return Next("开始报名", "公告的条件和文件可以先行查阅。", terms.apply_from, "报名开始")
    starts_at = terms.format.timing.starts_at
    if at < end and not starts_at <= at:
        return Next("接受报名", "保证金在截止时间前到账，方可确认资格。", end, "报名截止")
    if at < starts_at:
        return Next("竞价开始", "已取得号牌的进入竞价室参加。", starts_at, "竞价开始")
    return Next("竞价即将开始", "正在准备竞价室。")


_NEXT: Mapping[AuctionState, Next] = {
    S.DRAFTED: Next("发布公告", "正在编制公告。"),
    S.ANNOUNCED: Next("接受报名", ""),
    S.OPEN: Next("竞价进行中", "只显示号牌；结束前有新报价的自动延长。"),
    S.PAUSED: Next("等待恢复竞价", "竞价已暂停，恢复后按剩余时间继续。"),
    S.CLOSED: Next("确定成交结果", "设保留价的，由保管人公开保留价后确定。"),
    S.SOLD: Next("签署成交确认书", ""),
    S.CONFIRMED: Next("签订合同", "按公告的期限签订书面合同。"),
    S.FAILED: Next("再次公告", "本轮未成交，可以再次公告，或者终止。"),
    S.DEFAULTED: Next("再次公告", "竞得人违约，可以再次公告，或者终止。"),
}
