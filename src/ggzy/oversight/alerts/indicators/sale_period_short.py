"""发售期不足: the documents could be had for fewer days than the law gives."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P02",
    name="招标文件发售期不足",
    grade=Grade.RED,
    basis="招标投标法实施条例 §16",
    why="发售期短，外地和不知情的投标人来不及取得文件。",
    quiet="文件全程可以免费下载，发售期只是格式上的一栏。",
    kinds=("tender.announced",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    terms, limit = record.terms, record.rulebook.get("tender.sale_days_min")
    if terms is None or limit is None:
        return
    days = limits.days_between(terms.sale_start, terms.sale_end)
    if days < limit.value:
        yield Finding(
            sentence=f"招标文件发售 {days} 日，{limits.number(limit)}。",
            evidence=(
                Evidence("发售开始", limits.moment(terms.sale_start), terms.height),
                Evidence("发售截止", limits.moment(terms.sale_end), terms.height),
                limits.rule(limit),
            ),
        )
