"""One tender that breaks no rule; a test changes one fact."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.projects.values import CustodyPlan, Holder, LotFacts, Phase
from ggzy.trading.tendering.values import (
    BidderFacts,
    DocumentFile,
    OpeningFacts,
    TenderFacts,
    TenderState,
    TenderTerms,
)

REGION = RegionCode("980102")


def party(serial: int) -> CreditCode:
    return CreditCode.make(region=REGION, serial=serial)


CENTRE, OWNER, AGENCY, AUTHORITY, NOTARY, AUDIT = (party(serial) for serial in range(1, 7))
FIRM, OTHER, THIRD = (party(serial) for serial in range(11, 14))
CODE = LotCode.make(category="A01", platform=CENTRE, on=date(2026, 5, 20), serial=1)
PROJECT = ProjectCode.make(region=REGION, year=2026, serial=1)
CALENDAR = catalog.calendar()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


# Monday; twenty days on lies a Sunday, so the earliest lawful day is Monday 22 June.
NOW = moment("2026-06-01T09:00")
DEADLINE = moment("2026-06-23T09:30")

LOT = LotFacts(
    code=CODE,
    title="江州一中教学楼施工",
    project=PROJECT,
    project_title="江州一中迁建",
    owner=OWNER,
    agency=AGENCY,
    category="construction",
    nature="works",
    region=REGION,
    method="open_tender",
    scoring="lowest_price",
    estimate=Money.yuan(20_000_000),
    price_form="amount",
    must_tender=True,
    rulebook=catalog.rulebook("construction", REGION, date(2026, 5, 20)),
    round=1,
    phase=Phase.REGISTERED,
    registered_at=moment("2026-05-20T10:00"),
    terminated=False,
    standing=None,
    content="教学楼土建与安装",
    funding="财政资金",
)

HOLDERS = (
    Holder(1, "p-centre", "江州市公共资源交易中心", CENTRE, "centre"),
    Holder(2, "p-authority", "江州市住房和城乡建设局", AUTHORITY, "supervisor"),
    Holder(3, "p-notary", "江州市公证处", NOTARY, "notary"),
)
CUSTODY = CustodyPlan(k=2, holders=HOLDERS)
FILE = DocumentFile("招标文件.pdf", "sha256:" + "1" * 64, 2_000_000, "application/pdf")
TERMS = TenderTerms(
    sale_start=NOW,
    sale_end=moment("2026-06-08T17:00"),
    deadline=DEADLINE,
    venue="江州市公共资源交易中心第一开标室",
    documents=(FILE,),
    deposit=Money.yuan(400_000),
    validity_days=90,
    qualification="建筑工程施工总承包二级及以上",
    contact="张工 0000-1234567",
    pad_bytes=4096,
)
DRAFT = TenderFacts(
    lot=CODE, round=1, state=TenderState.DRAFTED, method="open_tender", custody=CUSTODY, keys_posted=(1, 2, 3)
)
TENDER = replace(
    DRAFT,
    state=TenderState.ANNOUNCED,
    terms=TERMS,
    deadline=DEADLINE,
    announced_at=NOW,
    documents_version=1,
    documents_digest="sha256:" + "2" * 64,
    plan_digest="sha256:" + "3" * 64,
)
BIDDER = BidderFacts(is_registered=True, is_secured=True)
CLOSED = replace(TENDER, state=TenderState.CLOSED, closed_at=DEADLINE)
OPENING = OpeningFacts(
    lot=CODE,
    round=1,
    submitted=3,
    shares_released=(1, 2),
    k=2,
    keys_released=3,
    decrypted=3,
    failed=0,
    began_at=DEADLINE,
    bidder_window_until=DEADLINE + timedelta(minutes=30),
    custodian_window_until=DEADLINE + timedelta(minutes=30),
    read_out_at=None,
    concluded_at=None,
)


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]
