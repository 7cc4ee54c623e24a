"""An opened lot with a published scheme, experts in the register, and everybody's nonces in hand."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.sealing.content import Offer, PartFile
from ggzy.kernel import draw as lottery
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.registers.experts import services as experts
from ggzy.registers.experts.values import NewExpert
from ggzy.trading.evaluation import queries, services
from ggzy.trading.evaluation.models import Evaluation, Member
from ggzy.trading.evaluation.values import (
    TURNS,
    CommitteePlan,
    Criterion,
    CriterionKind,
    Mark,
    MemberState,
    Part,
    PriceFormula,
    Purpose,
    Rejection,
    Scheme,
    SeatPlan,
    Trim,
    comprehensive_scheme,
    lowest_price_scheme,
)
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject, PriceForm
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering import services as tendering_services
from tests.services.tendering import hall as halls

SPECIALTIES = ("A080101", "A080201")
EVALUATING = halls.DEADLINE + timedelta(hours=2)
_requests = itertools.count(1)

TECHNICAL = Criterion(
    code="technical",
    name="施工组织设计",
    kind=CriterionKind.SUBJECTIVE,
    part=Part.TECHNICAL,
    weight=Decimal(30),
)
RECORD = Criterion(
    code="record", name="企业业绩", kind=CriterionKind.OBJECTIVE, part=Part.BUSINESS, weight=Decimal(10)
)
COMPREHENSIVE = comprehensive_scheme(
    TECHNICAL,
    RECORD,
    price_weight=Decimal(60),
    formula=PriceFormula(trims=(Trim(bids_min=5, count=1),), above=Decimal(2), below=Decimal(1)),
)
LOWEST = lowest_price_scheme()
PLAN = CommitteePlan(
    seats=(SeatPlan(specialty="A0801", count=3), SeatPlan(specialty="A0802", count=1)),
    region=halls.REGION,
    owner_seats=1,
)


@dataclass
class Room:
    """The lot, its cast, and what a test needs to act for anybody."""

    people: halls.Cast
    code: LotCode
    experts: dict[str, Actor]
    nonces: dict[tuple[str, str], tuple[bytes, ...]] = field(default_factory=dict)
    at: datetime = EVALUATING

    def owner(self) -> Actor:
        return self.people.owner.anew()

    def agency(self) -> Actor:
        return self.people.agency.anew()

    def operator(self) -> Actor:
        return self.people.operator.anew()

    def supervisor(self) -> Actor:
        return self.people.supervisor.anew()

    def bidder(self, number: int) -> Actor:
        return self.people.firms[number].anew()

    def member(self, seat: int) -> Actor:
        """Whoever sits there now."""
        row = Member.objects.exclude(state=MemberState.VACATED).get(
            evaluation__lot_id=self.code, evaluation__round=self.round, seat=seat
        )
        known = self.experts.get(row.person)
        actor = known or replace(self.people.owner.actor, person=row.person)
        return replace(actor, request=f"member-{next(_requests)}")

    @property
    def round(self) -> int:
        return Evaluation.objects.filter(lot_id=self.code).latest("round").round

    def draw_id(self, purpose: Purpose = Purpose.COMMITTEE) -> str:
        found = queries.draw(self.code, purpose)
        assert found is not None
        return found.id

    def bids(self) -> tuple[str, ...]:
        return tuple(bid.bid for bid in tendering.opened_bids(self.code))

    def seats(self) -> tuple[int, ...]:
        now = queries.sitting(self.code)
        assert now is not None
        return tuple(member.seat for member in now.members)

    # The steps of an evaluation, each as everybody concerned would take it.

    def request(self, plan: CommitteePlan = PLAN) -> str:
        services.request_draw(self.agency(), self.code, plan, at=self.at)
        return self.draw_id()

    def givers(self) -> dict[str, Actor]:
        return {"centre": self.operator(), "owner": self.agency(), "supervisor": self.supervisor()}

    def commit(self, draw: str, givers: dict[str, Actor] | None = None) -> None:
        for party, actor in (givers or self.givers()).items():
            nonces = tuple(secrets.token_bytes(32) for _ in range(TURNS))
            self.nonces[draw, party] = nonces
            commitments = tuple(
                lottery.commitment(draw, party, turn, nonce) for turn, nonce in enumerate(nonces)
            )
            services.commit_nonce(actor, self.code, draw, commitments, at=self.at)

    def reveal(self, draw: str, turn: int = 0, givers: dict[str, Actor] | None = None) -> None:
        for party, actor in (givers or self.givers()).items():
            services.reveal_nonce(actor, self.code, draw, self.nonces[draw, party][turn], at=self.at)

    def drawn(self, draw: str) -> None:
        self.commit(draw)
        services.close_commits(self.operator(), self.code, draw, at=self.at)
        self.reveal(draw)
        services.draw(self.operator(), self.code, draw, at=self.at)

    def redraw(self, draw: str, turn: int) -> None:
        self.reveal(draw, turn)
        services.draw(self.operator(), self.code, draw, at=self.at)

    def seat(self, plan: CommitteePlan = PLAN) -> None:
        """From the request to a committee that has signed in."""
        self.drawn(self.request(plan))
        if plan.owner_seats:
            services.name_representative(self.owner(), self.code, self.people.owner.actor.person, at=self.at)
        self.take_seats()

    def take_seats(self) -> None:
        for seat in self.seats():
            state = queries.my_seat(self.code, self.member(seat).person)
            assert state is not None
            if state.state is MemberState.CALLED:
                services.answer_call(self.member(seat), self.code, True, at=self.at)
            if state.state is not MemberState.SEATED:
                services.sign_in(self.member(seat), self.code, at=self.at)

    def begin(self) -> None:
        self.seat()
        services.begin(self.member(2), self.code, 1, at=self.at)

    def review(self, rejections: tuple[Rejection, ...] = (), against: int = 5) -> None:
        """Every member's opinion; the first `against` members reject."""
        for number, seat in enumerate(self.seats()):
            opinion = rejections if number < against else ()
            services.submit_review(self.member(seat), self.code, opinion, at=self.at)

    def pass_review(self) -> None:
        self.begin()
        self.review()
        services.finish_review(self.member(1), self.code, at=self.at)

    def marks(self, technical: dict[str, str] | None = None, record: str = "80") -> tuple[Mark, ...]:
        given = technical or {}
        now = queries.sitting(self.code)
        assert now is not None
        return tuple(
            Mark(bid=bid, points=(Decimal(given.get(bid, "90")), Decimal(record))) for bid in now.passed
        )

    def score(self, technical: dict[str, str] | None = None) -> None:
        for seat in self.seats():
            services.submit_scores(self.member(seat), self.code, self.marks(technical), at=self.at)

    def sign(self, seats: tuple[int, ...] | None = None) -> None:
        for seat in seats or self.seats():
            services.sign_report(self.member(seat), self.code, at=self.at)

    @contextmanager
    def clock(self, later: timedelta = timedelta()) -> Iterator[datetime]:
        self.at = EVALUATING + later
        with halls.clock(self.at):
            yield self.at


def amount(yuan: str) -> Offer:
    return Offer(
        "amount", Money.yuan(yuan), text=f"{yuan}元", period="360日历天", quality="合格", leader="李某"
    )


def words(text: str) -> Offer:
    return Offer("text", None, text=text, period="30日历天", quality="合格", leader="李某")


OFFERS = tuple(amount(yuan) for yuan in ("19000000", "19300000", "18800000", "19600000"))


def opened(
    scheme: Scheme,
    offers: tuple[Offer, ...] = OFFERS,
    price_form: PriceForm = PriceForm.AMOUNT,
    papers: tuple[PartFile, ...] = (),
    **terms,
) -> Room:
    """Built through commands only: cast, lot, tender, bids, opening, experts."""
    people = halls.cast(firms=len(offers))
    code = lot(people, scheme.scoring, price_form)
    hall = halls.prepared(people, code)
    with halls.clock(halls.ANNOUNCED) as at:
        tendering_services.announce(hall.agency, code, halls.terms(people, **terms), at=at)
        services.publish_scheme(people.agency.anew(), code, scheme, at=at)
    for number, (firm, offer) in enumerate(zip(people.firms, offers, strict=True)):
        halls.submit(hall, firm, halls.BIDDING + timedelta(minutes=number), offer=offer, papers=papers)
    return finish_opening(hall, people, code)


def finish_opening(hall: halls.Hall, people: halls.Cast, code: LotCode) -> Room:
    halls.close(hall)
    halls.release_shares(hall)
    halls.release_keys(hall, range(len(people.firms)))
    halls.decrypt(hall)
    with halls.clock(halls.DEADLINE + timedelta(minutes=5)):
        tendering_services.read_out(hall.agency, code)
        tendering_services.conclude_opening(hall.agency, code)
    return Room(people, code, register_experts(people))


def lot(people: halls.Cast, scoring: str, price_form: PriceForm) -> LotCode:
    with halls.clock(halls.REGISTERED):
        new = NewProject(
            "江州一中迁建",
            people.owner.code,
            people.agency.code,
            halls.REGION,
            "财政资金",
            "江发改〔2026〕1号",
        )
        project = projects.register_project(people.agency.anew(), new, at=halls.REGISTERED)
        form = NewLot(
            ProjectCode(project.subject.removeprefix("project/")),
            "江州一中教学楼施工",
            "教学楼土建与安装",
            Nature.WORKS,
            "A01",
            "open_tender",
            scoring,
            Money.yuan(20_000_000),
            price_form,
            period="365日历天",
            quality="合格",
        )
        receipt = projects.register_lot(people.agency.anew(), form, at=halls.REGISTERED)
        return LotCode(receipt.subject.removeprefix("lot/"))


def register_experts(people: halls.Cast, count: int = 16) -> dict[str, Actor]:
    """Experts of two specialties. The first works for a bidder, the second for the agency."""
    employers = {0: people.firms[0].name, 1: str(people.agency.code), 2: people.owner.name}
    found = {}
    with halls.clock(halls.REGISTERED) as at:
        for number in range(count):
            system = Actor.system(f"expert-person-{number}")
            receipt = identity.register_person(system, NewPerson(f"zj{number}", f"专家{number:02d}"), at=at)
            person = receipt.subject.removeprefix("user/")
            actor = Actor(person, None, Role.EXPERT, halls.REGION, "never")
            identity.grant_membership(
                Actor.system(f"expert-role-{number}"), person, None, Role.EXPERT, halls.REGION, at=at
            )
            new = NewExpert(
                person=person,
                specialties=(SPECIALTIES[number % 4 == 3],),
                employer=employers.get(number, f"云岭第{number}设计院"),
                region=halls.REGION,
                title="副高级",
                years=12,
                term_until=date(2029, 12, 31),
            )
            experts.register(Actor.system(f"expert-{number}"), new, at=at)
            found[person] = actor
    return found


@contextmanager
def stage(django_db_blocker) -> Iterator[None]:
    """A transaction around a whole test module, rolled back after the last test."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def codes(error) -> list[str]:
    """The codes of the reasons of a refusal, in order."""
    return [reason.code for reason in error.value.reasons]


def firm_code(room: Room, number: int) -> CreditCode:
    return room.people.firms[number].code
