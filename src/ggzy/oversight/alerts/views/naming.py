"""名称: codes become words for the pages, each kind with one query."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.oversight.alerts import queries, rules
from ggzy.oversight.alerts.values import Indicator, Params
from ggzy.oversight.alerts.values.alerts import AlertFacts, Found
from ggzy.registers.parties import queries as register
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier.values import Stage, Summary

CREDIT_CODE_CHARS = 18
UNDECIDED = (Stage.OPENED, Stage.EVALUATED, Stage.PUBLICITY)


@dataclass(frozen=True)
class Titled:
    """预警 with the name of what it is about."""

    alert: AlertFacts
    title: str
    url: str


@dataclass(frozen=True)
class Located:
    """期限提醒 with the lot it is about."""

    found: Found
    title: str
    url: str


def titled(alerts: Sequence[AlertFacts]) -> tuple[Titled, ...]:
    """预警行."""
    names = queries.objects(alerts)
    return tuple(Titled(one, names[one.code], f"/desk/lots/{one.lot}/" if one.lot else "") for one in alerts)


def located(found: Sequence[Found]) -> tuple[Located, ...]:
    """期限提醒行."""
    lots = _titles(one.lot for one in found if one.lot)
    return tuple(Located(one, lots.get(one.lot, ""), f"/desk/lots/{one.lot}/") for one in found if one.lot)


def lot(code: LotCode | None) -> Summary | None:
    """标段, where the alert is about one."""
    found = dossier.summaries(dossier.Wanted(lots=(code,)), limit=1) if code else ()
    return found[0] if found else None


def still_open(found: AlertFacts) -> tuple[Summary, ...]:
    """涉及主体正在参加的标段: where two or more of a circle have bid and nobody has won yet, the latest on top."""
    if found.lot:
        return ()
    bidders = [CreditCode(code) for code in found.parties if len(code) == CREDIT_CODE_CHARS]
    met = dossier.shared_lots(bidders)
    return dossier.summaries(dossier.Wanted(lots=met, stages=UNDECIDED)) if met else ()


def parties(codes: Collection[str]) -> dict[str, str]:
    """主体名称 by code; what is no credit code (an expert's label) keeps its own word."""
    registered = [CreditCode(code) for code in codes if len(code) == CREDIT_CODE_CHARS]
    names = register.names(registered) if registered else {}
    return {
        code: names.get(CreditCode(code), code) if len(code) == CREDIT_CODE_CHARS else f"专家 {code}"
        for code in codes
    }


def parameters(indicator: Indicator, now: Params) -> list[tuple[str, str, str]]:
    """参数 as they are in force: label, value, source."""
    return [
        (param.label, f"{rules.written(now[param.name])}{param.unit}", param.source)
        for param in indicator.params
    ]


def _titles(lots: Iterable[LotCode]) -> dict[LotCode, str]:
    codes = tuple(dict.fromkeys(lots))
    rows = dossier.summaries(dossier.Wanted(lots=codes), limit=len(codes)) if codes else ()
    return {row.lot: row.title for row in rows}
