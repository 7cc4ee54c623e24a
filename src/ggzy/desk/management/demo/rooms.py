"""常开的竞价室: goods that are sold one after another, so that a visitor always finds a room running.

The notice of each was out in time: it is announced and applied for at simulated moments of the days
before, as all that the demo shows; the platform's own clock admits who has paid, and from then on
everything happens when it happens.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ggzy.desk.management.demo.auctions import DemoAuction, Stage
from ggzy.desk.management.demo.market import Market
from ggzy.desk.management.rehearsal.sale import Sale
from ggzy.kernel.roles import Role
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.values import AuctionFacts, AuctionState, Direction, Room, RoomPhase
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Nature

Running = tuple[AuctionFacts, Room | None]
HOUSE = "江州市机关事务服务中心"
FREE = timedelta(minutes=3)
TIMED_S = 120
LEAD = timedelta(seconds=20)
BEFORE_THE_END = timedelta(seconds=6)
AFTER_THE_END = timedelta(seconds=10)
NOTICE = timedelta(days=12)


def _good(
    title: str, content: str, code: str, start: str, step: str, deposit: str, **more: Any
) -> DemoAuction:
    usual = DemoAuction(
        title=title, content=content, code=code, method="ascending", stage=Stage.COMING,
        opens=LEAD, lasts=FREE, start=start, step=step, deposit=deposit, notice=NOTICE,
        timed_s=TIMED_S, bidders=5, exactly=True, owner=HOUSE,
    )  # fmt: skip
    return replace(usual, **more)


GOODS = (
    _good("公务用车处置：云A·{n} 小型轿车", "2016 年登记，行驶 18.6 万公里，手续齐全", "L02", "38000", "500", "4000",
          appraisal="38000", given={"kind": "小型轿车", "model": "1.8T，2016年5月登记",
                                    "location": "机关事务服务中心停车场", "approval": "江财资〔演练〕21号"}),
    _good("公园路临街商铺 {n} 号三年租赁权", "一层临街商铺，现状出租，首年租金", "L04", "96000", "1000", "10000",
          given={"location": "望江区公园路临街一层", "area": "86.5", "use": "商业", "years": "3年"}),
    _good("办公设备采购 {n} 号包（反向竞价）", "激光打印机 30 台及耗材，送货安装", "L05", "58000", "500", "1000",
          method="reverse", direction=Direction.DOWN, nature=Nature.GOODS,
          given={"quantity": "激光打印机 30 台", "specification": "A4 黑白双面，符合国家标准，送货安装"}),
    _good("罚没钢材一批（{n} 号仓）", "螺纹钢、角钢约 86 吨，现状处置", "L11", "210000", "2000", "20000",
          appraisal="210000", given={"kind": "钢材", "quantity": "约 86 吨", "location": "罚没物资管理中心仓库",
                                     "document": "江市监罚〔演练〕15号"}),
    _good("公交候车亭 {n} 组广告设置权", "市区公交候车亭灯箱广告设置权", "L14", "128000", "1500", "12000",
          given={"location": "江州市区主干道公交候车亭", "area": "144", "years": "3年"}),
    _good("二氧化硫排污权 {n} 号", "政府储备排污权", "L08", "156000", "2000", "15000",
          given={"pollutant": "二氧化硫", "quantity": "12.5", "years": "5年"}),
)  # fmt: skip


def is_brisk(auction: AuctionFacts) -> bool:
    """是否常开竞价室的一场: its contest counts in minutes, not in days."""
    return auction.terms is not None and 0 < auction.terms.format.timing.timed_s <= TIMED_S


def running() -> tuple[Running, ...]:
    """常开竞价室的各场, announced or open, each with its room once there is one."""
    found = queries.auctions(AuctionState.ANNOUNCED, AuctionState.OPEN)
    return tuple((one, queries.room(one.lot)) for one in found if is_brisk(one))


def next_start(now: datetime, held: Iterable[Running]) -> datetime | None:
    """下一场何时开始; None while the present one, or one that is announced, still fills the hall."""
    last = max((_ends(auction, room) for auction, room in held), default=now)
    if last - now >= BEFORE_THE_END:
        return None
    return max(last + AFTER_THE_END, now + LEAD)


def _ends(auction: AuctionFacts, room: Room | None) -> datetime:
    """The earliest moment at which its room can be over."""
    assert auction.terms is not None, "announced"
    timing = auction.terms.format.timing
    planned = timing.ends_at + timedelta(seconds=timing.timed_s)
    if room is None or room.phase in (RoomPhase.WAITING, RoomPhase.FREE):
        return planned
    return room.end or planned


def announce(market: Market, starts_at: datetime) -> Sale:
    """公告下一场, for the clock to admit its bidders: the goods in turn, each under a number of its own."""
    house = market.cast.owner_named(HOUSE, Role.OWNER, starts_at)
    number = projects.count(owner=house.code)
    good = GOODS[number % len(GOODS)]
    return market.one(number, replace(good, title=good.title.format(n=f"{number + 1:03d}")), opens=starts_at)


def sold(brisk: Iterable[AuctionFacts]) -> tuple[AuctionFacts, ...]:
    """待签成交确认书的: sold in this hall."""
    return tuple(one for one in brisk if is_brisk(one) and one.state is AuctionState.SOLD)
