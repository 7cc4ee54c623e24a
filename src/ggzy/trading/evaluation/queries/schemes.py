"""评标办法与评标记录的读取."""

from collections.abc import Mapping

from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.plugins import discover
from ggzy.trading.evaluation.models import Evaluation
from ggzy.trading.evaluation.rules import assembling
from ggzy.trading.evaluation.values import Scheme, Scoring
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering

SCORINGS: Mapping[str, Scoring] = discover("ggzy.trading.evaluation.scoring", "METHOD")
NO_SCHEME = "招标文件未公开评标办法，不能开展评标"


def scorings() -> Mapping[str, Scoring]:
    """评标方法, by code."""
    return SCORINGS


def row_of(lot: LotCode, round: int | None = None) -> Evaluation | None:
    """The row of the current round, or of another; for this app's own use."""
    number = projects.lot(lot).round if round is None else round
    return Evaluation.objects.filter(lot_id=lot, round=number).first()


def scheme_of(row: Evaluation) -> Scheme:
    """The scheme of a row, without the limits of the announcement. Raises Missing."""
    if row.scheme is None:
        raise Missing(NO_SCHEME)
    scheme: Scheme = events.restore(Scheme, row.scheme)
    return scheme


def scheme(lot: LotCode, round: int | None = None) -> Scheme | None:
    """评标办法 as published, with the announced limits. None while none is published."""
    number = projects.lot(lot).round if round is None else round
    row = row_of(lot, number)
    if row is None or row.scheme is None:
        return None
    return limited(row, lot)


def limited(row: Evaluation, lot: LotCode) -> Scheme:
    """评标办法 of a row with the announced limits: the ceiling, or the floor and the opened reserve of a sale."""
    terms, opening = tendering.terms(lot, row.round), None
    if terms is not None and terms.floor and terms.base_price:
        opening = tendering.opening(lot, row.round)
    return assembling.with_limits(scheme_of(row), terms, opening.base_price if opening else None)
