"""公告期不足: a sale by open price was announced for fewer days than its rules give."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P05",
    name="出让、转让公告期不足",
    grade=Grade.RED,
    basis="招标拍卖挂牌出让国有建设用地使用权规定 §8；企业国有资产交易监督管理办法 §13；以标段适用规则所列条款为准",
    why="公告期短，潜在受让方来不及知道、踏勘和筹款。",
    quiet="同一标的重新披露，规则允许的较短期限。",
    kinds=("auction.announced", "auction.amended", "disclosure.extended"),
)
NAMES = ("disclosure.before_days_min", "disclosure.days_min")


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    auction = record.auction
    if auction is None or record.round > 1:
        return
    limit = next((record.rulebook.number(name) for name in NAMES if record.rulebook.has(name)), None)
    if limit is None:
        return
    ends = auction.starts_at if limit.name == NAMES[0] else auction.apply_until
    if limit.unit == limits.WORKDAYS:
        days = record.ground.calendar.workdays_between(local_date(auction.at), local_date(ends))
    else:
        days = limits.days_between(auction.at, ends)
    if days < limit.value:
        yield Finding(
            sentence=f"公告 {days} {'个工作日' if limit.unit == limits.WORKDAYS else '日'}，{limits.number(limit)}。",
            evidence=(
                Evidence("公告发布", limits.moment(auction.at), auction.height),
                Evidence("期满", limits.moment(ends), auction.height),
                limits.rule(limit),
            ),
        )
