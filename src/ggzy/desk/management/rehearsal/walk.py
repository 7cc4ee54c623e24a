"""走完一个标段: each step one or more ordinary commands, each at its own simulated moment."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zlib import crc32

from ggzy.desk.management.rehearsal import custody, money
from ggzy.desk.management.rehearsal.cast import REGION, Cast, Organisation, deal_category, full_name
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.schedule import Schedule
from ggzy.desk.management.rehearsal.script import BidScript, Script
from ggzy.foundation.sealing.content import Bundle, Offer, PartFile
from ggzy.foundation.sealing.envelope import Sealed, seal
from ggzy.foundation.sealing.keyfile import part_secret
from ggzy.foundation.sealing.package import write_package
from ggzy.foundation.vault import services as vault
from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.kernel.digest import digest
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject, PriceForm
from ggzy.trading.tendering import queries as tendering_queries
from ggzy.trading.tendering import services as tendering
from ggzy.trading.tendering.values import (
    PRICE_PART,
    STAGE,
    DocumentFile,
    PartSecret,
    Price,
    SealedBid,
    ShareRecord,
    TenderTerms,
)
from ggzy.trading.tendering.values.traces import Visit

DOCUMENTS = "本文件为演练而写：招标范围、资格要求、评标办法和合同条款，以公告为准。\n"
DEPOSIT_SHARE = 100  # one hundredth of the estimate
DEPOSIT_MAX = Money.yuan("800000")
PAD_BYTES = 4096
KEYS_BEFORE = timedelta(hours=2)
ONE_AFTER_ANOTHER = timedelta(minutes=7)  # from one office


@dataclass(frozen=True)
class Marking:
    """虚构的评标办法: what the price weighs, and how many points each rank is worth less than the one before.

    A notice's order must come out whatever its prices are, so for a rehearsal the price weighs little.
    """

    price_weight: Decimal = Decimal(10)
    step: Decimal = Decimal(12)


@dataclass
class Entrant:
    """参加投标的一方: its script, its organisation and, once sealed, its secret."""

    script: BidScript
    who: Organisation
    sealed: Sealed | None = None


class Walk:
    """一个标段的行程. `lot` is known from the registration on; `visits` are the traces some bidders leave, by name."""

    def __init__(self, cast: Cast, keepers: Custody, script: Script, category: str = "") -> None:
        self.cast = cast
        self.keepers = keepers
        self.script = script
        self.category = category or deal_category()
        self.visits: dict[str, Visit] = {}
        self.marking = Marking()
        self.refund_after = timedelta(days=1)
        self.lot = LotCode("")
        self.round = 1
        begin = script.schedule.registered
        owner, agency = script.reading.owner, script.reading.agency
        with at_moment(begin):
            self.owner = cast.owner_named(owner, Role.OWNER, begin) if owner else cast.owner
            self.agency = cast.owner_named(agency, Role.AGENCY, begin) if agency else cast.agency

    def register(self, at: datetime | None = None) -> None:
        """入场登记."""
        script = self.script
        at = at or script.schedule.registered
        new = NewProject(
            title=script.title,
            owner=self.owner.code,
            agency=self.agency.code,
            region=REGION,
            funding="财政资金",
            approval="江发改审〔演练〕1号",
        )
        with at_moment(at):
            receipt = projects.register_project(self.cast.act(self.agency), new, at=at)
            lot = NewLot(
                project=ProjectCode(receipt.subject.split("/")[1]),
                title=script.title,
                content="；".join(f"{k}：{v}" for k, v in script.reading.fields) or script.title,
                nature=Nature(script.nature),
                deal_category=self.category,
                method="open_tender",
                scoring=script.scoring,
                estimate=script.estimate,
                price_form=PriceForm(script.price_form),
                period="按招标文件",
                quality="合格",
            )
            receipt = projects.register_lot(self.cast.act(self.agency), lot, at=at)
        self.lot = LotCode(receipt.subject.split("/")[1])

    def announce(self, when: Schedule) -> None:
        """保管人交公钥, 招标公告."""
        start = when.announced - KEYS_BEFORE
        with at_moment(start):
            tendering.prepare(self.cast.act(self.agency), self.lot, self.keepers.plan, at=start)
            for who, keeper in self.keepers.keepers(start).values():
                statement = keeper.statement(self.lot, self.round)
                tendering.post_custodian_key(self.cast.act(who), self.lot, statement, at=start)
        with at_moment(when.announced):
            tendering.announce(self.cast.act(self.agency), self.lot, self._terms(when), at=when.announced)

    def _terms(self, when: Schedule) -> TenderTerms:
        text = f"{self.script.title}\n{DOCUMENTS}".encode()
        stored = vault.put(text, name="招标文件.txt", owner=self.agency.code)
        share = Money(self.script.estimate.fen // DEPOSIT_SHARE)
        return TenderTerms(
            sale_start=when.announced,
            sale_end=when.sale_end,
            deadline=when.deadline,
            venue="云岭省公共资源交易中心江州分中心开标室",
            documents=(DocumentFile("招标文件.txt", stored, len(text), "text/plain"),),
            deposit=min(share, DEPOSIT_MAX),
            validity_days=120,
            ceiling=Price("amount", self.script.ceiling, None, f"{self.script.ceiling.figures()} 元")
            if self.script.ceiling
            else None,
            qualification="具有独立承担民事责任的能力，具备与项目相应的资质",
            contact=f"{self.agency.name} 0980-12345",
            pad_bytes=PAD_BYTES,
        )

    def bid(self, when: Schedule, bids: Sequence[BidScript]) -> list[Entrant]:
        """缴保证金, 密封, 递交: each bidder in turn, spread over the days before the deadline."""
        if not bids:
            return []
        with at_moment(when.bids_from):
            entrants = [Entrant(bid, self.cast.bidder(bid.name, when.bids_from)) for bid in bids]
            self.pay(when.bids_from, [entrant.who for entrant in entrants])
        span = (when.deadline - when.bids_from - timedelta(hours=1)) / len(entrants)
        if self.visits:
            span = ONE_AFTER_ANOTHER
        tender = tendering_queries.tender(self.lot)
        assert tender.plan is not None, "announced"
        for number, entrant in enumerate(entrants):
            at = when.bids_from + timedelta(minutes=30) + span * number
            entrant.sealed = seal(
                tender.plan,
                _parts(entrant.script),
                bid=digest(f"{self.lot}/{self.round}/{number}".encode()).split(":")[1][:32],
                gen=1,
                prev=None,
                bidder=entrant.who.code,
                documents=tender.documents_digest,
                certificate=entrant.who.certificate,
                signing_key=entrant.who.key,
                made=at,
            )
            file = io.BytesIO()
            write_package(entrant.sealed, file)
            stored = vault.put(file.getvalue(), name=f"{number}.sbe", owner=entrant.who.code)
            with at_moment(at):
                tendering.submit_bid(self.cast.act(entrant.who), self.lot, SealedBid(stored))
                self._trace(entrant)
        return entrants

    def _trace(self, entrant: Entrant) -> None:
        visit = self.visits.get(entrant.who.name)
        if visit is not None and entrant.sealed is not None:
            actor, bid = self.cast.act(entrant.who), entrant.sealed.manifest.bid
            tendering.note_visit(actor, self.lot, "upload", bid, visit)

    def pay(self, at: datetime, payers: Sequence[Organisation]) -> None:
        """保证金 of these bidders."""
        money.pay(self.cast, self.lot, payers, at)

    def close(self, when: Schedule) -> None:
        """截止: the clock's act."""
        with at_moment(when.deadline + timedelta(seconds=1)):
            tendering.close(self.cast.platform(), self.lot)

    def open(self, when: Schedule, entrants: Sequence[Entrant]) -> None:
        """开标: custodians release, bidders release, everything opens, prices are read out."""
        at = when.deadline + timedelta(minutes=5)
        with at_moment(at):
            self._release_shares(when, at, entrants)
            for entrant in entrants:
                actor = self.cast.act(entrant.who)
                tendering.release_bidder_key(actor, self.lot, secrets_of(entrant))
            tendering.open_bids(self.cast.act(self.agency), self.lot)
            tendering.read_out(self.cast.act(self.agency), self.lot)
        with at_moment(when.deadline + timedelta(minutes=40)):
            tendering.conclude_opening(self.cast.act(self.agency), self.lot)

    def _release_shares(self, when: Schedule, at: datetime, entrants: Sequence[Entrant]) -> None:
        tender = tendering_queries.tender(self.lot)
        assert tender.plan is not None, "announced"
        manifests = {e.sealed.manifest.bid: e.sealed.manifest_bytes for e in entrants if e.sealed}
        case = custody.case(self.lot, self.round, tender.plan, STAGE, manifests)
        # Their keys were made when the tender was announced; the same folders open them.
        keepers = self.keepers.keepers(when.announced - KEYS_BEFORE)
        for who, keeper in list(keepers.values())[: tender.plan.threshold]:
            released = keeper.release(case, at)
            records = tuple(ShareRecord(one.bid, one.part, one.record) for one in released)
            tendering.release_shares(self.cast.act(who), self.lot, records)


def secrets_of(entrant: Entrant) -> tuple[PartSecret, ...]:
    """投标人开标时交出的密钥, one per part, never the master."""
    assert entrant.sealed is not None, "every entrant has submitted"
    manifest, master = entrant.sealed.manifest, entrant.sealed.master
    return tuple(PartSecret(part.id, part_secret(master, manifest, part.id)) for part in manifest.parts)


def _parts(bid: BidScript) -> dict[str, Bundle]:
    offer = Offer(
        price_kind="amount" if bid.price.amount else "rate" if bid.price.rate else "text",
        amount=bid.price.amount,
        rate=bid.price.rate,
        text=bid.price.text,
        period="按招标文件",
        quality="合格",
        leader=f"{full_name(crc32(bid.name.encode()))}（虚构）",
    )
    letter = io.BytesIO(f"{bid.name} 商务技术文件（演练）".encode())
    return {
        "business": Bundle.of(None, [PartFile("商务技术文件.txt", letter)]),
        PRICE_PART: Bundle.of(offer),
    }
