"""信用的往事: a record that was mended and repaired, one that stands, a reward."""

from datetime import datetime, timedelta

from ggzy.desk.management.demo.lots import BIDDERS
from ggzy.desk.management.rehearsal.cast import Cast
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import queries, services
from ggzy.registers.credit.values import AppealState, Decision, Gravity, NewRecord, RecordKind

DAY = timedelta(days=1)
MENDED, STANDING = BIDDERS[7], BIDDERS[10]


def lay(cast: Cast, now: datetime) -> None:
    """逐条记入."""
    _repaired(cast, now - 420 * DAY)
    _recorded(cast, STANDING, "转包市政养护工程", f"江建罚决〔{(now - 90 * DAY).year}〕11号", now - 90 * DAY)


def _recorded(cast: Cast, name: str, title: str, document: str, at: datetime) -> str:
    supervisor, party = cast.supervisor, cast.bidder(name, at)
    new = NewRecord(
        party=party.code,
        kind=RecordKind.PENALTY,
        title=title,
        text="罚款 20,000.00 元，责令改正。",
        decision=Decision(supervisor.name, document, "招标投标法 §58", local_date(at)),
        gravity=Gravity.GENERAL,
    )
    with at_moment(at):
        services.record(cast.act(supervisor), new, at=at)
    return queries.records_of(party.code)[-1].code


def _repaired(cast: Cast, at: datetime) -> None:
    """记入, 申请修复, 准予: not before the months the law names."""
    entry = _recorded(cast, MENDED, "违法分包绿化工程", f"江建罚决〔{at.year}〕9号", at)
    asked, settled = at + 130 * DAY, at + 140 * DAY
    party = cast.bidder(MENDED, asked)
    with at_moment(asked):
        words = "罚款已缴纳，分包合同已解除，已完成整改并提交信用承诺书。"
        services.apply_for_repair(cast.act(party), entry, words, at=asked)
    (appeal,) = [one for one in queries.open_appeals() if one.entry == entry]
    decision = Decision(
        cast.supervisor.name, f"江建信修〔{settled.year}〕2号", "信用修复管理办法", local_date(settled)
    )
    with at_moment(settled):
        actor = cast.act(cast.supervisor)
        services.settle(
            actor, appeal.code, AppealState.GRANTED, "整改属实，准予修复。", decision=decision, at=settled
        )
