"""One auction that breaks no rule; a test changes one fact. `Hall` plays a room and keeps what is told."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import BEIJING, Period
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.plugins import discover
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import (
    Accepted,
    Amount,
    AuctionFacts,
    AuctionState,
    AuctionTerms,
    Direction,
    Document,
    Fall,
    Format,
    FormatTerms,
    Measure,
    Offer,
    OfferKind,
    Payment,
    Refusal,
    Steps,
    Timing,
    WeightedItem,
)
from ggzy.trading.projects.values import LotFacts, Phase

REGION = RegionCode("980102")
CALENDAR = catalog.calendar()
FORMATS: dict[str, Format] = discover("ggzy.trading.auctions.formats", "FORMAT")


def party(serial: int) -> CreditCode:
    return CreditCode.make(region=REGION, serial=serial)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def yuan(amount: int | str | Decimal) -> Amount:
    return Amount.of_money(Money.yuan(amount))


CENTRE, OWNER, AGENCY, FIRM, OTHER = (party(serial) for serial in range(1, 6))
CODE = LotCode.make(category="B01", platform=CENTRE, on=date(2026, 5, 20), serial=1)

# Published on Monday 1 June 2026; the listing opens on the twentieth day after, which is a Sunday,
# so here on Monday the 22nd.
NOW = moment("2026-06-01T09:00")
START = moment("2026-06-22T09:00")
END = START + timedelta(hours=1)

TIMING = Timing(starts_at=START, ends_at=END, window_s=300, length_s=300)
TERMS = FormatTerms(
    start=yuan(2_590_000), steps=Steps(step=10_000_00), timing=TIMING, bidders_min=3, has_proxies=True
)
DOWN = replace(TERMS, direction=Direction.DOWN)


@dataclass
class Hall:
    """竞价大厅: plays one room by its format and keeps every fact, refusals among them."""

    terms: FormatTerms = TERMS
    code: str = "ascending"
    paddles: tuple[int, ...] = (1001, 1002, 1003)
    priority: dict[int, int] = field(default_factory=dict)
    room: Any = field(init=False)
    facts: list[Any] = field(init=False)
    presses: int = 0

    def __post_init__(self) -> None:
        at = min(NOW, self.terms.timing.starts_at - timedelta(days=1))
        first = events.RoomPrepared(lot=CODE, round=1, format=self.code, terms=self.terms, at=at)
        self.room, self.facts = rules.prepared(first), [first]
        for number in self.paddles:
            self.give(number, at)

    @property
    def format(self) -> Format:
        return FORMATS[self.code]

    def take(self, outcome: Accepted | Refusal) -> Any:
        self.room = outcome.room
        self.facts += outcome.facts
        return outcome

    def give(self, number: int, at: datetime) -> Any:
        late = self.format.is_joined_late
        priority = self.priority.get(number)
        return self.take(rules.give(self.room, number, at, priority=priority, is_joined_late=late))

    def do(self, offer: Offer, at: datetime) -> Any:
        outcome = self.take(self.format.offer(self.room, offer, at))
        if isinstance(outcome, Refusal):
            self.facts.append(
                events.OfferRefused(
                    lot=CODE, round=1, paddle=offer.paddle, press=offer.press, amount=offer.amount,
                    reasons=outcome.codes, at=at, kind=offer.kind, items=offer.items, digest=offer.digest,
                )
            )  # fmt: skip
        return outcome

    def press(self) -> str:
        self.presses += 1
        return f"press-{self.presses:06d}"

    def offer(self, paddle: int, amount: Amount | int | Decimal, at: datetime, **more: Any) -> Any:
        counted = amount if isinstance(amount, Amount) else yuan(amount)
        return self.do(Offer(paddle, more.pop("press", "") or self.press(), counted, **more), at)

    def proxy(self, paddle: int, limit: Amount | int, at: datetime) -> Any:
        return self.offer(paddle, limit, at, kind=OfferKind.PROXY)

    def join(self, paddle: int, at: datetime) -> Any:
        return self.do(Offer(paddle, self.press(), kind=OfferKind.JOIN), at)

    def waive(self, paddle: int, at: datetime) -> Any:
        return self.do(Offer(paddle, self.press(), kind=OfferKind.WAIVE), at)

    def seal(self, paddle: int, at: datetime) -> Any:
        return self.do(Offer(paddle, self.press(), kind=OfferKind.SEALED, digest="sha256:" + "5" * 64), at)

    def close(self, at: datetime) -> Any:
        return self.take(self.format.close(self.room, at))

    @property
    def ladder(self) -> list[tuple[int, Decimal]]:
        """What was offered: (paddle, yuan) in order."""
        made = (fact for fact in self.facts if isinstance(fact, events.OfferMade))
        return [(fact.paddle, fact.amount.value) for fact in made]

    def kinds(self) -> list[type]:
        return [type(fact) for fact in self.facts]


def running(**change: Any) -> Hall:
    """A room that has opened and where nothing was offered yet."""
    hall = Hall(**change)
    hall.close(hall.terms.timing.starts_at)
    return hall


DOCUMENT = Document("出让须知.pdf", "sha256:" + "1" * 64, 200_000)
LISTING = replace(
    TERMS,
    timing=replace(TIMING, ends_at=moment("2026-07-02T10:00"), timed_s=300),
    bidders_min=1,
)
NOTICE = AuctionTerms(
    format=LISTING,
    apply_from=NOW,
    apply_until=moment("2026-06-30T17:00"),
    deposit=Money.yuan(518_000),
    deposit_until=moment("2026-06-30T17:00"),
    documents=(DOCUMENT,),
    payment=Payment(first=Rate("0.5"), first_days=30, all_days=365),
    contract_days=10,
    viewings=(Period(moment("2026-06-10T09:00"), moment("2026-06-10T17:00")),),
    conditions="境内外法人、自然人和其他组织",
)
LOT = LotFacts(
    code=CODE,
    title="江州市望江区 G(2026)046 号地块",
    project=ProjectCode.make(region=REGION, year=2026, serial=1),
    project_title="望江区 2026 年第二批土地出让",
    owner=OWNER,
    agency=AGENCY,
    category="land",
    nature="goods",
    region=REGION,
    method="listing",
    scoring="",
    estimate=Money.yuan(2_590_000),
    price_form="amount",
    must_tender=False,
    rulebook=catalog.rulebook("land", REGION, date(2026, 5, 20)),
    round=1,
    phase=Phase.REGISTERED,
    registered_at=moment("2026-05-20T10:00"),
    terminated=False,
    standing=None,
)
DRAFTED = AuctionFacts(lot=CODE, round=1, state=AuctionState.DRAFTED, format="listing")
ANNOUNCED = replace(
    DRAFTED,
    state=AuctionState.ANNOUNCED,
    terms=NOTICE,
    announced_at=NOW,
    first_announced_on=date(2026, 6, 1),
)
FALLING = replace(
    TERMS,
    has_proxies=False,
    fall=Fall(interval_s=60, floor=yuan(2_560_000)),
    timing=replace(TERMS.timing, ends_at=START + timedelta(minutes=4)),
)
SEALED = replace(TERMS, has_proxies=False, bidders_min=2)
ITEMS = (
    WeightedItem(
        code="price",
        name="转让价格",
        weight=Decimal(70),
        base=Decimal(2_590_000),
        best=Decimal(5_180_000),
        unit="元",
    ),
    WeightedItem(
        code="days", name="付款期限", weight=Decimal(20), base=Decimal(90), best=Decimal(0), unit="日"
    ),
    WeightedItem(
        code="staff", name="职工留用", weight=Decimal(10), base=Decimal(0), best=Decimal(100), unit="%"
    ),
)
WEIGHTED = replace(
    TERMS, has_proxies=False, items=ITEMS, steps=Steps(step=500_000, is_exact=False), bidders_min=2
)


def by(category: str, **change):
    """The lot under the numbers of another category."""
    found = catalog.find_category(category)
    assert found is not None
    return replace(
        LOT, rulebook=catalog.rulebook(found.rulebook, RegionCode("420500"), date(2026, 6, 1)), **change
    )


def codes(verdict: Any) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def rate(text: str) -> Amount:
    return Amount.of(Measure.RATE, Decimal(text))
