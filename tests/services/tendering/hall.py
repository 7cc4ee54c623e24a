"""One tender, built through commands only: cast, custodians with keys, bidders with sealed bids."""

import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal import services as journal
from ggzy.foundation.sealing import custody, envelope, package, suites
from ggzy.foundation.sealing.content import Bundle, Offer, PartFile
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.keyfile import part_secret
from ggzy.foundation.sealing.plan import state_key
from ggzy.foundation.sealing.trace import Device
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import CustodyPlan, Holder, HolderKind, Nature, NewLot, NewProject
from ggzy.trading.tendering import queries, services
from ggzy.trading.tendering.values import (
    BidFacts,
    DocumentFile,
    OpeningFacts,
    PartSecret,
    SealedBid,
    ShareRecord,
    TenderTerms,
)

REGION = RegionCode("980102")
SUITE = suites.suite("W1")
_requests = itertools.count(1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


REGISTERED = moment("2026-05-20T10:00")
ANNOUNCED = moment("2026-06-01T09:00")
DEADLINE = moment("2026-06-23T09:30")
BIDDING = moment("2026-06-22T15:00")


@contextmanager
def clock(at: datetime) -> Iterator[datetime]:
    """Inside the block the platform's clock stands (almost) at this moment."""
    with journal.simulate(at - datetime.now(UTC)):
        yield at


@dataclass(frozen=True)
class Person:
    """Somebody with a certificate, acting for one organisation."""

    actor: Actor
    name: str
    certificate: bytes
    key: bytes

    @property
    def code(self) -> CreditCode:
        assert self.actor.organisation is not None
        return self.actor.organisation

    @property
    def who(self) -> str:
        return suites.fingerprint(self.certificate)

    def anew(self) -> Actor:
        """The same person with the next form."""
        return replace(self.actor, request=f"form-{next(_requests)}")


@dataclass(frozen=True)
class Cast:
    """Everybody the walks need."""

    owner: Person
    agency: Person
    operator: Person
    supervisor: Person
    custodians: tuple[Person, ...]
    firms: tuple[Person, ...]


def system() -> Actor:
    return Actor.system(f"system-{next(_requests)}")


def person(serial: int, name: str, role: Role, *roles: PartyRole, at: datetime = REGISTERED) -> Person:
    """Registers an organisation, one person of it, the membership and the certificate."""
    code = CreditCode.make(region=REGION, serial=serial)
    account = BankAccount(name, "云岭银行", f"6200{serial:012d}")
    form = PartyForm(
        code,
        name,
        PartyKind.LEGAL,
        REGION,
        roles,
        f"法人第{serial}人",
        f"公园路{serial}号",
        f"0980-{serial:08d}",
        account,
        is_pledged=True,
    )
    parties.register(system(), form, at=at)
    registered = identity.register_person(system(), NewPerson(f"hall{serial}", f"{name}经办人"), at=at)
    who = registered.subject.removeprefix("user/")
    identity.grant_membership(system(), who, code, role, REGION, at=at)
    certificate, pem = identity.demo_certificate(name, code, at)
    identity.bind_certificate(system(), who, certificate, at=at)
    actor = Actor(who, code, role, REGION, "never")
    return Person(actor, name, certificate, suites.private_from_pem(pem))


def cast(firms: int = 4) -> Cast:
    """The cast, each registered by command."""
    with clock(REGISTERED):
        return Cast(
            owner=person(1, "江州市教育局", Role.OWNER, PartyRole.OWNER),
            agency=person(2, "云岭招标代理有限公司", Role.AGENCY, PartyRole.AGENCY),
            operator=person(3, "江州市公共资源交易中心", Role.OPERATOR, PartyRole.CENTRE),
            supervisor=person(4, "江州市住房和城乡建设局", Role.SUPERVISOR, PartyRole.AUTHORITY),
            custodians=(
                person(5, "江州交易中心保管处", Role.CUSTODIAN, PartyRole.CENTRE),
                person(6, "江州市公共资源交易监督办", Role.CUSTODIAN, PartyRole.AUTHORITY),
                person(7, "江州市公证处", Role.CUSTODIAN, PartyRole.NOTARY),
            ),
            firms=tuple(
                person(10 + number, f"江州第{number}建设有限公司", Role.BIDDER, PartyRole.BIDDER)
                for number in range(1, firms + 1)
            ),
        )


def lot(people: Cast, method: str = "open_tender") -> LotCode:
    """A registered lot."""
    with clock(REGISTERED):
        new = NewProject(
            "江州一中迁建", people.owner.code, people.agency.code, REGION, "财政资金", "江发改〔2026〕1号"
        )
        project = projects.register_project(people.agency.anew(), new, at=REGISTERED)
        code = ProjectCode(project.subject.removeprefix("project/"))
        form = NewLot(
            code,
            "江州一中教学楼施工",
            "教学楼土建与安装",
            Nature.WORKS,
            "A01",
            method,
            "lowest_price",
            Money.yuan(20_000_000),
            period="365日历天",
            quality="合格",
        )
        receipt = projects.register_lot(people.agency.anew(), form, at=REGISTERED)
        return LotCode(receipt.subject.removeprefix("lot/"))


KINDS: tuple[HolderKind, ...] = ("centre", "supervisor", "notary")


def custody_plan(people: Cast) -> CustodyPlan:
    return CustodyPlan(
        k=2,
        holders=tuple(
            Holder(x, keeper.actor.person, keeper.name, keeper.code, kind)
            for x, (keeper, kind) in enumerate(zip(people.custodians, KINDS, strict=True), start=1)
        ),
    )


def documents(people: Cast, text: str = "招标文件第一版") -> tuple[DocumentFile, ...]:
    data = text.encode()
    digest = vault.put(data, name="招标文件.txt", owner=people.agency.code)
    return (DocumentFile("招标文件.txt", digest, len(data), "text/plain"),)


def terms(people: Cast, **change) -> TenderTerms:
    usual = TenderTerms(
        sale_start=ANNOUNCED,
        sale_end=moment("2026-06-08T17:00"),
        deadline=DEADLINE,
        venue="江州市公共资源交易中心第一开标室",
        documents=documents(people),
        deposit=Money(0),
        validity_days=90,
        qualification="建筑工程施工总承包二级及以上资质",
        contact="张工 0980-1234567",
        pad_bytes=4096,
    )
    return replace(usual, **change)


@dataclass
class Hall:
    """A tender with everybody's keys in hand; the test moves it on."""

    people: Cast
    code: LotCode
    tender_keys: dict[str, bytes]
    sealed: dict[CreditCode, Sealed]

    @property
    def agency(self) -> Actor:
        return self.people.agency.anew()


def prepared(people: Cast, code: LotCode, keys: int = 3) -> Hall:
    """Custodians named, and so many of their keys posted."""
    hall = Hall(people, code, {}, {})
    with clock(ANNOUNCED - timedelta(hours=1)) as at:
        services.prepare(hall.agency, code, custody_plan(people), at=at)
        for keeper in people.custodians[:keys]:
            post_key(hall, keeper, at)
    return hall


def post_key(hall: Hall, keeper: Person, at: datetime, round: int = 1):
    private = SUITE.new_key()
    statement = state_key(hall.code, round, keeper.who, SUITE.public_of(private), keeper.key)
    hall.tender_keys[keeper.who] = private
    return services.post_custodian_key(keeper.anew(), hall.code, statement, at=at)


def announced(people: Cast | None = None, invitees=(), method: str = "open_tender", **change) -> Hall:
    """An announced tender; `change` replaces terms."""
    people = people or cast()
    hall = prepared(people, lot(people, method))
    with clock(ANNOUNCED) as at:
        services.announce(hall.agency, hall.code, terms(people, **change), invitees=invitees, at=at)
    return hall


def seal(
    hall: Hall,
    firm: Person,
    price: str = "19000000",
    gen: int = 1,
    prev: str | None = None,
    offer: Offer | None = None,
    papers: Sequence[PartFile] = (),
    device: Device | None = None,
) -> str:
    """Seals a bid as the bidder's tool does; the digest of the package in the vault."""
    tender = queries.tender(hall.code)
    assert tender.plan is not None
    said = offer or Offer(
        "amount", Money.yuan(price), text=f"{price}元", period="360日历天", quality="合格", leader="李某"
    )
    sealed = envelope.seal(
        tender.plan,
        {
            "business": Bundle.of(None, [PartFile("商务标.txt", f"{firm.name}的商务标".encode()), *papers]),
            "price": Bundle.of(said, device=device),
        },
        bid=f"bid-{firm.code}-{tender.round}",
        gen=gen,
        prev=prev,
        bidder=firm.code,
        documents=tender.documents_digest,
        certificate=firm.certificate,
        signing_key=firm.key,
        made=BIDDING,
        password=None,
    )
    hall.sealed[firm.code] = sealed
    return keep(sealed, firm)


def keep(sealed: Sealed, firm: Person) -> str:
    file = io.BytesIO()
    package.write_package(sealed, file)
    return vault.put(file.getvalue(), name="投标文件.sbe", owner=firm.code)


def submit(hall: Hall, firm: Person, at: datetime = BIDDING, **how):
    """Seals and submits; the receipt."""
    members = how.pop("members", ())
    name = how.pop("name", "")
    with clock(at):
        return services.submit_bid(firm.anew(), hall.code, SealedBid(seal(hall, firm, **how), members, name))


def replace_bid(hall: Hall, firm: Person, price: str, at: datetime = BIDDING):
    last = hall.sealed[firm.code].manifest
    return submit(hall, firm, at, price=price, gen=last.gen + 1, prev=last.digest)


def close(hall: Hall, at: datetime = DEADLINE):
    with clock(at):
        return services.close(system(), hall.code)


def closed(bids: int = 3, people: Cast | None = None, **change) -> Hall:
    """A tender whose bidding has closed on so many bids."""
    hall = announced(people, **change)
    for number, firm in enumerate(hall.people.firms[:bids]):
        submit(hall, firm, BIDDING + timedelta(minutes=number), price=str(19_000_000 + 10_000 * number))
    close(hall)
    return hall


def shares(hall: Hall, keeper: Person) -> tuple[ShareRecord, ...]:
    """What a custodian's tool releases: one record of every part of every bid in the opening set."""
    x = 1 + hall.people.custodians.index(keeper)
    private = hall.tender_keys[keeper.who]
    return tuple(
        ShareRecord(sealed.manifest.bid, part.id, custody.release(sealed.manifest, part.id, x, private))
        for sealed in hall.sealed.values()
        for part in sealed.manifest.parts
    )


def release_shares(hall: Hall, keepers=(0, 1), at: datetime = DEADLINE + timedelta(minutes=1)) -> None:
    with clock(at):
        for number in keepers:
            keeper = hall.people.custodians[number]
            services.release_shares(keeper.anew(), hall.code, shares(hall, keeper))


def secrets(hall: Hall, firm: Person) -> tuple[PartSecret, ...]:
    sealed = hall.sealed[firm.code]
    return tuple(
        PartSecret(part.id, part_secret(sealed.master, sealed.manifest, part.id))
        for part in sealed.manifest.parts
    )


def release_keys(hall: Hall, firms=(0, 1, 2), at: datetime = DEADLINE + timedelta(minutes=2)) -> None:
    with clock(at):
        for number in firms:
            firm = hall.people.firms[number]
            services.release_bidder_key(firm.anew(), hall.code, secrets(hall, firm))


def decrypt(hall: Hall, at: datetime = DEADLINE + timedelta(minutes=3)) -> int:
    with clock(at):
        return services.open_bids(hall.agency, hall.code)


def opened(bids: int = 3, people: Cast | None = None, **change) -> Hall:
    """A tender opened, read out and recorded."""
    hall = closed(bids, people, **change)
    release_shares(hall)
    release_keys(hall, range(bids))
    decrypt(hall)
    with clock(DEADLINE + timedelta(minutes=5)):
        services.read_out(hall.agency, hall.code)
        services.conclude_opening(hall.agency, hall.code)
    return hall


def mine(hall: Hall, firm: Person) -> BidFacts:
    """The firm's bid as the firm sees it."""
    bid = queries.my_bid(hall.code, firm.code)
    assert bid is not None
    return bid


def progress(hall: Hall) -> OpeningFacts:
    """The counters of the opening."""
    opening = queries.opening(hall.code)
    assert opening is not None
    return opening
