"""案件规则的共用场景: a case, its parties, what was told to whom."""

from dataclasses import replace
from datetime import UTC, date, datetime

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.oversight.cases.rules import measures
from ggzy.oversight.cases.values.casework import (
    CaseFacts,
    CaseState,
    EvidenceFacts,
    Measure,
    MeasureKind,
    Offence,
    PartyFacts,
    Proposal,
    Source,
)

CITY = RegionCode("980100")


FIRM = CreditCode.make(authority="91", region=CITY, serial=1)


OTHER = CreditCode.make(authority="91", region=CITY, serial=2)


LOT = LotCode.make(category="A02", platform=FIRM, on=date(2026, 6, 1), serial=1)


AT = datetime(2026, 6, 1, 9, tzinfo=BEIJING).astimezone(UTC)


KINDS = tuple(MeasureKind)


COLLUSION = Offence(
    "collusion", "串通投标", "招标投标法 §53", KINDS, per_mille=(5, 10), ban="collusion", gravity="serious"
)


MONTHS = measures.Months(12, 24, "招标投标法 §53")


BASE = Money.yuan(10_000_000)


FINE = Measure(MeasureKind.FINE, FIRM, Money.yuan(60_000))


BAN = Measure(MeasureKind.BAN, FIRM, None, 12)


WARN = Measure(MeasureKind.WARN, FIRM)


TOLD = Proposal("三家投标文件由同一台计算机制作", (FINE, BAN), BASE)


def case(**changes) -> CaseFacts:
    known = CaseFacts(
        code="AJ980100-2026-0001", title="串通投标案", text="线索", offence=COLLUSION, source=Source.OWN, reference="",
        lot=LOT, region=CITY, authority="江州市住房和城乡建设局", state=CaseState.OPEN, opened_at=AT,
        decide_by=date(2026, 8, 31), parties=(PartyFacts(FIRM, "江州建工"),),
        evidence=(EvidenceFacts("sha256:" + "0" * 64, "比对报告", AT),), orders=(), proposal=None, notified_at=None,
        state_by=None, hearing_on=None, hearing_text="", document="", decision=None, decided_at=None, publish_by=None,
        published_at=None, ending="", ended_at=None, is_overdue=False,
    )  # fmt: skip
    return replace(known, **changes)


def notified(**changes) -> CaseFacts:
    told = {"state": CaseState.NOTIFIED, "proposal": TOLD, "notified_at": AT, "state_by": date(2026, 6, 8)}
    return case(**(told | changes))


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


STATED = (PartyFacts(FIRM, "江州建工", "没有串通", AT, False),)
