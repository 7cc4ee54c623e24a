"""演示标段: what each is called, how far it has come, and when its bidding closes, counted from now."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

CARTEL_OF_NAMES = ("江州长虹建设工程有限公司", "澜川安泰市政工程有限公司", "河阳恒通路桥有限公司")
BIDDERS = (
    *CARTEL_OF_NAMES,
    "云岭华岳建筑集团有限公司",
    "江州市第三建筑工程有限公司",
    "望江远大安装工程有限公司",
    "青石县水利水电工程有限公司",
    "澜川绿源园林工程有限公司",
    "松溪宏达建设有限公司",
    "白鹿市城建工程总公司",
    "平泽同心建设有限公司",
    "清渠县交通建设有限公司",
    "云台区市政工程有限公司",
    "白鹿金桥建设有限公司",
    "江州瑞和机电安装有限公司",
    "南屏县鸿图建筑有限公司",
    "云岭设计集团有限公司、江州建工集团有限公司、澜川市政工程设计研究院有限公司联合体",
)
NOT_QUIET = BIDDERS[len(CARTEL_OF_NAMES) :]  # the three keep to small municipal works
OUR_BIDDER = "江州建设工程有限公司"


class Stop(IntEnum):
    """走到哪里为止."""

    REGISTERED = 0
    ANNOUNCED = 1
    BIDS = 2
    CLOSED = 3
    OPENED = 4
    CONVENED = 5
    SCORING = 6
    REPORTED = 7
    PUBLICISED = 8
    AWARDED = 9
    SIGNED = 10
    ARCHIVED = 11


@dataclass(frozen=True)
class DemoLot:
    """一个演示标段. `closes` is counted from now; the nearest working day is taken, unless `exactly`:
    what must happen before the visitor's eyes is a lot that need not be tendered, whose day is the owner's choice.
    """

    title: str
    stop: Stop
    closes: timedelta
    bidders: int = 3
    yuan: str = "6800000"
    exactly: bool = False
    is_ours: bool = False
    is_quiet: bool = False  # the three of history.py are at it again
    fails_first: bool = False
    then: str = ""  # suspend, object, tip
    category: int = 0


def _days(number: float) -> timedelta:
    return timedelta(days=number)


LOTS = (
    DemoLot("云台区老旧小区综合改造工程（二期）施工", Stop.REGISTERED, _days(30), yuan="31200000"),
    DemoLot("江州市图书馆新馆智能化工程", Stop.ANNOUNCED, _days(17), yuan="8600000", category=12),
    DemoLot(
        "青石县南溪河防洪堤加固工程", Stop.ANNOUNCED, _days(15), yuan="12400000", category=6, then="object"
    ),
    DemoLot(
        "望江区第二实验小学教学楼工程施工总承包", Stop.BIDS, timedelta(minutes=25), 5, "3680000", True, True
    ),
    DemoLot(
        "临溪县农村公路安全生命防护工程", Stop.BIDS, timedelta(minutes=3), 14, "2350000", True, category=2
    ),
    DemoLot("澜东区滨河景观带提升工程", Stop.BIDS, _days(4), 4, "5600000", category=1),
    DemoLot("南屏县人民医院门诊楼改造工程", Stop.ANNOUNCED, _days(9), yuan="9700000", then="suspend"),
    DemoLot("江州市滨江大道照明改造工程", Stop.OPENED, timedelta(hours=-2), 6, "4900000", category=1),
    DemoLot("松溪县城区供水管网更新工程", Stop.CONVENED, timedelta(hours=-3), 5, "14300000", category=1),
    DemoLot(
        "望江区育才路二期及周边道路改造工程施工",
        Stop.CONVENED,
        timedelta(hours=-4),
        yuan="3260000",
        is_quiet=True,
        then="tip",
        category=1,
    ),
    DemoLot("白鹿市体育公园一期工程", Stop.SCORING, timedelta(hours=-5), 5, "22600000", is_ours=True),
    DemoLot("河阳市第一中学学生食堂工程监理", Stop.REPORTED, _days(-1), 4, "1280000"),
    DemoLot(
        "云台区学院路雨污分流改造工程施工",
        Stop.AWARDED,
        _days(-13),
        yuan="2960000",
        is_quiet=True,
        category=1,
    ),
    DemoLot("平泽县小型水库除险加固工程", Stop.PUBLICISED, _days(-4), 7, "10900000", category=6),
    DemoLot("清渠县乡镇污水处理厂提标改造工程", Stop.PUBLICISED, _days(-6), 6, "16700000", category=6),
    DemoLot(
        "江州市公交停保场充电桩采购安装", Stop.AWARDED, _days(-15), 5, "6150000", is_ours=True, category=7
    ),
    DemoLot("云岭省档案馆数字化设备采购", Stop.SIGNED, _days(-40), 4, "3980000", category=12),
    DemoLot("望江区街头绿地改造工程（重新招标）", Stop.PUBLICISED, _days(-5), 3, "4200000", fails_first=True),
    DemoLot("河阳区中心敬老院适老化改造工程", Stop.ARCHIVED, _days(-130), 5, "5330000"),
    DemoLot("澜川市通村公路桥梁维修加固工程", Stop.ARCHIVED, _days(-150), 8, "8800000", category=9),
    DemoLot("江州市城区道路交通信号优化工程", Stop.ARCHIVED, _days(-170), 14, "7760000", category=1),
)
