"""演练挂牌: a parcel's notice made whole and lawful; what it lacks is invented here, once, and said.

The rulebook is asked for every number; nothing here knows one.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ggzy.desk.management.rehearsal.cast import REGION, invented_names
from ggzy.desk.management.rehearsal.readings import ParcelReading
from ggzy.desk.management.rehearsal.sale import Subject
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Category, Limit, Rulebook
from ggzy.trading.auctions.values import (
    Amount,
    AuctionTerms,
    Entry,
    FormatTerms,
    Payment,
    Steps,
    Timing,
)

CATEGORY, METHOD = "land", "listing"
FALLBACK = datetime(2025, 6, 10, 9, tzinfo=BEIJING)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SIZES = {"亩": Decimal(10_000) / Decimal(15), "㎡": Decimal(1)}  # ㎡ in one
AREA = Decimal(10_000)
USE, PLACE = "城镇住宅用地", "公告未写明，以宗地图为准"
BIDDERS, LISTED, TIMED = 3, 5, 4
TERMS_TRIED = (70, 50, 40, 30)
ASKING_S, TIMED_MINUTES = 300, 5
LIMIT_SHARE = Decimal("0.01")
PAYMENT = Payment(first=Rate("0.5"), first_days=30, all_days=365)


@dataclass(frozen=True)
class ListingSchedule:
    """一宗挂牌的日程, every instant lawful."""

    registered: datetime
    announced: datetime
    bids_from: datetime
    opens: datetime
    closes: datetime
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Buyer:
    """虚构的竞买人."""

    name: str


@dataclass(frozen=True)
class ListingScript:
    """一宗挂牌的剧本. `listed` and `timed` count the offers of the two phases; `said` tells what was invented."""

    reading: ParcelReading
    title: str
    subject: Subject
    terms: AuctionTerms
    schedule: ListingSchedule
    bids: tuple[Buyer, ...]
    said: tuple[str, ...]
    listed: int = LISTED
    timed: int = TIMED


def plan(reading: ParcelReading) -> ListingSchedule:
    """按公告给出的日子排出日程: the listing where the notice puts it, the notice as long before as the law wants."""
    moved: list[str] = []
    opens, closes = reading.opens, reading.closes
    if opens is None:
        opens = closes - 12 * DAY if closes else FALLBACK
        moved.append(f"挂牌开始公告未给出，定为 {opens:%Y-%m-%d}")
    rulebook = _rulebook(local_date(opens) - 30 * DAY)
    least = _earliest_end(opens, rulebook.get("listing.days_min"))
    if closes is None or closes < least:
        said = f"挂牌截止 {closes:%Y-%m-%d %H:%M}" if closes else "公告未给出的挂牌截止"
        closes = datetime.combine(local_date(least), (closes or opens).astimezone(BEIJING).timetz())
        closes = max(closes, opens + DAY)
        moved.append(f"{said} 不合挂牌期的最短天数，移到 {closes:%Y-%m-%d %H:%M}")
    elif not reading.has_hours:
        moved.append("公告只给出日期，挂牌起止的时刻为虚构")
    announced = _announced(opens, rulebook.number("disclosure.days_min"))
    moved.append(f"公告发布日公告未给出，定为 {announced:%Y-%m-%d}")
    return ListingSchedule(
        registered=announced - 2 * DAY,
        announced=announced,
        bids_from=announced + DAY,
        opens=opens,
        closes=closes,
        moved=tuple(moved),
    )


def _earliest_end(opens: datetime, limit: Limit | None) -> datetime:
    """A running period: its first and its last day both count."""
    if limit is None:
        return opens + DAY
    days, first = int(limit.value), local_date(opens) - DAY
    last = catalog.calendar().add_workdays(first, days) if limit.unit == "wd" else first + days * DAY
    return datetime.combine(last, time(), BEIJING)


def _announced(opens: datetime, limit: Limit) -> datetime:
    """The last working day from which the notice is out long enough, the first day not counted."""
    days = int(limit.value) + 1
    day = local_date(opens) - (days * 2 if limit.unit == "wd" else days) * DAY
    return datetime.combine(catalog.calendar().previous_workday(day), time(9), BEIJING)


def write(reading: ParcelReading, schedule: ListingSchedule) -> ListingScript:
    """写成剧本."""
    said = list(schedule.moved)
    rulebook = _rulebook(local_date(schedule.registered))
    format = _format(reading, schedule, said)
    deposit = _deposit(reading, format, rulebook, said)
    apply_from, apply_until = _applications(reading, schedule, said)
    said.append(f"虚构竞买人 {BIDDERS} 家及其报价；资格、付款和合同条款为虚构，不设底价")
    if not reading.owner:
        said.append("出让人公告未给出，已虚构")
    return ListingScript(
        reading=reading,
        title=reading.title,
        subject=_subject(reading, format, local_date(schedule.registered), said),
        terms=AuctionTerms(
            format=format,
            apply_from=apply_from,
            apply_until=apply_until,
            deposit=deposit,
            deposit_until=apply_until,
            documents=(),
            payment=PAYMENT,
            contract_days=10,
            conditions="中华人民共和国境内外的法人、自然人和其他组织，法律另有规定的除外",
            contact="交易中心 0980-12345",
        ),
        schedule=schedule,
        bids=tuple(Buyer(name) for name in invented_names(BIDDERS)),
        said=tuple(said),
    )


def _format(reading: ParcelReading, schedule: ListingSchedule, said: list[str]) -> FormatTerms:
    """竞价条件: by the 亩 or ㎡ where the notice raises the price by it."""
    minutes = reading.timed_minutes
    if minutes is None:
        minutes = TIMED_MINUTES
        said.append(f"限时竞价每次 {minutes} 分钟、询问期 {ASKING_S // 60} 分钟为虚构")
    step = reading.step
    if step is None:
        step = reading.start.times(Rate(LIMIT_SHARE))
        said.append(f"增价幅度公告未给出，定为 {step.figures()} 元")
    timing = Timing(
        starts_at=schedule.opens,
        ends_at=schedule.closes,
        asking_s=ASKING_S,
        timed_s=minutes * 60,
        window_s=minutes * 60,
        length_s=minutes * 60,
        resume_min_s=60,
    )
    whole = FormatTerms(
        start=Amount.of_money(reading.start),
        steps=Steps(step=step.fen),
        timing=timing,
        entry=Entry.JOINED,
        has_proxies=True,
    )
    if not reading.per or reading.area is None:
        return whole
    return _by_unit(reading, whole, reading.area / SIZES[reading.per], said)


def _by_unit(reading: ParcelReading, whole: FormatTerms, size: Decimal, said: list[str]) -> FormatTerms:
    """按单价竞价: the unit price whose total is the published start price, to the fen of a unit."""
    quantity = size.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    unit = Money(int((Decimal(reading.start.fen) / quantity).to_integral_value(ROUND_HALF_UP)))
    said.append(
        f"按{reading.per}增价，按单价竞价：{quantity} {reading.per}，起始单价 {unit.figures()} 元/{reading.per}"
    )
    return replace(whole, start=Amount.of_money(unit), per=reading.per, quantity=quantity)


def _deposit(reading: ParcelReading, format: FormatTerms, rulebook: Rulebook, said: list[str]) -> Money:
    """竞买保证金: the published one, raised to what the law wants of it."""
    limit = rulebook.get("deposit.rate_min")
    floor = format.total(format.start)
    least = floor.times(Rate(limit.value), rounding="ROUND_CEILING") if limit else Money(1)
    if reading.deposit is not None and reading.deposit >= least:
        return reading.deposit
    given = f"公告的保证金 {reading.deposit.figures()} 元低于下限" if reading.deposit else "公告未给出保证金"
    said.append(f"{given}，定为 {least.figures()} 元")
    return least


def _applications(
    reading: ParcelReading, schedule: ListingSchedule, said: list[str]
) -> tuple[datetime, datetime]:
    """报名时间: as published where that is lawful."""
    until = max(schedule.opens + DAY, schedule.closes - 2 * DAY)
    given = reading.apply
    if given and schedule.announced <= given[0] < given[1] <= schedule.closes:
        return given
    given_words = "公告的报名时间不合法" if given else "报名时间公告未给出"
    said.append(f"{given_words}，定为 {schedule.announced:%Y-%m-%d} 至 {until:%Y-%m-%d %H:%M}")
    return schedule.announced, until


def _subject(reading: ParcelReading, format: FormatTerms, on: date, said: list[str]) -> Subject:
    """宗地情况, with what the category asks for and the notice lacks."""
    category = _category()
    given = {
        trait.code: text for trait in category.traits for name, text in reading.fields if name == trait.name
    }
    given |= {
        "area": f"{reading.area:f}" if reading.area else "",
        "use": reading.use,
        "location": reading.location,
    }
    given |= {"years": _years(reading, category, on, said)}
    for code, name, text in (
        ("area", "土地面积", f"{AREA:f}"),
        ("use", "规划用途", USE),
        ("location", "宗地位置", PLACE),
    ):
        if not given[code]:
            given[code] = text
            said.append(f"{name}公告未给出，已虚构")
    return Subject(
        title=reading.title,
        content=f"{given['use']}一宗，面积 {given['area']} ㎡",
        deal_category=category.codes[0].code,
        method=METHOD,
        estimate=format.total(format.start),
        given=given,
    )


def _years(reading: ParcelReading, category: Category, on: date, said: list[str]) -> str:
    """出让年限: as published, or the longest the law allows for this use."""
    if reading.years and _is_lawful(reading, category, reading.years, on):
        return reading.years
    tried = (f"{years}年" for years in TERMS_TRIED if _is_lawful(reading, category, f"{years}年", on))
    lawful = next(tried, f"{TERMS_TRIED[-1]}年")
    given = (
        f"公告的出让年限“{reading.years}”超过法定最高年限或者读不出"
        if reading.years
        else "出让年限公告未给出"
    )
    said.append(f"{given}，定为 {lawful}")
    return lawful


def _is_lawful(reading: ParcelReading, category: Category, years: str, on: date) -> bool:
    told = catalog.particulars(category.key, {"use": reading.use or USE, "years": years})
    found = catalog.judge_particulars(category.key, told, REGION, on)
    return not any(reason.code.startswith("term_") for reason in found.reasons)


def _category() -> Category:
    found = catalog.find_category(CATEGORY)
    assert found is not None, "the catalogue has it"
    return found


def _rulebook(on: date) -> Rulebook:
    return catalog.rulebook(_category().rulebook, REGION, on)
