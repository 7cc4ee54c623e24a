"""得分悬殊: the winner's score is far above the mean of the others."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params, Picture, Shape
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B17",
    name="中标人得分远高于其余投标人",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §32(二)、§39；招标投标法 §44",
    why="评分办法按一家量身定做，或者其余投标本来就是陪衬。",
    quiet="其余投标人经验不足或者投标文件粗糙；小标段只来了一家像样的企业。",
    params=(
        Param("times_min", Decimal("1.5"), "中标人得分至少为其余平均分的几倍", "监管模型库 B17", "倍"),
        Param("others_min", 2, "其余投标人至少几家", "招标投标法 §28", "家"),
    ),
    kinds=("evaluation.concluded",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    evaluation = record.evaluation
    if evaluation is None or not evaluation.ranked:
        return
    first, *rest = sorted(evaluation.ranked, key=lambda row: row.rank)
    if len(rest) < params["others_min"]:
        return
    mean = sum((row.total for row in rest), Decimal()) / len(rest)
    if mean <= 0 or first.total < mean * params["times_min"]:
        return
    names = {bid.bid: bid.name for bid in record.bids}
    times = first.total / mean
    yield Finding(
        sentence=(
            f"{names.get(first.bid, first.bid)} 得 {first.total} 分，为其余 {len(rest)} 家平均分 {mean:.2f} 分的 "
            f"{times:.2f} 倍。单独不构成异常。"
        ),
        parties=tuple(bid.bidder for bid in record.bids if bid.bid == first.bid),
        evidence=tuple(
            Evidence(f"第 {row.rank} 名", f"{names.get(row.bid, row.bid)}：{row.total} 分", evaluation.height)
            for row in (first, *rest)
        ),
        picture=Picture(
            Shape.DOTS,
            "各家得分",
            tuple(names.get(row.bid, row.bid) for row in (first, *rest)),
            cells=tuple(
                (names.get(row.bid, row.bid), "", row.total, "第一" if row == first else "")
                for row in (first, *rest)
            ),
            unit="分",
        ),
        score=min(Decimal("0.9"), (times - 1).quantize(Decimal("0.01"))),
    )
