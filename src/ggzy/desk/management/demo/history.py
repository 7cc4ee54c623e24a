"""两年的往事: small municipal works of one city. Three bidders meet again and again, take turns and cover one another;
the others compete, their prices close together as in life. One lot in ten had to be tendered twice.

Nothing is written past the commands: each lot is walked from its registration to its archive at its own moments.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

from ggzy.desk.management.demo.lots import BIDDERS, CARTEL_OF_NAMES
from ggzy.desk.management.rehearsal import crew
from ggzy.desk.management.rehearsal.cast import Cast, deal_category
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, PriceReading
from ggzy.desk.management.rehearsal.runner import Rehearsal
from ggzy.desk.management.rehearsal.script import Script
from ggzy.desk.management.rehearsal.walk import Marking, Walk
from ggzy.kernel.digest import digest
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.money import Money
from ggzy.trading.tendering.values.traces import Visit

LOTS = 36
FIRST, LAST = timedelta(days=730), timedelta(days=140)  # ago: the last are archived by now
MUNICIPAL = 1
MARKING = Marking(price_weight=Decimal(40), step=Decimal(5))  # as schemes are: no model finds them odd
JOBS = 2
PLACES = ("望江区", "云台区", "澜东区", "江州市", "临溪县", "青石县")
STREETS = ("育才路", "公园路", "滨河路", "建设路", "文昌街", "新华街", "工农路", "解放路", "学院路", "松岭路")
WORKS = ("路面改造工程", "人行道修缮工程", "雨污分流工程", "路灯更换工程", "排水管网清淤工程")
OWNERS = (
    "望江区市政公用事业中心",
    "云台区城市建设服务中心",
    "澜东区道路养护中心",
    "江州市排水管理处",
    "临溪县城乡建设中心",
)
AGENCIES = ("江州正衡招标代理有限公司", "云岭诚达工程咨询有限公司", "澜川公允项目管理有限公司")
OTHERS = BIDDERS[3:12]
OF_TEN_QUIET = (1, 4, 6, 9)  # of ten lots, those the three meet in
AGAIN = 7  # of ten lots, the one tendered twice
SHARED_EVERY = 4  # of their lots, the one prepared in one place
OFFICE = Visit("203.0.113.57", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "kept-by-one-browser")


class History(Rehearsal):
    """往事, walked by several processes with the world's own cast."""

    def __init__(self, cast: Cast, custody: Custody, now: datetime) -> None:
        self.readings = list(readings(now))
        self._schedules = [self._plan(reading) for reading in self.readings]
        self.cast, self.custody = cast, custody

    def walk(self, script: Script) -> Walk:
        """其行程: of one trade; now and then the three hand in from one office."""
        walk = Walk(self.cast, self.custody, script, deal_category(MUNICIPAL))
        walk.marking = MARKING
        if is_shared(script.reading.line):
            walk.visits = from_one_office()
        return walk

    def lay(self) -> int:
        """逐个办结. How many lots there are; raises where one did not reach its archive."""
        for outcome in self.run() if JOBS < 2 else crew.run(self, JOBS):
            assert outcome.is_good, f"{outcome.reading.title}: {outcome.problems}"
        return len(self.readings)


def readings(now: datetime) -> Iterator[LotReading]:
    """往事的标段, the oldest first."""
    apart = (FIRST - LAST) / LOTS
    for number in range(LOTS):
        day = local_date(now - FIRST + apart * number)
        ceiling = Money.yuan(1_200_000 + chance(number, "size") % 340 * 10_000)
        is_quiet = number % 10 in OF_TEN_QUIET
        yield LotReading(
            source="demo",
            line=number,
            title=title(number),
            opened_at=datetime.combine(day, time(9, 30), BEIJING),
            bidders=quiet_bids(number, ceiling) if is_quiet else open_bids(number, ceiling),
            ceiling=ceiling,
            owner=OWNERS[chance(number, "owner") % len(OWNERS)],
            agency=AGENCIES[chance(number, "agency") % len(AGENCIES)],
            is_failed=number % 10 == AGAIN,
        )


def title(number: int) -> str:
    """工程名称, no two alike."""
    place, street = PLACES[number % len(PLACES)], STREETS[number % len(STREETS)]
    return f"{place}{street}{WORKS[number // 10 % len(WORKS)]}施工"


def quiet_bids(number: int, ceiling: Money) -> tuple[BidderReading, ...]:
    """三家的报价: who is to win stays apart, the covers lie close together under the ceiling; at times a fourth comes."""
    turn = number // 10 * len(OF_TEN_QUIET) + sum(place < number % 10 for place in OF_TEN_QUIET)
    first = turn % len(CARTEL_OF_NAMES)
    names = [*CARTEL_OF_NAMES[first:], *CARTEL_OF_NAMES[:first]]
    others = [OTHERS[chance(number, "fourth") % len(OTHERS)]] if turn % 2 else []
    low = 93_300 + chance(number, "low") % 400  # of a hundred thousand
    covers = [98_800 + chance(number, "cover") % 200 + step for step in (0, 130, 290)]
    return _priced(ceiling, number, zip([*names, *others], [low, *covers], strict=False))


def open_bids(number: int, ceiling: Money) -> tuple[BidderReading, ...]:
    """各家的报价: three to five that compete, about one per cent apart."""
    drawn = sorted(OTHERS, key=lambda name: chance(number, f"comes {name}"))
    names = drawn[: 3 + chance(number, "many") % 3]
    level = 86_000 + chance(number, "low") % 8_000
    shares = sorted(level + chance(number, f"price {name}") % 2_400 for name in names)
    return _priced(ceiling, number, zip(names, shares, strict=True))


def from_one_office() -> dict[str, Visit]:
    """来访痕迹 of two of the three, handing in from one office."""
    return dict.fromkeys(CARTEL_OF_NAMES[:2], OFFICE)


def is_shared(number: int) -> bool:
    """Whether the three prepared this lot in one place."""
    return number % 10 in OF_TEN_QUIET and number // 10 % SHARED_EVERY == 1


def chance(number: int, about: str) -> int:
    """The same for the same question, so that the world can be made again."""
    return int(digest(f"demo/{number}/{about}".encode()).removeprefix("sha256:")[:8], 16)


def _priced(ceiling: Money, number: int, shares: Iterator[tuple[str, int]]) -> tuple[BidderReading, ...]:
    found = []
    for name, share in shares:
        fen = ceiling.fen * share // 100_000 - chance(number, name) % 40_000
        price = Money(fen // 100 * 100)
        found.append(BidderReading(name, PriceReading(f"{price.figures()} 元", amount=price)))
    return tuple(found)
