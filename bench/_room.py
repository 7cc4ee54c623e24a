"""An auction room for the benches, built through commands only: invented parties, as many paddles as asked."""

import itertools
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from bench._line import START, STEP
from ggzy.foundation.identity import queries as identity_queries
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import Method, NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.services import simulate
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.models import Auction
from ggzy.trading.auctions.values import (
    Amount,
    AuctionTerms,
    Document,
    FormatTerms,
    Offer,
    Payment,
    Steps,
    Timing,
)
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject

CITY = RegionCode("980100")
DAY, HOURS = timedelta(days=1), timedelta(hours=20)
_requests = itertools.count(1)


def room(paddles: int) -> tuple[LotCode, list[int]]:
    """An ascending room that is open now, announced forty days ago; the numbers of its paddles."""
    opens = datetime.now(UTC) - timedelta(minutes=1)
    with simulate(-40 * DAY):
        at = journal.now()
        owner = _actor(_party(11, "云岭国有资产经营公司", PartyRole.OWNER), Role.OWNER)
        bidders = [
            _actor(_party(1000 + number, f"竞买人{number}号公司", PartyRole.BIDDER), Role.BIDDER)
            for number in range(paddles)
        ]
        lot = _lot(owner, at)
        services.announce(_anew(owner), lot, _terms(owner, opens, at), at=at)
        for bidder in bidders:
            services.apply(_anew(bidder), lot, ())
            services.admit(_anew(_operator()), lot, _code(bidder))
    with simulate(opens - timedelta(minutes=5) - datetime.now(UTC)):
        services.prepare_room(Actor.system(f"room-{lot}"), lot)
    services.take(lot).serve()
    return lot, [queries.paddle_of(lot, 1, _code(bidder)) or 0 for bidder in bidders]


def tokens(lot: LotCode, count: int) -> list[str]:
    """会话 of the first bidders of a room, each as a person signed in for it, by the number of its paddle."""
    found = []
    for bidder in queries.bidders(_row(lot))[:count]:
        person = NewPerson(login=f"bench-{lot}-{bidder.paddle}", name="何理", password_hash="")
        at = journal.now()
        who = identity.register_person(_anew(_operator()), person, at=at).subject.split("/")[1]
        identity.grant_membership(_anew(_operator()), who, bidder.party, Role.BIDDER, CITY, at=at)
        held = identity_queries.memberships(who)[0]
        token = identity.new_token()
        actor = Actor(who, bidder.party, Role.BIDDER, CITY, f"bench-sign-in-{next(_requests)}")
        identity.sign_in(actor, held.id, token, Method.PASSWORD, seen_at=timezone.now(), at=at)
        found.append(token)
    return found


def _row(lot: LotCode) -> Auction:
    return Auction.objects.get(lot_id=lot, round=1)


def offer(paddles: list[int], turn: int, press: str) -> Offer:
    """The offer of that turn: one step more than the last, by the next paddle."""
    return Offer(paddles[turn % len(paddles)], press, Amount.of_money(Money(START + turn * STEP)))


def _lot(owner: Actor, at: datetime) -> LotCode:
    new = NewProject("闲置设备转让", _code(owner), None, CITY, "国有资产处置", "云国资〔2026〕1号")
    project = projects.register_project(_anew(owner), new, at=at).subject.split("/")[1]
    form = NewLot(
        project=ProjectCode(project), title="闲置设备一批", content="机床及附属设备", nature=Nature.GOODS,
        deal_category="C02", method="ascending", scoring="", estimate=Money(START),
        particulars=catalog.particulars("C02", {"kind": "机器设备", "quantity": "1 批", "location": "江州市"}),
    )  # fmt: skip
    return LotCode(projects.register_lot(_anew(owner), form, at=at).subject.split("/")[1])


def _terms(owner: Actor, opens: datetime, at: datetime) -> AuctionTerms:
    data = "转让须知".encode()
    digest = vault.put(data, name="转让须知.txt", owner=_code(owner))
    timing = Timing(starts_at=opens, ends_at=opens + HOURS, window_s=300, length_s=300)
    return AuctionTerms(
        format=FormatTerms(start=Amount.of_money(Money(START)), steps=Steps(step=STEP), timing=timing),
        apply_from=at, apply_until=opens - DAY, deposit=Money(0), deposit_until=opens - DAY,
        documents=(Document("转让须知.txt", digest, len(data)),),
        payment=Payment(first=Rate(1), first_days=5, all_days=5), contract_days=5,
    )  # fmt: skip


def _party(serial: int, name: str, role: PartyRole) -> CreditCode:
    code = CreditCode.make(authority="91", region=CITY, serial=serial)
    form = PartyForm(
        code=code, name=name, kind=PartyKind.LEGAL, region=CITY, roles=(role,), representative=f"何理{serial}",
        address=f"云岭路 {serial} 号", phone="0980-1234567",
        basic_account=BankAccount(name, "江州农商银行", f"6222{serial:012d}"),
        is_pledged=True,
    )  # fmt: skip
    parties.register(Actor.system(f"party-{code}"), form, at=journal.now())
    return code


def _operator() -> Actor:
    return _actor(CreditCode(settings.PLATFORM_CODE), Role.OPERATOR)


def _actor(code: CreditCode, role: Role) -> Actor:
    return Actor(f"bench-{code}", code, role, CITY, "")


def _anew(actor: Actor) -> Actor:
    return Actor(actor.person, actor.organisation, actor.role, actor.region, f"bench-room-{next(_requests)}")


def _code(actor: Actor) -> CreditCode:
    assert actor.organisation is not None, "every actor here acts for an organisation"
    return actor.organisation
