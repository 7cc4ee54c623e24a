"""统计筛查: the prices of one opening lie as those of proven cartels do; never without its base rate."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import screens
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params, Picture, Shape
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid
from screens.distribution import WORDS

INDICATOR = Indicator(
    code="S01",
    name="报价分布与已查实的串标案相近",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(四)：投标报价呈规律性差异",
    why="陪标报价往往彼此靠近，又与中标价拉开距离；分布的形状会留下痕迹。",
    quiet=(
        "评标办法奖励靠近平均价的报价；材料价公开、工程量固定，各家本来就报得近。"
        "国外案件训练的模型换一个市场就不大可靠，所以只作提示。"
    ),
    params=(
        Param("base_rate", Decimal("0.05"), "基准率：本地标段串标的占比", "假定；应以本地已查实的占比代替"),
        Param("times_min", Decimal(2), "概率至少为基准率的几倍", "本平台校准：一百件真实公示约两件", "倍"),
        Param("bids_min", 3, "至少几个报价", "招标投标法 §28", "个"),
    ),
    kinds=("bids.opened",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    priced = sorted(_priced(record), key=lambda pair: pair[1])
    if not record.is_closed or len(priced) < max(2, int(params["bids_min"])):
        return
    base_rate = Decimal(str(params["base_rate"]))
    found = screens.measures([fen for _, fen in priced])
    probability = Decimal(f"{screens.probability(found, screens.supplied(), base_rate):.4f}")
    if probability < base_rate * params["times_min"]:
        return
    lowest = Decimal(priced[0][1])
    above = [(bid, (fen * 100 / lowest - 100).quantize(Decimal("0.01"))) for bid, fen in priced]
    yield Finding(
        sentence=(
            f"{len(priced)} 个报价的分布与已查实的串标案相近：次低价高出最低价 {above[1][1]} %，"
            f"最高价高出 {above[-1][1]} %。若本地每 100 个标段有 {base_rate * 100:.1f} 个串标（基准率），"
            f"这样的标段有 {probability * 100:.1f} 个。单独不构成异常。"
        ),
        parties=tuple(bid.bidder for bid, _ in priced),
        evidence=(
            Evidence("基准率", f"{base_rate * 100:.1f} %"),
            Evidence("概率", f"{probability * 100:.1f} %"),
            *(Evidence(WORDS[name], f"{value:.4g}") for name, value in found.items() if name != "level"),
            *(Evidence(bid.name, f"高出最低价 {share} %", bid.read_height) for bid, share in above),
        ),
        picture=Picture(
            Shape.DOTS,
            "各报价高出最低价的比例",
            tuple(bid.name for bid, _ in above),
            cells=tuple((bid.name, "", share, "") for bid, share in above),
            unit="%",
        ),
        score=probability,
    )


def _priced(record: LotRecord) -> Iterable[tuple[Bid, int]]:
    for bid in record.bids:
        if bid.state == "opened" and bid.amount is not None and bid.amount.fen > 0:
            yield bid, bid.amount.fen
