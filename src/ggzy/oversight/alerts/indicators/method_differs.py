"""招标方式与登记不符: another method than registered, or not open where the law wants it open."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P16",
    name="招标方式与核准、登记不符",
    grade=Grade.RED,
    basis="招标投标法 §11；招标投标法实施条例 §7、§8",
    why="应当公开招标的改为邀请或者其他方式，投标人由招标人挑选。",
    quiet="核准文件已经同意邀请招标，登记项目时没有填写文号。",
    kinds=("lot.registered", "tender.announced"),
)
OPEN = "open_tender"


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    registered, terms = record.registered, record.terms
    if terms is not None and terms.method != registered.method:
        yield Finding(
            sentence="发布公告的招标方式与入场登记的不同。",
            key="announced",
            evidence=(
                Evidence("登记", registered.method, registered.height),
                Evidence("公告", terms.method, terms.height),
            ),
        )
    is_tendered = registered.method.endswith("_tender")
    if (
        registered.must_tender
        and is_tendered
        and registered.method != OPEN
        and not record.ground.approval.strip()
    ):
        yield Finding(
            sentence="依法必须招标的项目不公开招标，登记中没有核准、备案文号。",
            key="approval",
            grade=Grade.YELLOW,
            evidence=(Evidence("登记", registered.title, registered.height),),
        )
