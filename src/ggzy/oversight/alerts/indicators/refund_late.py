"""保证金逾期退还: what was released did not arrive by its last day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P11",
    name="投标保证金逾期退还",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §35、§57",
    why="占着投标人的钱，加重企业负担；有的借此向未中标人施压。",
    quiet="收款账户已注销被银行退汇，正在核实新账户。",
    kinds=("deposit.released", "deposit.returned", "deposit.bounced", "deposit.return_ordered"),
    lead=timedelta(days=2),
    owed_by=Role.OWNER,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    if record.deposits is None:
        return
    names = {bid.bidder: bid.name for bid in record.bids}
    for one in record.deposits.released:
        if not one.principal.fen:
            continue
        ends = limits.by_day(record, one.due_on, one.at, at)
        rows = [
            Evidence("应退", f"{one.principal}，{names.get(one.party, one.party)}", one.height),
            Evidence("规则", f"{one.reason}（{one.article}）"),
        ]
        yield from (
            _of(finding, one.party)
            for finding in limits.kept(
                "退还投标保证金", ends, one.returned_at, at, key=one.party, evidence=rows
            )
        )


def _of(finding: Finding, party: str) -> Finding:
    return Finding(
        sentence=finding.sentence,
        key=finding.key,
        due=finding.due,
        evidence=finding.evidence,
        parties=(party,),
    )
