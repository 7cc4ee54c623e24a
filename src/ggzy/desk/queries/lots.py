"""工作台的标段: which lots concern an actor, and what may be done on them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from ggzy.desk import rules
from ggzy.desk.values import Section
from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.oversight.cases import queries as cases
from ggzy.service.portal import queries as portal
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.queries import offering, tasks
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.queries import Wanted
from ggzy.trading.dossier.values import Stage, Summary
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import queries as objections
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import BidFacts, BidState

APPS = (projects, notices, deposits, objections, tendering, evaluation, contracting, dossiers, cases)
SALE_APPS = (deposits, contracting, objections, notices, projects, dossiers, cases)
CONCERN = 200
ENDED = (Stage.ARCHIVED, Stage.TERMINATED)


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项 of this person on this lot, in the order a lot travels; what ends something comes last."""
    facts = projects.lot(lot)
    is_sale = is_auction(facts.method)
    asked: list[Callable[[Actor, LotCode, datetime], Sequence[Offer]]] = [
        app.offers for app in (SALE_APPS if is_sale else APPS) if hasattr(app, "offers")
    ]
    found = list(offering.offered(actor, facts, at)) if is_sale else []
    found += [offer for ask in asked for offer in ask(actor, lot, at)]
    return tuple(sorted(found, key=lambda offer: offer.is_final))


def is_auction(method: str) -> bool:
    """是否竞价: an open price decides, and no committee."""
    return method in auctions.formats()


def concern(actor: Actor, *, limit: int = CONCERN) -> tuple[Summary, ...]:
    """与本人有关的标段 that have not ended, the latest changed first."""
    codes = tuple(lot.code for lot in projects.lots_seen(actor, limit=limit))
    rows = dossiers.summaries(Wanted(lots=codes), limit=limit) if codes else ()
    return tuple(lot for lot in rows if lot.stage not in ENDED)


def auction_lots(actor: Actor) -> tuple[Summary, ...]:
    """本单位报过名的标的, the latest changed first."""
    return summaries(tasks.applied(actor.organisation)) if actor.organisation else ()


def tenders(lots: Iterable[Summary]) -> tuple[Summary, ...]:
    """由评审决定的标段 among these: an auction has no opening."""
    return tuple(lot for lot in lots if not is_auction(lot.method))


def live_auctions(lots: Sequence[Summary]) -> tuple[Summary, ...]:
    """正在竞价的标的 among these."""
    sales = rounds(lots)
    running = frozenset(tasks.live(sales)) if sales else frozenset()
    return tuple(lot for lot in lots if lot.lot in running)


def rounds(lots: Iterable[Summary]) -> list[tuple[LotCode, int]]:
    """竞价的标段 among these that run, each with its round."""
    return [(lot.lot, lot.round) for lot in lots if is_auction(lot.method) and not lot.is_suspended]


def section(title: str, lots: Sequence[Summary], at: datetime, *, empty: str, limit: int = 8) -> Section:
    """一组标段, leading to the workbench instead of the public page."""
    rows = portal.lot_rows(lots[:limit], at, base="/desk/lots/")
    return Section(title, rows, empty)


def by_stage(lots: Iterable[Summary], *stages: Stage) -> tuple[Summary, ...]:
    """Those of the lots that stand at one of the stages."""
    return tuple(lot for lot in lots if lot.stage in stages)


def bid_lots(actor: Actor) -> tuple[Summary, ...]:
    """本单位投标的标段 with a bid that still counts in the present round, the latest changed first."""
    if actor.organisation is None:
        return ()
    counted = {
        lot: round
        for lot, round, bid in tendering.my_bids(actor.organisation)
        if bid.state is not BidState.WITHDRAWN
    }
    return tuple(lot for lot in summaries(counted) if lot.round == counted[lot.lot])


def open_lots(wanted: Wanted) -> tuple[Summary, ...]:
    """正在接收投标文件的标段, the nearest deadline first."""
    return dossiers.summaries(wanted, order="deadline", limit=CONCERN)


def summaries(codes: Iterable[LotCode]) -> tuple[Summary, ...]:
    """这些标段, the latest changed first; one query, and none for none."""
    wanted = tuple(set(codes))
    return dossiers.summaries(Wanted(lots=wanted), limit=len(wanted)) if wanted else ()


def my_bids(actor: Actor) -> tuple[tuple[Summary, BidFacts], ...]:
    """本单位的投标, the latest generation of each, with its lot; newest first."""
    if actor.organisation is None:
        return ()
    held = tendering.my_bids(actor.organisation)
    lots = {lot.lot: lot for lot in summaries(code for code, _, _ in held)}
    return tuple((lots[code], bid) for code, _, bid in held if code in lots)


def my_sittings(actor: Actor) -> tuple[tuple[Summary, str, str], ...]:
    """本人的评标 as (lot, its name as far as it may be told, what is to do or nothing)."""
    held = evaluation.my_sittings(actor.person)
    lots = {lot.lot: lot for lot in summaries(code for code, _, _, _ in held)}
    return tuple(
        (
            lots[code],
            rules.told(seat.state.value, lots[code].title),
            rules.sitting(seat.state.value, state.value, seat.signed_at is not None),
        )
        for code, round, seat, state in held
        if code in lots and lots[code].round == round
    )
