"""反复重招，总是同一家: retendered again and again until the one who was always there wins."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B24",
    name="多次重新招标后由一直在场的投标人中标",
    grade=Grade.YELLOW,
    basis="招标投标法 §28、§42；招标投标法实施条例 §32、§44",
    why="结果不合意就想办法流标，直到约定的一家中标，或者转为直接发包。",
    quiet="冷门标段只有少数企业感兴趣，多次投标人不足，本来就是同几家来。",
    params=(Param("retenders_min", 2, "重新招标次数", "监管模型库 B24", "次"),),
    kinds=("award.made",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    rounds = (*record.earlier, record)
    if record.award is None or len(rounds) - 1 < params["retenders_min"]:
        return
    winner = record.award.winner
    before = [one for one in record.earlier if one.bids]
    if len(before) < params["retenders_min"] or not all(one.bid_of(winner) for one in before):
        return
    yield Finding(
        sentence=(
            f"本标段招标 {len(rounds)} 次，{record.award.name} 每次有人投标时都在场，最后由其中标。单独不构成异常。"
        ),
        parties=(winner,),
        evidence=tuple(
            Evidence(
                f"第 {one.round} 次",
                f"{len(one.bids)} 家投标" + (f"，未成：{one.failure.reason}" if one.failure else "，中标"),
                one.failure.height if one.failure else record.award.height,
            )
            for one in rounds
        ),
        score=Decimal("0.5"),
    )
