"""责令事项逾期: an order bound to the lot, and nothing reported about it by its last day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.instants import end_of_day
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P19",
    name="责令事项逾期未报告改正情况",
    grade=Grade.RED,
    basis="行政处罚法 §28",
    why="责令改正而不改正，违法的结果继续存在，后续环节建立在它上面。",
    quiet="已经改正并当面报告，尚未在平台登记；项目已经终止，责令事项没有对象，尚未登记办结。",
    kinds=("lot.ordered", "order.answered", "order.met"),
    lead=timedelta(days=3),
    owed_by=Role.OWNER,
)
NAMES = {
    "correct": "责令改正",
    "invalidate": "确认环节无效",
    "reevaluate": "责令重新评审",
    "retender": "责令重新招标",
}


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    for one in record.ordered:
        name = NAMES[one.kind]
        done = min((when for when in (one.answered_at, one.met_at) if when), default=None)
        yield from limits.kept(
            f"就“{name}”报告改正情况",
            end_of_day(one.until),
            done,
            at,
            key=one.order,
            evidence=[Evidence(name, limits.moment(one.at), one.height)],
        )
