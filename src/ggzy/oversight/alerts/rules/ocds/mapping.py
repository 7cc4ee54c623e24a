"""OCDS 映射: one release as the records of its lots. Pure; what a release lacks stays absent.

Relations between processes are not followed, so none can lead in a circle. Amounts count in one currency,
the tender's own, else the first that is named; those in another are left out and said.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.oversight.alerts.rules.ocds import course, deals, scraps
from ggzy.oversight.alerts.rules.ocds.scraps import name_of, node, nodes, text
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.dossier.values.record import Ground, LotRecord, NoticeTold, Registered, Terms
from ggzy.trading.dossier.values.stages import Bid

YUAN = "CNY"
METHODS = {"open": "open_tender", "selective": "invited_tender"}
NOT_SUBMITTED = ("invited", "withdrawn")
LOTS_MAX = 1_000
BEGINNING = datetime(1950, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Mapped:
    """映射所得: the records of the lots, the currency of their amounts, and what was doubtful."""

    ocid: str
    records: tuple[LotRecord, ...] = ()
    currency: str = ""
    doubts: tuple[str, ...] = ()


@dataclass
class Reader:
    """读者 of one release."""

    release: dict[str, Any]
    law: Rulebook
    earlier: Sequence[tuple[datetime, datetime]] = ()
    doubts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tender = node(self.release.get("tender"))
        self.named = {
            name_of(one.get("id")): text(one.get("name")) for one in nodes(self.release.get("parties"))
        }
        self.bids = list(nodes(node(self.release.get("bids")).get("details")))
        self.awards = list(nodes(self.release.get("awards")))
        self._bids_by_lot, self._awards_by_lot = _by_lot(self.bids), _by_lot(self.awards)
        self.currency = next((found.currency for found in self._sums() if found.currency), "")

    def _sums(self) -> Iterator[scraps.Amount]:
        values = [self.tender.get("value")]
        for part in (self.bids, self.awards, list(nodes(self.release.get("contracts")))):
            values += [one.get("value") for one in part]
        return (found for found in map(scraps.amount, values) if found)

    def bids_of(self, within: str) -> Sequence[dict[str, Any]]:
        """一个标段的投标."""
        return self._bids_by_lot.get(within, ()) if within else self.bids

    def awards_of(self, within: str) -> Sequence[dict[str, Any]]:
        """一个标段的中标结果."""
        return self._awards_by_lot.get(within, ()) if within else self.awards

    def money(self, value: Any, what: str) -> Money | None:
        """金额 that can be compared: positive, and in the currency of the rest."""
        found = scraps.amount(value)
        if found is None or not found.money:
            return None
        if found.money.fen < 0:
            self.doubts.append(f"{what}为负（{found.money.figures()}），未采用")
            return None
        if found.currency and found.currency != self.currency:
            self.doubts.append(f"{what}的币种 {found.currency} 与 {self.currency} 不同，未采用")
            return None
        return found.money

    def party(self, value: Any) -> tuple[CreditCode, str] | None:
        """主体: its code and name; an organisation without an identifier goes by its name."""
        given = node(value)
        identifier = name_of(given.get("id"))
        name = text(given.get("name")) or self.named.get(identifier, "")
        known = identifier or name.strip()
        return (scraps.code(known), name or known[: scraps.NAME_CHARS]) if known else None

    def parties(self, values: Any) -> tuple[tuple[CreditCode, str], ...]:
        return tuple(filter(None, map(self.party, nodes(values))))

    def moment(self, *values: Any) -> datetime | None:
        """时刻: the first that is one."""
        return next(filter(None, map(scraps.moment, values)), None)


def _by_lot(parts: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Once for all lots: what relates to each."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for part in parts:
        related = part.get("relatedLots")
        for name in dict.fromkeys(map(name_of, related)) if isinstance(related, list) else ():
            found[name].append(part)
    return found


def mapped(
    release: dict[str, Any], law: Rulebook, earlier: Sequence[tuple[datetime, datetime]] = ()
) -> Mapped:
    """一份发布 as the records of its lots, held to that law. A process that was called off gives none.

    `earlier` is what each release of the process said when: its date and the deadline, in order.
    """
    reader = Reader(release, law, earlier)
    ocid = text(release.get("ocid"))
    lots = [lot for lot in nodes(reader.tender.get("lots")) if name_of(lot.get("id"))][:LOTS_MAX]
    if reader.tender.get("status") == "cancelled":
        return Mapped(ocid, doubts=("采购已取消，未计入",))
    if len(lots) > 1:
        names = dict.fromkeys(name_of(lot.get("id")) for lot in lots)
        by_name = {name_of(lot.get("id")): lot for lot in lots}
        records = tuple(_record(reader, f"{ocid}/{name}", by_name[name], name) for name in names)
    else:
        records = (_record(reader, ocid, {}, ""),)
    return Mapped(ocid, records, reader.currency, tuple(dict.fromkeys(reader.doubts)))


def began_on(release: dict[str, Any]) -> date | None:
    """招标开始日, or else the day of the release."""
    period = node(node(release.get("tender")).get("tenderPeriod"))
    at = scraps.moment(period.get("startDate")) or scraps.moment(release.get("date"))
    return local_date(at) if at else None


def deadline(release: dict[str, Any]) -> tuple[datetime, datetime] | None:
    """一份发布所说的截止时间, and when it said so."""
    period = node(node(release.get("tender")).get("tenderPeriod"))
    at, ends = scraps.moment(release.get("date")), scraps.moment(period.get("endDate"))
    return (at, ends) if at and ends else None


def _record(reader: Reader, name: str, lot: dict[str, Any], within: str) -> LotRecord:
    """`within` is the lot that bids and awards must relate to; empty where the process is one lot."""
    at = reader.moment(reader.release.get("date")) or BEGINNING
    bids = _bids(reader, within, at)
    award = deals.award(reader, within, bids, at)
    contract = deals.contract(reader, within, award) if award else None
    terms = _terms(reader, at)
    moments = [award.at] if award else []
    return LotRecord(
        lot=LotCode(name),
        ground=Ground(rulebook=reader.law),
        registered=_registered(reader, lot, at),
        height=0,
        at=max([at, *moments]),
        opened=frozenset({1}),
        notices=_notices(reader, at),
        terms=terms,
        moved=course.moved(reader.tender, reader.earlier, terms.deadline) if terms else (),
        # Night is a matter of where one lives: asked of those who buy in yuan.
        clarified=course.clarified(reader.tender) if reader.currency == YUAN else (),
        bids=bids,
        award=award,
        contract=contract,
    )


def _registered(reader: Reader, lot: dict[str, Any], at: datetime) -> Registered:
    tender, release = reader.tender, reader.release
    buyer, entity = reader.party(release.get("buyer")), reader.party(tender.get("procuringEntity"))
    owner = buyer or entity
    if owner is None:
        reader.doubts.append("没有采购人")
    estimate = reader.money(lot.get("value") if lot else tender.get("value"), "估算价")
    nature = text(tender.get("mainProcurementCategory"))
    method = text(tender.get("procurementMethod"))
    return Registered(
        at=reader.moment(node(tender.get("tenderPeriod")).get("startDate")) or at,
        height=0,
        project=ProjectCode(text(release.get("ocid"))),
        title=text(lot.get("title")) or text(tender.get("title")),
        content=text(tender.get("description"), scraps.TEXT_CHARS),
        owner=owner[0] if owner else CreditCode(""),
        agency=entity[0] if entity and owner and entity[0] != owner[0] else None,
        region=RegionCode.COUNTRY,
        category=nature,
        classification="",
        nature=nature,
        method=METHODS.get(method, method),
        scoring="",
        must_tender=method == "open",
        estimate=estimate if estimate and owner and reader.currency == YUAN else Money.zero,
        price_form="amount",
    )


def _terms(reader: Reader, at: datetime) -> Terms | None:
    period = node(reader.tender.get("tenderPeriod"))
    starts, ends = scraps.moment(period.get("startDate")), scraps.moment(period.get("endDate"))
    if starts is None or ends is None:
        return None
    if ends < starts:
        reader.doubts.append("投标截止早于开始，未采用")
        return None
    method = text(reader.tender.get("procurementMethod"))
    return Terms(
        at=starts,
        height=0,
        method=METHODS.get(method, method),
        sale_start=course.issued(reader.tender, starts, ends),
        sale_end=ends,
        announced_deadline=ends,
        deadline=ends,
        deposit=Money.zero,
        validity_days=0,
        qualification=course.qualification(reader.tender),
    )


def _notices(reader: Reader, at: datetime) -> tuple[NoticeTold, ...]:
    """What asks for bids, as one text: description, eligibility, and what its documents say of themselves."""
    tender = reader.tender
    said = [tender.get("description"), tender.get("eligibilityCriteria")]
    for document in nodes(tender.get("documents")):
        said += [document.get("title"), document.get("description")]
    whole = "\n".join(filter(None, (text(one, scraps.TEXT_CHARS) for one in said)))[: scraps.TEXT_CHARS]
    title = text(tender.get("title"))
    told = NoticeTold(
        at=at, height=0, notice="", kind="tender_notice", title=title, digest="", amends=None, text=whole
    )
    return (told,) if whole else ()


def _bids(reader: Reader, within: str, at: datetime) -> tuple[Bid, ...]:
    """Bids with their prices; without any, the tenderers, who are known to have come. The last of a bidder counts."""
    found: dict[CreditCode, Bid] = {}
    for bid in reader.bids_of(within):
        if bid.get("status") in NOT_SUBMITTED:
            continue
        parties = reader.parties(bid.get("tenderers"))
        if not parties:
            reader.doubts.append("投标没有投标人，未采用")
            continue
        found[parties[0][0]] = _bid(reader, parties, bid, at)
    if not reader.bids and not within:
        for party in reader.parties(reader.tender.get("tenderers")):
            found[party[0]] = _bid(reader, (party,), {}, at)
    return tuple(found.values())


def _bid(
    reader: Reader, parties: tuple[tuple[CreditCode, str], ...], bid: dict[str, Any], at: datetime
) -> Bid:
    code, name = parties[0]
    return Bid(
        at=reader.moment(bid.get("date")) or at,
        height=0,
        bid=str(code),
        bidder=code,
        name=name,
        members=tuple(member for member, _ in parties[1:]),
        state="opened",
        amount=reader.money(bid.get("value"), "投标报价"),
    )
