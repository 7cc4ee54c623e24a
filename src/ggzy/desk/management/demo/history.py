"""两年的往事: small municipal works of one city. Three bidders meet again and again, take turns and cover one another;
the others compete, their prices close together as in life. One lot in ten had to be tendered twice.

Nothing is written past the commands: each lot is walked from its registration to its archive at its own moments.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from ggzy.desk.management.demo.lots import BIDDERS, CARTEL_OF_NAMES
from ggzy.desk.management.demo.supervision.disputes import Disputes, about_refund, about_result
from ggzy.desk.management.rehearsal import crew
from ggzy.desk.management.rehearsal.cast import Cast, deal_category
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, PriceReading
from ggzy.desk.management.rehearsal.runner import Rehearsal
from ggzy.desk.management.rehearsal.schedule import Schedule
from ggzy.desk.management.rehearsal.script import Script
from ggzy.desk.management.rehearsal.walk import Entrant, Marking, Walk
from ggzy.kernel.codes import LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.money import Money
from ggzy.trading.objections import queries as objection_queries
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.tendering.values.traces import Visit

LOTS = 36
FIRST_LINE = 4  # so that the first is two years old
FIRST, LAST = timedelta(days=790), timedelta(days=140)  # ago: the last are archived by now
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
QUIET_FROM = 18  # the second year: too few yet to tell a rotation from chance; a lot of these days tells it
AGAIN = 7  # of ten lots, the one tendered twice
OF_TEN_SHARED = (1, 9)  # of ten lots, those two of the three hand in from one place
PAIR = ("澜川金辉市政工程有限公司", "云岭鼎晟建设有限公司")
PAIR_LINE = 20  # two others handed in from one place and were found out; see supervision/
OBJECTED = 15  # the second objected to the result, then complained
LATE = 12  # the deposits came back late
REFUND = "逾期：deposit.returned"
REFUNDED_LATE = timedelta(days=19)
DOUBT = "第一中标候选人的技术得分明显偏高，请招标人说明评分依据。"
ANSWER = "评标委员会五名成员独立评分，各项得分与招标文件的评分标准一致，复核无误；评标结果维持不变。"
SHOP = Visit("198.51.100.24", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "kept-by-one-clerk")
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
        line = script.reading.line
        if is_shared(line):
            walk.visits = from_one_office()
        if line == PAIR_LINE:
            walk.visits = dict.fromkeys(PAIR, SHOP)
        if line == LATE:
            walk.refund_after = REFUNDED_LATE
        return walk

    def lay(self) -> Mapping[int, LotCode]:
        """逐个办结. Each line with its lot; raises where one did not reach its archive."""
        lots = {}
        for outcome in self.run() if JOBS < 2 else crew.run(self, JOBS):
            line = outcome.reading.line
            problems = [one for one in outcome.problems if line != LATE or REFUND not in one]
            assert outcome.lot and not problems, f"{outcome.reading.title}: {problems}"
            lots[line] = outcome.lot
        return lots

    def contest(self, walk: Walk, when: Schedule, entrants: list[Entrant]) -> None:
        """异议: the second asks about the result of one lot, is answered in time, and complains."""
        if walk.script.reading.line != OBJECTED:
            return
        second = entrants[1].who
        raised, answered = when.publicity + timedelta(hours=16), when.publicity + timedelta(hours=40)
        with at_moment(raised):
            objections.raise_objection(self.cast.act(second), walk.lot, Stage.RESULT, DOUBT)
        with at_moment(answered):
            (doubt,) = objection_queries.objections_by(walk.lot, second.code)
            objections.answer(self.cast.act(walk.agency), doubt.id, ANSWER, upheld=False, at=answered)
        filed = answered + timedelta(hours=3)
        self._complaint = self._disputes.complain(second, about_result(walk.lot, filed), filed)

    def complain(self, walk: Walk, signed: datetime, entrants: list[Entrant]) -> None:
        """投诉处理: of the result, found baseless; of deposits that came back late, found true."""
        if walk.script.reading.line == OBJECTED:
            self._disputes.reject(self._complaint, signed + timedelta(hours=5))
        if walk.script.reading.line == LATE:
            filed = signed + REFUNDED_LATE + timedelta(days=1)
            new = about_refund(walk.lot, walk.agency, filed)
            complaint = self._disputes.complain(entrants[-1].who, new, filed)
            self._disputes.uphold(complaint, filed + timedelta(days=8))

    @property
    def _disputes(self) -> Disputes:
        return Disputes(self.cast)


def readings(now: datetime) -> Iterator[LotReading]:
    """往事的标段, the oldest first."""
    apart = (FIRST - LAST) / LOTS
    for number in range(FIRST_LINE, LOTS):
        day = local_date(now - FIRST + apart * number)
        ceiling = Money.yuan(1_200_000 + chance(number, "size") % 340 * 10_000)
        yield LotReading(
            source="demo",
            line=number,
            title=title(number),
            opened_at=datetime.combine(day, time(9, 30), BEIJING),
            bidders=_bids(number, ceiling),
            ceiling=ceiling,
            owner=OWNERS[chance(number, "owner") % len(OWNERS)],
            agency=AGENCIES[chance(number, "agency") % len(AGENCIES)],
            is_failed=number % 10 == AGAIN,
        )


def _bids(number: int, ceiling: Money) -> tuple[BidderReading, ...]:
    if number == PAIR_LINE:
        return pair_bids(number, ceiling)
    return quiet_bids(number, ceiling) if is_quiet(number) else open_bids(number, ceiling)


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
    return _covered(number, ceiling, [*names, *others])


def pair_bids(number: int, ceiling: Money) -> tuple[BidderReading, ...]:
    """两家和不知情的两家: one of the two is to win, the other covers it."""
    return _covered(number, ceiling, [*PAIR, *OTHERS[:2]])


def _covered(number: int, ceiling: Money, names: list[str]) -> tuple[BidderReading, ...]:
    low = 93_300 + chance(number, "low") % 400  # of a hundred thousand
    covers = [98_800 + chance(number, "cover") % 200 + step for step in (0, 130, 290)]
    return _priced(ceiling, number, zip(names, [low, *covers], strict=False))


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


def is_quiet(number: int) -> bool:
    """Whether the three meet in this lot of the past."""
    return number >= QUIET_FROM and number % 10 in OF_TEN_QUIET


def is_shared(number: int) -> bool:
    """Whether two of the three handed in from one place."""
    return is_quiet(number) and number % 10 in OF_TEN_SHARED


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
