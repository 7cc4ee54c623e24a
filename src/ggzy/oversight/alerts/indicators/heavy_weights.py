"""评分权重失衡: soft criteria weigh more, or the price less, than the rules and custom allow."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params, Picture, Shape
from ggzy.trading.dossier.values.record import LotRecord

PARTS = {"price": "报价", "technical": "技术", "business": "商务", "credit": "信用"}

INDICATOR = Indicator(
    code="B21",
    name="评分权重超出上限",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §32(二)(三)；政府采购货物和服务招标投标管理办法 §55",
    why="业绩、奖项等商务分占得太重，或者价格分占得太轻，结果就由少数评委或者旧关系决定。",
    quiet="设计、咨询等以质量取胜的标段，价格分本来就低；当地另有规定的以规定为准。",
    params=(
        Param("business_max", 30, "商务与信用分合计上限", "本平台默认；各地办法不同，可按地区调整", "分"),
        Param("price_works_min", 30, "工程类价格分下限", "本平台默认；各地办法不同，可按地区调整", "分"),
        Param("price_goods_min", 30, "货物类价格分下限", "政府采购货物和服务招标投标管理办法 §55", "分"),
        Param("price_services_min", 10, "服务类价格分下限", "政府采购货物和服务招标投标管理办法 §55", "分"),
    ),
    kinds=("scheme.published", "tender.announced"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    weights = {part: Decimal() for part in PARTS}
    for one in record.criteria:
        weights[one.part] = weights.get(one.part, Decimal()) + one.weight
    if not record.criteria:
        return
    soft = weights["business"] + weights["credit"]
    least = params.get(f"price_{record.registered.nature}_min")
    faults = []
    if soft > params["business_max"]:
        faults.append(f"商务与信用分合计 {soft} 分，高于上限 {params['business_max']} 分")
    if least is not None and 0 < weights["price"] < least:
        faults.append(f"价格分 {weights['price']} 分，低于下限 {least} 分")
    height = record.terms.height if record.terms else None
    if faults:
        yield Finding(
            sentence="；".join(faults) + "。单独不构成异常。",
            evidence=tuple(
                Evidence(PARTS.get(one.part, one.part), f"{one.name} {one.weight} 分", height)
                for one in record.criteria
            ),
            picture=Picture(
                Shape.DOTS,
                "各部分权重",
                tuple(PARTS.values()),
                cells=tuple((PARTS[part], "", weights[part], "") for part in PARTS),
                unit="分",
            ),
            score=Decimal("0.3") * len(faults),
        )
