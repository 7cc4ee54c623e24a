"""投诉规则的共用场景: a complaint under either regime, at the start or accepted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import BEIJING, Calendar
from ggzy.oversight.cases.queries.complaints import regimes
from ggzy.oversight.cases.values.complaints import ComplaintFacts, ComplaintState, NewComplaint, Raised

CITY = RegionCode("980100")
FIRM = CreditCode.make(authority="91", region=CITY, serial=1)
LOT = LotCode.make(category="A02", platform=FIRM, on=date(2026, 6, 1), serial=1)
MONDAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=BEIJING).astimezone(UTC)
DAY = timedelta(days=1)
WEEKDAYS = Calendar(frozenset(), frozenset())
TENDER, PURCHASE = regimes()["tendering"], regimes()["procurement"]
NEW = NewComplaint(LOT, "award", "江州市城市建设管理处", MONDAY, "定标违法", "认定无效")
ANSWERED = Raised(date(2026, 6, 2), date(2026, 6, 4), date(2026, 6, 5))
SILENT = Raised(date(2026, 6, 2), None, date(2026, 6, 5))


def complaint(matter: str = "award", regime=TENDER, **changes) -> ComplaintFacts:
    known = ComplaintFacts(
        code="TS980100-2026-0001", lot=LOT, lot_title="望江路", round=1, region=CITY, regime=regime,
        matter=regime.matters[matter], by=FIRM, by_name="江州建工", respondent="管理处", known_on=MONDAY, text="定标违法",
        request="认定无效", files=(), filed_at=AT, state=ComplaintState.FILED, accept_by=date(2026, 6, 4),
        accepted_at=None, copy_by=None, copied_at=None, reply="", replied_at=None, decide_by=None, stayed_workdays=0,
        grounds=(), outcome="", document="", answer="", ended_at=None, is_late=False,
    )  # fmt: skip
    return replace(known, **changes)


def accepted(**changes) -> ComplaintFacts:
    usual: dict[str, Any] = {"state": ComplaintState.ACCEPTED, "decide_by": date(2026, 7, 13)}
    return complaint(**usual | changes)


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]
