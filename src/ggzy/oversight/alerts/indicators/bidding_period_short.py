"""投标准备时间不足: fewer days from the documents to the deadline than the law gives."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P03",
    name="投标准备时间不足",
    grade=Grade.RED,
    basis="招标投标法 §24",
    why="时间短，只有事先知情的投标人来得及编制投标文件。",
    quiet="不属于依法必须招标的项目，法定的最短时间只供参考。",
    kinds=("tender.announced", "deadline.moved"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    terms, limit = record.terms, record.rulebook.get("tender.bidding_days_min")
    if terms is None or limit is None or not record.registered.must_tender:
        return
    days = limits.days_between(terms.sale_start, terms.deadline)
    if days < limit.value:
        yield Finding(
            sentence=f"自招标文件开始发出至投标截止 {days} 日，{limits.number(limit)}。",
            evidence=(
                Evidence("开始发出", limits.moment(terms.sale_start), terms.height),
                Evidence("投标截止", limits.moment(terms.deadline), terms.height),
                limits.rule(limit),
            ),
        )
