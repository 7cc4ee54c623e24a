"""固定信用评价: as it stood when the bidding closed, for a lot whose rules use it (数据规范 9012)."""

from collections.abc import Mapping
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.verdict import Reason, judge
from ggzy.registers.credit import events, queries
from ggzy.registers.credit.values import Fixed


@command
def fix_grades(
    actor: Actor,
    lot: LotCode,
    round: int,
    bidders: Mapping[CreditCode, str],
    as_of: datetime,
    *,
    at: datetime,
) -> Receipt:
    """固定信用评价 of these bidders, once a round. Inside a stage's own command or by the clock."""
    judge(
        [
            (bool(bidders), Reason("no_bidders", "没有投标人，不需要固定信用评价")),
            (queries.fixed(lot, round) is None, Reason("fixed", "本轮的信用评价已经固定")),
        ]
    ).require()
    found, model = queries.grades(bidders, as_of), queries.model()
    fact = events.CreditFixed(
        lot=lot,
        round=round,
        as_of=as_of,
        model=model.code,
        version=model.version,
        bidders=tuple(
            Fixed(code, name, found[code].score, found[code].grade) for code, name in bidders.items()
        ),
    )
    return journal.record(fact, actor=actor, at=at)
