"""弃标让标: the first gives up and a dearer one takes the lot."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B28",
    name="中标人放弃，由报价更高的候选人递补",
    grade=Grade.YELLOW,
    basis="招标投标法 §60；招标投标法实施条例 §39(三)、§55、§74",
    why="低价者拿到好处后退出，让同伙以高价中标，差额瓜分。",
    quiet="低价者算错了成本，宁可损失保证金；递补价仍低于限价且合理。",
    params=(Param("dearer_min", Decimal("0.03"), "递补报价至少高出的比例", "监管模型库 B28"),),
    kinds=("award.refused", "award.made"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    award = record.award
    if award is None or not award.refusals or not award.amount:
        return
    for gone in award.refusals:
        first = record.bid_of(gone.winner)
        if gone.winner == award.winner or first is None or not first.amount:
            continue
        dearer = Decimal(award.amount.fen) / first.amount.fen - 1
        if dearer >= params["dearer_min"]:
            yield Finding(
                key=str(gone.winner),
                parties=(gone.winner, award.winner),
                sentence=(
                    f"第 {gone.rank} 候选人 {first.name} 放弃中标后，由 {award.name} 以高出 {dearer * 100:.1f} %"
                    f"（{Money(award.amount.fen - first.amount.fen).figures()} 元）的报价中标。单独不构成异常。"
                ),
                evidence=(
                    Evidence(
                        "放弃", f"{first.name}，{first.amount.figures()} 元：{gone.reason}", gone.height
                    ),
                    Evidence("递补", f"{award.name}，{award.amount.figures()} 元", award.height),
                ),
                score=min(Decimal("0.9"), Decimal("0.4") + dearer.quantize(Decimal("0.01"))),
            )
