"""低中高结: the contract grows soon after it was signed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params, Picture, Shape
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B30",
    name="签约不久即大额变更",
    grade=Grade.YELLOW,
    basis="招标投标法 §46；招标投标法实施条例 §57；政府采购法 §49、§50",
    why="低价中标后再靠变更把钱要回来，竞争就成了摆设。",
    quiet="地质条件、设计变更等客观原因；政府采购在原合同金额 10 % 以内可以追加。",
    params=(
        Param("share_max", Decimal("0.1"), "变更金额占合同价的比例上限", "政府采购法 §49：10 %"),
        Param("days", 90, "签约后的观察期", "监管模型库 B30", "天"),
    ),
    kinds=("performance.recorded",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    contract = record.contract
    if contract is None or not contract.amount or contract.signed_at is None:
        return
    until = local_date(contract.signed_at) + timedelta(days=int(params["days"]))
    changes = [one for one in contract.performed if one.kind == "change" and one.amount and one.on <= until]
    total = sum(abs(one.amount.fen) for one in changes if one.amount)
    share = Decimal(total) / contract.amount.fen
    if share <= params["share_max"]:
        return
    labels = [f"{number}. {one.on}" for number, one in enumerate(changes, 1)]
    yield Finding(
        sentence=(
            f"合同签订后 {params['days']} 天内变更 {len(changes)} 次，合计 {Money(total).figures()} 元，"
            f"为合同价的 {share * 100:.1f} %。单独不构成异常。"
        ),
        parties=(contract.supplier,) if contract.supplier else (),
        evidence=(
            Evidence("合同价", f"{contract.amount.figures()} 元", contract.signed_height or contract.height),
            *(
                Evidence(f"{one.on} 变更", f"{one.amount.figures()} 元：{one.text}", one.height)
                for one in changes
                if one.amount
            ),
        ),
        picture=Picture(
            Shape.DOTS,
            "变更金额占合同价的比例",
            tuple(labels),
            cells=tuple(
                (
                    label,
                    "",
                    (Decimal(one.amount.fen) * 100 / contract.amount.fen).quantize(Decimal("0.1")),
                    "",
                )
                for label, one in zip(labels, changes, strict=True)
                if one.amount
            ),
            unit="%",
        ),
        score=min(Decimal("0.9"), Decimal("0.4") + share.quantize(Decimal("0.01"))),
    )
