"""招标出让: a sale by tender, from its registration to the committee's report, through commands only."""

import itertools
from datetime import timedelta
from decimal import Decimal

from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.kernel.money import Money, Rate
from ggzy.registers.parties import queries as parties
from ggzy.trading.deposits import queries as deposit_queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.deposits.values import BankLine, LineKind
from ggzy.trading.evaluation import services
from ggzy.trading.evaluation.values import Mark, Rejection, Scheme
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject, Payment
from ggzy.trading.tendering import services as tendering
from ggzy.trading.tendering.rules import base_price_commitment
from ggzy.trading.tendering.values import Price, TenderTerms
from tests.services.evaluation import room as rooms
from tests.services.evaluation.room import Room, amount
from tests.services.tendering import hall as halls
from tests.world import particulars

FLOOR = Money.yuan(10_000_000)
DEPOSIT = FLOOR.times(Rate("0.2"))
SALT = "kept in a drawer"
OFFERS = ("12000000", "15000000", "9000000", "14500000")
"""The third lies below the start price."""
# Twenty working days after the notice of the first of June, and the deadline of every kind is the same.
DEADLINE = halls.moment("2026-07-01T09:30")
_serials = itertools.count(1)


def terms(people: halls.Cast, **change: object) -> TenderTerms:
    usual: dict[str, object] = {
        "deadline": DEADLINE,
        "deposit": DEPOSIT,
        "floor": Price("amount", amount=FLOOR, text=f"{FLOOR.figures()} 元"),
        "payment": Payment(first=Rate("0.5"), first_days=30, all_days=60),
    }
    return halls.terms(people, **{**usual, **change})


def registered(people: halls.Cast, category: str, scoring: str) -> LotCode:
    with halls.clock(halls.REGISTERED) as at:
        new = NewProject(
            "江州出让项目", people.owner.code, people.agency.code, halls.REGION, "", "江政〔2026〕9号"
        )
        project = projects.register_project(people.agency.anew(), new, at=at)
        form = NewLot(
            ProjectCode(project.subject.removeprefix("project/")), "江州出让标的", "出让标的一宗", Nature.ASSET,
            category, "open_tender", scoring, FLOOR, particulars=particulars(category),
        )  # fmt: skip
        receipt = projects.register_lot(people.agency.anew(), form, at=at)
    return LotCode(receipt.subject.removeprefix("lot/"))


def paid(lot: LotCode, firm: halls.Person) -> None:
    """The deposit arrives from the firm's own account."""
    at = halls.BIDDING - timedelta(days=1)
    with halls.clock(at):
        deposits.open_account(firm.anew(), lot)
        number = deposit_queries.account(lot, firm.code, at).number
        account = parties.party(firm.code).basic_account
        assert account is not None
        line = BankLine(
            f"B{next(_serials):08d}", LineKind.CREDIT, number, firm.name, account.number, DEPOSIT, at
        )
        deposits.receive(halls.system(), [line], at=at)


def opened(category: str, scheme: Scheme, reserve: Money | None = None, **change: object) -> Room:
    """Announced, bid for and opened; a reserve is told at the opening."""
    people = halls.cast(firms=len(OFFERS))
    code = registered(people, category, scheme.scoring)
    hall = halls.prepared(people, code)
    if reserve is not None:
        change["base_price"] = base_price_commitment(reserve, SALT)
    with halls.clock(halls.ANNOUNCED) as at:
        tendering.announce(hall.agency, code, terms(people, **change), at=at)
        services.publish_scheme(people.agency.anew(), code, scheme, at=at)
    for firm, offer in zip(people.firms, OFFERS, strict=True):
        paid(code, firm)
        halls.submit(hall, firm, halls.BIDDING, offer=amount(offer))
    halls.close(hall, DEADLINE)
    halls.release_shares(hall, at=DEADLINE + timedelta(minutes=1))
    halls.release_keys(hall, range(len(OFFERS)), at=DEADLINE + timedelta(minutes=2))
    halls.decrypt(hall, DEADLINE + timedelta(minutes=3))
    with halls.clock(DEADLINE + timedelta(minutes=5)):
        tendering.read_out(hall.agency, code)
        if reserve is not None:
            tendering.announce_base_price(hall.agency, code, reserve, SALT)
        tendering.conclude_opening(hall.agency, code)
    return Room(people, code, rooms.register_experts(people), at=DEADLINE + timedelta(hours=2))


def reported(room: Room, rejections: tuple[Rejection, ...], points: dict[str, str] | None = None) -> None:
    """The committee's whole work; `points` are those of the one other criterion, by bid."""
    with halls.clock(room.at):
        room.begin()
        room.review(rejections)
        services.finish_review(room.member(1), room.code, at=room.at)
        passed = [bid for bid in room.bids() if bid not in {one.bid for one in rejections}]
        for seat in room.seats() if points else ():
            marks = tuple(Mark(bid=bid, points=(Decimal((points or {})[bid]),)) for bid in passed)
            services.submit_scores(room.member(seat), room.code, marks, at=room.at)
        services.conclude(room.member(1), room.code, at=room.at)
        room.sign()
