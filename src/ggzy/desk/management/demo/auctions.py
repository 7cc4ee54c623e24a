"""演示竞价: what is sold or bought by open price, how far each has come, and when its room opens, from now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum

from ggzy.trading.auctions.values import Direction, Entry
from ggzy.trading.projects.values import Nature

BUYERS = (
    "江州恒创置业有限公司",
    "云岭华盛实业集团有限公司",
    "望江新城商业管理有限公司",
    "澜川鼎盛汽车贸易有限公司",
    "青石县远山矿业有限公司",
    "松溪和顺商贸有限公司",
    "白鹿市嘉禾文化传媒有限公司",
    "平泽县惠民物资回收有限公司",
)
LAND_OFFICE = "江州市自然资源和规划局"
OUR_OWNER = ""  # the owner and the agency of the demo's cast


class Stage(IntEnum):
    """走到哪里为止."""

    ANNOUNCED = 0
    COMING = 1  # paid and applied; the clock admits
    JOINED = 2
    RUNNING = 3
    SETTLED = 4
    CONFIRMED = 5
    RELISTED = 6


@dataclass(frozen=True, kw_only=True)
class DemoAuction:
    """一宗演示竞价. `opens` counts from now, `lasts` from the opening; money in yuan.

    On a working day at half past nine, unless `exactly`. `offers` are made so far.
    """

    title: str
    content: str
    code: str
    method: str
    stage: Stage
    opens: timedelta
    lasts: timedelta
    start: str
    step: str
    deposit: str
    appraisal: str = ""
    notice: timedelta = timedelta(days=24)
    timed_s: int = 300
    asking_s: int = 0
    entry: Entry = Entry.ANYONE
    direction: Direction = Direction.UP
    nature: Nature = Nature.ASSET
    bidders: int = 4
    offers: int = 0
    exactly: bool = False
    is_ours: bool = True
    owner: str = OUR_OWNER
    given: Mapping[str, str] = field(default_factory=dict)


def _days(number: float) -> timedelta:
    return timedelta(days=number)


def _parcel(place: str, area: str, use: str, years: str, far: str) -> dict[str, str]:
    return {"location": place, "area": area, "use": use, "years": years, "far": far, "density": "不大于45%",
            "green": "不小于25%", "height": "不大于16米"}  # fmt: skip


LISTINGS = (
    DemoAuction(
        title="江州市望江区 G(2026)043 号地块国有建设用地使用权",
        content="滨江路北侧城镇住宅用地一宗，净地出让",
        code="B01",
        method="listing",
        stage=Stage.ANNOUNCED,
        opens=_days(17),
        lasts=_days(12),
        start="18970000",
        step="200000",
        deposit="3800000",
        notice=_days(24),
        owner=LAND_OFFICE,
        given=_parcel("望江区滨江路北侧", "32917.91", "城镇住宅用地", "住宅70年、商业40年", "1.0 至 1.5"),
    ),
    DemoAuction(
        title="江州市望江区 G(2026)044 号地块国有建设用地使用权",
        content="南屏街东侧城镇住宅用地一宗，净地出让",
        code="B01",
        method="listing",
        stage=Stage.RUNNING,
        opens=_days(-6),
        lasts=_days(12),
        start="3050000",
        step="20000",
        deposit="610000",
        asking_s=300,
        entry=Entry.JOINED,
        offers=11,
        owner=LAND_OFFICE,
        given=_parcel("望江区南屏街东侧", "5479.97", "城镇住宅用地", "住宅70年、商业40年", "1.0 至 1.5"),
    ),
    DemoAuction(
        title="江州市云台区 G(2026)046 号地块国有建设用地使用权",
        content="云台大道西侧商服用地一宗",
        code="B01",
        method="listing",
        stage=Stage.RUNNING,
        opens=_days(-12),
        lasts=_days(12) + timedelta(minutes=40),
        start="2590000",
        step="10000",
        deposit="520000",
        offers=19,
        exactly=True,
        owner=LAND_OFFICE,
        given=_parcel("云台区云台大道西侧", "4649.75", "商服用地", "商业40年", "不大于2.0"),
    ),
    DemoAuction(
        title="江州市澜东区 G(2026)038 号地块国有建设用地使用权",
        content="工业园区二期一类工业用地一宗",
        code="B01",
        method="listing",
        stage=Stage.CONFIRMED,
        opens=_days(-19),
        lasts=_days(12),
        start="2528000",
        step="20000",
        deposit="600000",
        offers=14,
        owner=LAND_OFFICE,
        given=_parcel("澜东区工业园区二期", "12038", "一类工业用地", "50年", "大于1"),
    ),
)
OTHERS = (
    DemoAuction(
        title="青石县白马乡南岭建筑用石灰岩矿采矿权",
        content="新设采矿权，露天开采",
        code="B03",
        method="listing",
        stage=Stage.RELISTED,
        opens=_days(-40),
        lasts=_days(20),
        start="8600000",
        step="100000",
        deposit="1720000",
        notice=_days(40),
        bidders=0,
        is_ours=False,
        owner=LAND_OFFICE,
        given={
            "mineral": "建筑用石灰岩",
            "location": "青石县白马乡南岭",
            "area": "0.42",
            "reserves": "1260 万吨",
            "years": "10年",
        },
    ),
    DemoAuction(
        title="江州城建机械设备一批转让",
        content="塔式起重机 4 台、混凝土泵车 2 台等，整体转让",
        code="C02",
        method="dynamic",
        stage=Stage.RUNNING,
        opens=_days(-3),
        lasts=_days(5),
        start="4860000",
        step="20000",
        deposit="900000",
        appraisal="4860000",
        notice=_days(32),
        offers=6,
        given={
            "kind": "机器设备",
            "quantity": "6 台（套）",
            "location": "江州市城建机械停放场",
            "approval": "江州市国资委 江国资〔演练〕8号",
        },
    ),
    DemoAuction(
        title="江州市老城供电所办公用房转让",
        content="三层办公用房一处，建筑面积 1260 平方米，现状转让",
        code="L01",
        method="ascending",
        stage=Stage.SETTLED,
        opens=_days(-1),
        lasts=timedelta(hours=2),
        start="5200000",
        step="50000",
        deposit="520000",
        appraisal="5200000",
        notice=_days(16),
        offers=12,
        given={
            "kind": "办公用房",
            "model": "三层砖混，1260 平方米",
            "location": "江州市老城区府前街12号",
            "approval": "江财资〔演练〕21号",
        },
    ),
    DemoAuction(
        title="江州市市级机关 2026 年复印纸采购（反向竞价）",
        content="A4 复印纸 2000 箱，送货到指定地点",
        code="L05",
        method="reverse",
        stage=Stage.JOINED,
        opens=timedelta(minutes=50),
        lasts=timedelta(minutes=30),
        start="320000",
        step="2000",
        deposit="6000",
        notice=_days(8),
        timed_s=180,
        direction=Direction.DOWN,
        nature=Nature.GOODS,
        exactly=True,
        given={"quantity": "A4 复印纸 2000 箱", "specification": "70 克，符合国家标准，送货到指定地点"},
    ),
    DemoAuction(
        title="滨江体育公园冠名权",
        content="滨江体育公园及其公交站名的冠名权",
        code="L13",
        method="ascending",
        stage=Stage.JOINED,
        opens=_days(2),
        lasts=timedelta(hours=1),
        start="600000",
        step="10000",
        deposit="60000",
        notice=_days(12),
        given={"object": "滨江体育公园", "years": "3年"},
    ),
)
AUCTIONS = (*LISTINGS, *OTHERS)
