"""越过第一名定标: the award went to another than the first candidate."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P09",
    name="未确定排名第一的候选人中标",
    grade=Grade.RED,
    basis="招标投标法实施条例 §55",
    why="国有资金占控股或者主导地位的项目应当确定排名第一的中标候选人；越过没有法定情形，评标结果就被改写了。",
    quiet="第一名放弃中标、因不可抗力不能履行、不提交履约保证金，或者被查实有违法行为，并有记录。",
    kinds=("award.made",),
)
GROUNDS = {
    "gave_up": "放弃中标",
    "force_majeure": "因不可抗力不能履行合同",
    "no_security": "不按要求提交履约保证金",
    "violation": "被查实有影响中标结果的违法行为",
}


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    award, publicity = record.award, record.publicity
    if award is None or award.rank <= 1:
        return
    passed = dict(award.passed)
    unexplained = [rank for rank in range(1, award.rank) if rank not in passed]
    names = {one.rank: one.name for one in publicity.candidates} if publicity else {}
    rows = tuple(
        Evidence(
            f"第 {rank} 名",
            names.get(rank, "未公示的候选人")
            + "："
            + GROUNDS.get(passed.get(rank, ""), "没有登记未中标的情形"),
            publicity.height if publicity else None,
        )
        for rank in range(1, award.rank)
    )
    why = "没有登记越过的法定情形" if unexplained else "登记了越过的法定情形，单独不构成异常"
    yield Finding(
        sentence=f"中标人 {award.name} 在候选人中排名第 {award.rank}，{why}。",
        parties=(award.winner,),
        grade=Grade.RED if unexplained else Grade.GREEN,
        evidence=(*rows, Evidence("中标人", f"第 {award.rank} 名 {award.name}", award.height)),
    )
