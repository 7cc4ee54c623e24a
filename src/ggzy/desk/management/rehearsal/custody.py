"""演练保管人: five holders in folders of their own, with the very checks of the custodian's program."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from pathlib import Path
from time import sleep

from custodian.holder import Holder as Keeper
from ggzy.desk.management.rehearsal.cast import CERTIFICATE_LIFE, Cast, Organisation
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as journal_services
from ggzy.foundation.sealing.case import Case, CaseEntry, CaseStream
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict
from ggzy.kernel.note import LogProof
from ggzy.kernel.roles import Role
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.projects.values import CustodyPlan, Holder, HolderKind

THRESHOLD = 3
SIGNING_TRIES, SIGNING_PAUSE_S = 500, 0.02
KEEPERS: tuple[tuple[HolderKind, str, PartyRole], ...] = (
    ("centre", "云岭省公共资源交易中心保管处", PartyRole.CENTRE),
    ("supervisor", "江州市公共资源交易监督管理局", PartyRole.AUTHORITY),
    ("owner", "江州市政府投资项目管理中心", PartyRole.OWNER),
    ("notary", "江州市衡信公证处", PartyRole.NOTARY),
    ("audit", "云岭省审计厅驻江州办事处", PartyRole.NOTARY),
)


class Custody:
    """保管人班底: registered people whose keys never touch the platform's database."""

    def __init__(self, cast: Cast, folder: Path, at: datetime) -> None:
        self._cast = cast
        self._folder = folder
        self._people: list[tuple[HolderKind, Organisation]] = []
        self._keepers: dict[int, list[tuple[datetime, Keeper]]] = {}
        for number, (kind, name, role) in enumerate(KEEPERS):
            login = f"custodian-{number + 1}"
            self._people.append((kind, cast.organisation(name, Role.CUSTODIAN, role, at, login)))

    def branch(self, cast: Cast, number: int) -> "Custody":
        """分队的保管人: the same people, with certificates and folders of their own."""
        other = copy(self)
        other._cast = cast
        other._folder = self._folder / f"team-{number}"
        other._keepers = {}
        return other

    @property
    def plan(self) -> CustodyPlan:
        """保管方案: three of five."""
        return CustodyPlan(
            k=THRESHOLD,
            holders=tuple(
                Holder(x, who.person, who.name, who.code, kind)
                for x, (kind, who) in enumerate(self._people, start=1)
            ),
        )

    def keepers(self, at: datetime) -> dict[int, tuple[Organisation, Keeper]]:
        """每位保管人 with a certificate that is bound and valid at `at`; renewed where none is."""
        return {x: (who, self._keeper(x, who, at)) for x, (_, who) in enumerate(self._people, start=1)}

    def _keeper(self, x: int, who: Organisation, at: datetime) -> Keeper:
        known = self._keepers.setdefault(x, [])
        for since, keeper in known:
            if since <= at < since + CERTIFICATE_LIFE:
                return keeper
        known.append((at, self._equip(x, who, at)))
        return known[-1][1]

    def _equip(self, x: int, who: Organisation, at: datetime) -> Keeper:
        held = self._cast.certified(who, at)
        folder = self._folder / f"custodian-{x}-{at:%Y%m%d}"
        keeper = Keeper.create(folder, certificate=held.certificate, identity_key=held.key)
        keeper.pin(journal.signer().keys().log, journal.log().algorithm)
        return keeper


def case(lot: LotCode, round: int, plan: OpeningPlan, stage: str, manifests: Mapping[str, bytes]) -> Case:
    """开标案 as the platform hands it to each custodian: both streams whole, under one signed head."""
    _sign_everything()
    names = (f"lot/{lot}/{round}/bids", f"lot/{lot}")
    bids, lifecycle = (_stream(name) for name in names)
    return Case(
        plan=plan,
        stage=stage,
        bids=bids,
        lifecycle=lifecycle,
        opening_set=tuple(manifests),
        manifests=tuple(manifests.values()),
    )


def _sign_everything() -> None:
    """A head over all that is recorded so far; another team may be signing at this moment."""
    wanted = journal.head()
    journal_services.pad()
    for _ in range(SIGNING_TRIES):
        head = journal_services.checkpoint()
        if head is not None and head.size >= wanted:
            return
        sleep(SIGNING_PAUSE_S)
    raise Conflict("存证点没有签出，无法开标")


def _stream(name: str) -> CaseStream:
    entries = [entry for entry in journal.disclosed(name) if entry.header.subject == name]
    proof = journal.inclusion(entries[-1].header.height)
    assert isinstance(proof, LogProof), "the checkpoint above covers it"
    told = tuple(
        CaseEntry(entry.header.seq, entry.header.at, entry.nonce, entry.event.decode())
        for entry in entries
        if entry.nonce is not None and entry.event is not None
    )
    return CaseStream(name, told, str(proof))
