"""陪标式高价: every other bidder is at the ceiling or fails qualification."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params, Picture, Shape
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid

INDICATOR = Indicator(
    code="B16",
    name="其余投标都贴近限价或被否决",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(二)(三)、§51",
    why="陪标人或者报出不可能中标的高价，或者故意留下被否决的缺陷。",
    quiet="限价定得低，多数投标人都只能贴着限价报；招标文件要求复杂，被否决的本来就多。",
    params=(
        Param("near_min", Decimal("0.99"), "贴近限价：报价达到限价的比例", "监管模型库 B16"),
        Param("others_min", 2, "其余投标至少几家", "招标投标法 §28：投标人不少于 3 个", "家"),
        Param(
            "gap_min", Decimal("0.01"), "中标价至少低于其余最低价的比例", "本平台校准：排除全体贴近限价的标段"
        ),
    ),
    kinds=("evaluation.concluded", "award.made"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    ceiling, evaluation = record.terms.ceiling if record.terms else None, record.evaluation
    if not ceiling or evaluation is None or not evaluation.candidates:
        return
    winner = next((bid for bid in record.bids if bid.bid == evaluation.candidates[0]), None)
    others = [bid for bid in record.bids if bid.state == "opened" and bid != winner]
    rejected = {one.bid: one.text for one in evaluation.rejected}
    live = [bid.amount.fen for bid in others if bid.bid not in rejected and bid.amount]
    if winner is None or not winner.amount or len(others) < params["others_min"]:
        return
    near = [fen for fen in live if fen > ceiling.fen * params["near_min"]]
    priced = [bid for bid in others if bid.bid not in rejected]
    if len(near) != len(priced) or (live and min(live) * (1 - params["gap_min"]) < winner.amount.fen):
        return
    yield Finding(
        sentence=(
            f"{winner.name} 之外的 {len(others)} 家投标，{len(near)} 家报价高于最高投标限价的 "
            f"{params['near_min'] * 100:.0f} %，{len(others) - len(near)} 家被否决。单独不构成异常。"
        ),
        parties=(winner.bidder, *(bid.bidder for bid in others)),
        evidence=tuple(
            Evidence(bid.name, _said(bid, ceiling.fen, rejected.get(bid.bid)), bid.height)
            for bid in (winner, *others)
        ),
        picture=Picture(
            Shape.DOTS,
            "报价占最高投标限价的比例",
            tuple(bid.name for bid in (winner, *priced)),
            cells=tuple(
                (bid.name, "", _share(bid, ceiling.fen), "中标" if bid == winner else "")
                for bid in (winner, *priced)
            ),
            unit="%",
        ),
        score=Decimal("0.6") if near else Decimal("0.4"),
    )


def _share(bid: Bid, ceiling: int) -> Decimal:
    return (Decimal(bid.amount.fen if bid.amount else 0) * 100 / ceiling).quantize(Decimal("0.01"))


def _said(bid: Bid, ceiling: int, rejected: str | None) -> str:
    if rejected is not None:
        return f"被否决：{rejected}"
    price = f"{bid.amount.figures()} 元，" if bid.amount else ""
    return f"{price}为限价的 {_share(bid, ceiling)} %"
