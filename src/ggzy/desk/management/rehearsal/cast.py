"""演练班底: the organisations and people a walk needs, registered through the ordinary commands."""

import base64
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as identity_services
from ggzy.foundation.identity.values import NewPerson
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, ExpertCode, RegionCode
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Category
from ggzy.registers.experts import services as experts
from ggzy.registers.experts.values import NewExpert
from ggzy.registers.parties import queries as party_queries
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole

REGION = RegionCode("980100")
EXPERTS = 60
SERIALS_A_TEAM = 1_000_000
COMMON_NAME_BYTES = 64  # X.520 upper bound
CERTIFICATE_LIFE = timedelta(days=600)  # less than the demo authority gives, so none expires in mid-walk
SPECIALTIES = ("A080101", "A060101")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("岚", "明远", "静", "立群", "思齐", "建国", "晓雯", "望舒", "一诺", "海涛", "文博", "若谷")


@dataclass(frozen=True)
class Organisation:
    """单位: a registered party and the one person who acts for it."""

    code: CreditCode
    name: str
    person: str
    role: Role
    region: RegionCode
    account: str = ""
    certificate: bytes = b""
    key: bytes = b""


class Cast:
    """班底. `prefix` keeps the request ids of one run apart from those of another."""

    def __init__(self, prefix: str, at: datetime, *, first_serial: int = 1, password: str = "") -> None:
        self.prefix = prefix
        self._password_hash = identity_services.hash_password(password) if password else ""
        self._requests = count(1)
        self._serials = count(first_serial)
        self._bidders: dict[str, list[tuple[datetime, Organisation]]] = {}
        self._owners: dict[tuple[str, Role], Organisation] = {}
        with at_moment(at):
            self._found(at)

    @classmethod
    def standing(cls, prefix: str, at: datetime) -> "Cast":
        """已在册的班底: found in the registers instead of founded there; nobody is registered again."""
        cast = cls.__new__(cls)
        cast.prefix, cast._password_hash = prefix, ""
        cast._requests, cast._serials = count(1), count(1)
        firsts = {
            role: _registered(role) for role in (Role.OPERATOR, Role.AGENCY, Role.OWNER, Role.SUPERVISOR)
        }
        cast.centre, cast.agency, cast.owner, cast.supervisor = (found[0] for found in firsts.values())
        cast._owners = {(one.name, one.role): one for found in firsts.values() for one in found}
        since = at - CERTIFICATE_LIFE + timedelta(days=1)
        cast._bidders = {one.name: [(since, one)] for one in _registered(Role.BIDDER)}
        cast.experts = {}
        return cast

    def branch(self, number: int) -> "Cast":
        """分队班底: the same people, with request ids and serial numbers that no other team uses."""
        other = copy(self)
        other.prefix = f"{self.prefix}{number}"
        other._requests = count(1)
        other._serials = count(next(self._serials) + number * SERIALS_A_TEAM)
        return other

    def _found(self, at: datetime) -> None:
        self.centre = self.organisation(
            "云岭省公共资源交易中心", Role.OPERATOR, PartyRole.CENTRE, at, "centre"
        )
        self.agency = self.organisation(
            "江州正衡招标代理有限公司", Role.AGENCY, PartyRole.AGENCY, at, "agency"
        )
        self.owner = self.organisation("江州市城乡建设投资中心", Role.OWNER, PartyRole.OWNER, at, "owner")
        self.supervisor = self.organisation(
            "江州市住房和城乡建设局", Role.SUPERVISOR, PartyRole.AUTHORITY, at, "supervisor"
        )
        for one in (self.agency, self.owner):
            self._owners[one.name, one.role] = one
        self.experts = dict(self._expert(number, at) for number in range(EXPERTS))

    def act(self, who: Organisation, role: Role | None = None) -> Actor:
        """以其身份办理, with a request id of its own."""
        return Actor(who.person, who.code, role or who.role, who.region, self.request())

    def expert(self, person: str) -> Actor:
        """评标专家本人."""
        return Actor(person, None, Role.EXPERT, REGION, self.request())

    def platform(self) -> Actor:
        """平台, as the clock acts."""
        return Actor.system(self.request())

    def request(self) -> str:
        """请求编号, one per act."""
        return f"{self.prefix}-{next(self._requests)}"

    def owner_named(self, name: str, role: Role, at: datetime) -> Organisation:
        """招标人或代理机构 by name, registered on first mention."""
        known = self._owners.get((name, role))
        if known is None:
            kind = PartyRole.OWNER if role is Role.OWNER else PartyRole.AGENCY
            known = self._owners[name, role] = self.organisation(name, role, kind, at)
        return known

    def bidder(self, name: str, at: datetime) -> Organisation:
        """投标人 by name, with a certificate that is valid at `at`; registered on first mention."""
        known = self._bidders.setdefault(name, [])
        for since, held in known:
            if since <= at < since + CERTIFICATE_LIFE:
                return held
        if known:
            held = self.certified(known[0][1], at)
        else:
            held = self.organisation(name, Role.BIDDER, PartyRole.BIDDER, at, with_certificate=True)
        known.append((at, held))
        return held

    def adopt(self, who: Organisation, since: datetime) -> None:
        """以后按名称找到的就是它."""
        self._bidders[who.name] = [(since, who)]

    def organisation(
        self,
        name: str,
        role: Role,
        party_role: PartyRole,
        at: datetime,
        login: str = "",
        *,
        with_certificate: bool = False,
        person: str = "",
    ) -> Organisation:
        """登记单位、人员、身份, and its certificate where it needs one."""
        number = next(self._serials)
        code = CreditCode.make(region=REGION, serial=number)
        form = _form(code, name, party_role, number)
        parties.register(self.platform(), form, at=at)
        people = NewPerson(
            login=login or f"{self.prefix}-{number}",
            name=person or person_name(number),
            password_hash=self._password_hash,
        )
        receipt = identity_services.register_person(self.platform(), people, at=at)
        person_id = receipt.subject.split("/")[1]
        identity_services.grant_membership(self.platform(), person_id, code, role, REGION, at=at)
        account = form.basic_account.number if form.basic_account else ""
        made = Organisation(code, name, person_id, role, REGION, account)
        return self.certified(made, at) if with_certificate else made

    def colleague(self, of: Organisation, login: str, at: datetime) -> Organisation:
        """同事: one more person in the same organisation and role."""
        number = next(self._serials)
        people = NewPerson(login=login, name=person_name(number), password_hash=self._password_hash)
        receipt = identity_services.register_person(self.platform(), people, at=at)
        person = receipt.subject.split("/")[1]
        identity_services.grant_membership(self.platform(), person, of.code, of.role, of.region, at=at)
        return replace(of, person=person, certificate=b"", key=b"")

    def certified(self, who: Organisation, at: datetime) -> Organisation:
        """数字证书, bound to the person who acts; the key as PKCS#8."""
        name = who.name.encode()[:COMMON_NAME_BYTES].decode(errors="ignore")
        certificate, key = identity_services.demo_certificate(name, who.code, at)
        identity_services.bind_certificate(self.platform(), who.person, certificate, at=at)
        return replace(who, certificate=certificate, key=_der(key))

    def _expert(self, number: int, at: datetime) -> tuple[ExpertCode, str]:
        people = NewPerson(
            login=f"{self.prefix}-expert-{number + 1}",
            name=person_name(number * 7 + 3),
            password_hash=self._password_hash,
        )
        receipt = identity_services.register_person(self.platform(), people, at=at)
        person = receipt.subject.split("/")[1]
        identity_services.grant_membership(self.platform(), person, None, Role.EXPERT, REGION, at=at)
        expert = NewExpert(
            person=person,
            specialties=(SPECIALTIES[number % len(SPECIALTIES)],),
            employer=f"云岭省第{number + 1}设计研究院",
            region=REGION,
            title="副高级",
            years=12 + number % 20,
            term_until=date(9998, 12, 31),
        )
        receipt = experts.register(self.platform(), expert, at=at)
        return ExpertCode(receipt.subject.split("/")[1]), person


def _registered(role: Role) -> list[Organisation]:
    """在册的单位 of a role, the first registered first."""
    held = identity.serving(role)
    known = party_queries.parties([one.organisation for one in held if one.organisation])
    return [
        Organisation(
            party.code, party.name, one.person, role, one.region,
            party.basic_account.number if party.basic_account else "",
        )
        for one in held
        if one.organisation and (party := known.get(one.organisation))
    ]  # fmt: skip


def traded() -> Category:
    """目录里已开放的交易分类: what the platform carries today."""
    return next(category for category in catalog.categories() if category.is_open)


def deal_category(number: int = -1) -> str:
    """国家分类代码 of that category: its residual class unless another is asked for."""
    codes = traded().codes
    return codes[number % len(codes)].code


def person_name(number: int) -> str:
    """虚构人名, the same for the same number."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number * 5 % len(GIVEN)]


def full_name(number: int) -> str:
    """虚构姓名 of three characters, so many that hardly two of one contest are alike by chance."""
    letters = sorted(set("".join(GIVEN)))
    rest, surname = divmod(number, len(SURNAMES))
    third, second = divmod(rest, len(letters))
    return SURNAMES[surname] + letters[second] + letters[third % len(letters)]


def invented_names(count_: int, taken: frozenset[str] = frozenset()) -> Iterator[str]:
    """虚构投标人名称, no two alike and none that a notice uses."""
    kinds = ("建设", "市政工程", "路桥", "建筑安装", "水利水电工程", "园林工程")
    made = 0
    for number in count(1):
        if made == count_:
            return
        name = f"云岭{number:04d}号{kinds[number % len(kinds)]}有限公司（虚构）"
        if name not in taken:
            made += 1
            yield name


def _der(pem: bytes) -> bytes:
    """The PKCS#8 bytes inside a PEM private key."""
    return base64.b64decode(b"".join(line for line in pem.splitlines() if not line.startswith(b"-----")))


def _form(code: CreditCode, name: str, role: PartyRole, number: int) -> PartyForm:
    return PartyForm(
        code=code,
        name=name,
        kind=PartyKind.LEGAL,
        region=REGION,
        roles=(role,),
        representative=full_name(number),
        address=f"云岭省江州市望江区公园路{number}号",
        phone=f"0980-{number:08d}",
        basic_account=BankAccount(name, "云岭银行江州分行", f"98{number:014d}"),
        is_pledged=True,
    )
