"""资质要求过高: a grade is demanded that the size of the work does not need."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B20",
    name="资质等级要求超出工程规模",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §32(二)；建筑业企业资质标准（建市〔2014〕159号）",
    why="抬高资质门槛可以把大多数投标人挡在外面，只留下约定的几家。",
    quiet="结构特殊（超高、大跨、深基坑）的工程，金额不大也需要高等级资质。",
    params=(
        Param(
            "special_from",
            500_000_000,
            "要求特级资质的估算价下限",
            "本平台校准：一级可承担绝大多数规模",
            "元",
        ),
        Param(
            "first_from",
            30_000_000,
            "要求一级总承包资质的估算价下限",
            "建筑业企业资质标准：一级始于 3000 万元",
            "元",
        ),
    ),
    kinds=("tender.announced", "tender.clarified"),
)

_GENERAL = r"(?:施工)?总承包[^，。；;\n]{0,12}"
_SPECIAL = re.compile(r"特级")
_FIRST = re.compile(_GENERAL + r"(?:一级|壹级|Ⅰ级)")
_LOWER = re.compile(r"二级|贰级|Ⅱ级|三级|叁级|Ⅲ级")


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    terms, estimate = record.terms, record.registered.estimate
    demand = asked(terms.qualification) if terms and record.registered.nature == "works" else None
    if terms is None or demand is None:
        return
    grade, phrase = demand
    least = Money.yuan(int(params["special_from" if grade == "特级" else "first_from"]))
    if 0 < estimate.fen < least.fen:
        yield Finding(
            sentence=(
                f"资格要求为总承包{grade}，不接受较低等级；本标段估算价 {estimate.figures()} 元，"
                f"低于通常需要{grade}资质的 {least.figures()} 元。单独不构成异常。"
            ),
            evidence=(Evidence("资格要求", terms.qualification[:300], terms.height),),
            phrases=(phrase,),
            score=Decimal("0.6") if grade == "特级" else Decimal("0.4"),
        )


def asked(text: str) -> tuple[str, str] | None:
    """The lowest grade that is accepted, if it is special or first, with the words that ask for it."""
    if _LOWER.search(text):
        return None
    first, special = _FIRST.search(text), _SPECIAL.search(text)
    if first:
        return "一级", first[0]
    return ("特级", special[0]) if special else None
