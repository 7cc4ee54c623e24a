"""The standing cast, built through commands, so that the fixture cannot lie.

A test asks for the fixture `world`: an owner, an agency, five bidders, thirty experts, an operator, a
supervisor, three custodians, and the officials who only read. It is built once per test module and
rolled back afterwards; what a test changes is rolled back after the test.
"""

import itertools
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from ggzy.foundation.identity import queries as people
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import Method, NewPerson
from ggzy.foundation.identity.views import COOKIE
from ggzy.foundation.journal import services as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, ExpertCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Particular
from ggzy.registers.experts import services as experts
from ggzy.registers.experts.values import NewExpert
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject, PriceForm

CITY = RegionCode("980100")
DISTRICT = RegionCode("980102")
OTHER_CITY = RegionCode("980200")
# Monday, 1 June 2026, nine in the morning in Beijing: the day everything below begins.
START = datetime(2026, 6, 1, 9, tzinfo=BEIJING).astimezone(UTC)
SPECIALTIES = ("A080101", "A080102", "A080103")
_requests = itertools.count(1)


@dataclass(frozen=True)
class Player:
    """A person in a role, for an organisation. `certificate` and `key` are PEM, for those who sign."""

    person: str
    name: str
    role: Role
    acts_for: CreditCode | None
    organisation_name: str
    region: RegionCode
    account: str = ""
    certificate: bytes = b""
    key: bytes = b""

    @property
    def organisation(self) -> CreditCode:
        """The organisation's code; experts have none."""
        assert self.acts_for is not None, f"{self.name} acts for nobody"
        return self.acts_for

    def acts(self, request: str = "") -> Actor:
        """An actor with a form of its own, or with the request named."""
        return Actor(
            self.person, self.acts_for, self.role, self.region, request or f"request-{next(_requests)}"
        )


@dataclass
class World:
    """Everybody, by what they do."""

    owner: Player
    agency: Player
    bidders: tuple[Player, ...]
    experts: tuple[Player, ...]
    expert_codes: tuple[ExpertCode, ...]
    operator: Player
    supervisor: Player
    inspector: Player
    auditor: Player
    custodians: tuple[Player, ...]
    other_owner: Player
    other_supervisor: Player
    made: dict[str, Any] = field(default_factory=dict)

    def system(self) -> Actor:
        """The platform's clock."""
        return Actor.system(f"tick-{next(_requests)}")

    def project(self, *, at: datetime = START, **changes: Any) -> ProjectCode:
        """A project of the owner, registered by the agency."""
        new = NewProject(
            title="望江区望江路改造工程",
            owner=self.owner.organisation,
            agency=self.agency.organisation,
            region=DISTRICT,
            funding="财政资金",
            approval="江发改审〔2026〕1号",
        )
        receipt = projects.register_project(self.agency.acts(), replace(new, **changes), at=at)
        return ProjectCode(receipt.subject.split("/")[1])

    def lot(self, project: ProjectCode | None = None, *, at: datetime = START, **changes: Any) -> LotCode:
        """A registered lot of construction works that must be tendered: estimate 4,980,000 yuan."""
        new = NewLot(
            project=project or self.project(at=at),
            title="望江路改造工程施工",
            content="道路 1.2 公里及排水、照明",
            nature=Nature.WORKS,
            deal_category="A02",
            method="open_tender",
            scoring="comprehensive",
            estimate=Money.yuan("4980000"),
            price_form=PriceForm.AMOUNT,
            period="180 日历天",
            quality="合格",
        )
        new = replace(new, **changes)
        if "particulars" not in changes:
            new = replace(new, particulars=particulars(new.deal_category))
        receipt = projects.register_lot(self.agency.acts(), new, at=at)
        return LotCode(receipt.subject.split("/")[1])


def particulars(deal_category: str) -> tuple[Particular, ...]:
    """标的情况 that lacks nothing: the examples of the catalogue."""
    category = catalog.find_category(deal_category)
    traits = category.traits if category else ()
    return catalog.particulars(deal_category, {trait.code: trait.example for trait in traits})


def clock(at: datetime) -> AbstractContextManager[None]:
    """Simulated time: inside the block the platform's clock shows `at` and runs on."""
    return journal.simulate(at - datetime.now(UTC))


def browser(player: Player) -> Client:
    """A browser that has signed in as this player."""
    token = identity.new_token()
    held = people.memberships(player.person)[0]
    now = datetime.now(UTC)
    identity.sign_in(player.acts(), held.id, token, Method.PASSWORD, seen_at=now, at=now)
    client = Client()
    client.cookies[COOKIE] = token
    return client


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The cast of a test module, in a transaction that is rolled back after the last test."""
    with django_db_blocker.unblock():
        stage = transaction.atomic()
        stage.__enter__()
        try:
            built = build()
            yield built
        finally:
            transaction.set_rollback(True)
            stage.__exit__(None, None, None)


@pytest.fixture
def world(cast: World, db: None) -> World:
    """The cast, for one test."""
    return cast


def build() -> World:
    """Registers everybody."""
    owner = _organisation("江州市城市建设管理处", "12", 11, CITY, PartyRole.OWNER)
    agency = _organisation("云岭阳光工程咨询有限公司", "91", 12, CITY, PartyRole.AGENCY)
    centre = CreditCode(settings.PLATFORM_CODE)
    _register(centre, "江州市公共资源交易中心", CITY, PartyRole.CENTRE)
    authority = _organisation("江州市住房和城乡建设局", "11", 13, CITY, PartyRole.AUTHORITY)
    notary = _organisation("江州市望江公证处", "12", 14, CITY, PartyRole.NOTARY)
    other_owner = _organisation("澜川市水务局", "11", 15, OTHER_CITY, PartyRole.OWNER)
    other_authority = _organisation("澜川市住房和城乡建设局", "11", 16, OTHER_CITY, PartyRole.AUTHORITY)
    pool = _experts(30)
    return World(
        owner=_player("周岚", Role.OWNER, *owner),
        agency=_player("吴江", Role.AGENCY, *agency),
        bidders=tuple(_bidder(number) for number in range(1, 6)),
        experts=tuple(player for player, _ in pool),
        expert_codes=tuple(code for _, code in pool),
        operator=_player("郑宁", Role.OPERATOR, centre, "江州市公共资源交易中心"),
        supervisor=_player("冯立", Role.SUPERVISOR, *authority),
        inspector=_player("陈肃", Role.INSPECTOR, *authority),
        auditor=_player("褚明", Role.AUDITOR, *authority),
        custodians=(
            _player("卫安", Role.CUSTODIAN, centre, "江州市公共资源交易中心"),
            _player("蒋信", Role.CUSTODIAN, *authority),
            _player("沈正", Role.CUSTODIAN, *notary),
        ),
        other_owner=_player("韩川", Role.OWNER, *other_owner, region=OTHER_CITY),
        other_supervisor=_player("杨澜", Role.SUPERVISOR, *other_authority, region=OTHER_CITY),
    )


def _organisation(
    name: str, authority: str, serial: int, region: RegionCode, role: PartyRole, account: str = ""
) -> tuple[CreditCode, str]:
    code = CreditCode.make(authority=authority, region=region, serial=serial)
    _register(code, name, region, role, account)
    return code, name


def _register(code: CreditCode, name: str, region: RegionCode, role: PartyRole, account: str = "") -> None:
    form = PartyForm(
        code=code,
        name=name,
        kind=PartyKind.LEGAL,
        region=region,
        roles=(role,),
        representative="何理",
        address=f"{name}所在地 1 号",
        phone="0980-1234567",
        basic_account=BankAccount(name, "江州农商银行", account) if account else None,
        is_pledged=True,
    )
    parties.register(Actor.system(f"party-{code}"), form, at=START)


def _bidder(number: int) -> Player:
    names = ("江州建工集团", "云岭路桥建设", "望江市政工程", "澜川建设发展", "南屏城建工程")
    account = f"62220200{number:08d}"
    code, name = _organisation(
        f"{names[number - 1]}有限公司", "91", 100 + number, CITY, PartyRole.BIDDER, account
    )
    return replace(_player(f"投标{'一二三四五'[number - 1]}", Role.BIDDER, code, name), account=account)


def _player(
    name: str, role: Role, organisation: CreditCode | None, organisation_name: str, region: RegionCode = CITY
) -> Player:
    number = next(_requests)
    system = Actor.system(f"person-{number}")
    receipt = identity.register_person(system, NewPerson(f"login{number}", name), at=START)
    person = receipt.subject.split("/")[1]
    system = Actor.system(f"membership-{number}")
    identity.grant_membership(system, person, organisation, role, region, at=START)
    return Player(person, name, role, organisation, organisation_name, region)


def _experts(count: int) -> list[tuple[Player, ExpertCode]]:
    found = []
    for number in range(1, count + 1):
        player = _player(f"专家{number:02d}", Role.EXPERT, None, "")
        new = NewExpert(
            person=player.person,
            specialties=(SPECIALTIES[number % len(SPECIALTIES)],),
            employer=f"云岭第{number}设计院",
            region=CITY,
            title="副高级",
            years=12,
            term_until=date(2029, 12, 31),
        )
        receipt = experts.register(Actor.system(f"expert-{number}"), new, at=START)
        found.append((player, ExpertCode(receipt.subject.split("/")[1])))
    return found
