"""工作台的待办: what an actor has to do, each with its last moment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ggzy.desk import rules
from ggzy.desk.queries.lots import by_stage, is_auction, my_sittings, rounds, summaries
from ggzy.desk.rules import reminders
from ggzy.desk.values import Todo
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import end_of_day
from ggzy.oversight.cases import queries as cases
from ggzy.oversight.cases.queries import casework
from ggzy.oversight.powers.values import Remit
from ggzy.registers.catalog import queries as catalog
from ggzy.service.portal import queries as portal
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.queries import tasks
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.dossier.values import Stage, Summary
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.objections import queries as objections
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering

PAGES = {contracting.PUBLICISE: "publicise/", contracting.REPORT: "written-report/"}
AWARDING = (Stage.EVALUATED, Stage.PUBLICITY, Stage.AWARDED, Stage.CONTRACTED, Stage.COMPLETED)


def todo(actor: Actor, lots: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """待办 by deadline; what has none comes last."""
    found = []
    for lot in lots:
        task = None if is_auction(lot.method) else rules.task(actor.role, lot, at)
        if task is not None:
            until = lot.deadline if task.has_deadline else None
            found.append(_todo(lot, task.what, task.note, until, at))
    return by_deadline(found)


def by_deadline(found: Iterable[Todo]) -> tuple[Todo, ...]:
    """待办 in the order of their last moments; what has none comes last."""
    return tuple(
        sorted(found, key=lambda item: (item.until is None, item.until.timestamp() if item.until else 0))
    )


def owner_todo(actor: Actor, lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """招标人一方的待办: where the law sets a last day, that day stands in place of the general task."""
    dues = award_dues(lots, at)
    dated = {due.lot_url for due in dues if due.what in (contracting.PUBLICISE, contracting.SIGN)}
    general = (task for task in todo(actor, lots, at) if task.lot_url not in dated)
    sales = rounds(lots)
    sold = _sale_todo(lots, tasks.of_owner(actor, sales, at) if sales else (), at)
    return by_deadline((*objections_due(lots, at), *questions_due(lots, at), *dues, *general, *sold))


def operator_todo(actor: Actor, lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """交易中心的待办: openings and draws, applications that wait and rooms that open."""
    sales = rounds(lots)
    sold = _sale_todo(lots, tasks.of_operator(sales, at) if sales else (), at)
    return by_deadline((*todo(actor, lots, at), *sold))


def lots_todo(lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """监督部门在摇号中的待办."""
    sales = rounds(lots)
    return _sale_todo(lots, tasks.of_supervisor(sales) if sales else (), at)


def auction_todo(actor: Actor, at: datetime) -> tuple[Todo, ...]:
    """竞买人的待办 on the auctions it applied for."""
    if actor.organisation is None:
        return ()
    found = tasks.of_bidder(actor.organisation, at)
    return _sale_todo(summaries({task.lot for task in found}), found, at)


def _sale_todo(lots: Iterable[Summary], found: Iterable[tasks.Task], at: datetime) -> tuple[Todo, ...]:
    known = {lot.lot: lot for lot in lots}
    return tuple(
        replace(one, url=task.url) if task.url else one
        for task in found
        if task.lot in known
        for one in [_todo(known[task.lot], task.what, task.note, task.until, at, page=f"auction/{task.page}")]
    )


def questions_due(lots: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """待答复的疑问 on lots that take bids."""
    by_code = {lot.lot: lot for lot in lots if lot.stage is Stage.ANNOUNCED and not lot.is_suspended}
    found = tendering.unanswered(by_code) if by_code else {}
    note = "答复以澄清发给所有人，不透露谁提问"
    return tuple(
        _todo(by_code[code], f"答复 {count} 条疑问", note, by_code[code].deadline, at, page="clarify/")
        for code, count in found.items()
        if (deadline := by_code[code].deadline) and deadline > at
    )


def award_dues(lots: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """公示、书面报告、签约的期限 on these lots, with their articles."""
    by_code = {lot.lot: lot for lot in lots if lot.stage in AWARDING and not lot.is_suspended}
    facts = projects.lots(codes=tuple(by_code)) if by_code else ()
    return tuple(
        _todo(by_code[due.lot], due.what, f"依据：{due.article}", due.until, at, page=PAGES.get(due.what, ""))
        for due in contracting.dues(facts, at)
    )


def _todo(
    lot: Summary, what: str, note: str, until: datetime | None, at: datetime, *, page: str = ""
) -> Todo:
    return Todo(
        what=what,
        lot_title=lot.title,
        lot_url=f"/lots/{lot.lot}/",
        url=f"/desk/lots/{lot.lot}/{page}",
        until=until,
        is_late=until is not None and until <= at,
        note=note,
    )


def objections_due(lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """待答复的异议 on these lots, each with its last day."""
    by_code = {lot.lot: lot for lot in lots}
    found = objections.open_among(tuple(by_code)) if by_code else ()
    return tuple(
        _todo(
            by_code[one.lot],
            "答复异议",
            "收到异议之日起三日内答复，答复前暂停招标投标活动",
            one.due,
            at,
            page=f"objections/{one.number}/answer/",
        )
        for one in found
        if one.lot in by_code
    )


def undelivered(actor: Actor, mine: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """还没有递交的标段: a deposit was opened, bidding still runs, and no bid is in."""
    if actor.organisation is None:
        return ()
    delivered = {lot.lot for lot in mine}
    held = {one.lot: one for one in deposits.deposits_of(actor.organisation, at)}
    asked = [lot for lot in summaries(held) if catalog.is_scored(lot.method)]
    lots = [lot for lot in asked if lot.stage is Stage.ANNOUNCED and lot.lot not in delivered]
    still = portal.still_among(lots)
    return tuple(
        _todo(
            lot,
            "递交投标文件",
            "保证金：" + held[lot.lot].state.label + (f"；{portal.STILL}" if lot.lot in still else ""),
            None if lot.lot in still else lot.deadline,
            at,
            page="bid/",
        )
        for lot in lots
        if lot.lot in still or (lot.deadline and lot.deadline > at)
    )


def winner_todo(lots: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """中标后该办的事, the contract with its last day."""
    won = tuple(lots)
    due = {one.lot_url: one for one in award_dues(won, at) if one.what == contracting.SIGN}
    signing = [
        due.get(f"/lots/{lot.lot}/") or _todo(lot, contracting.SIGN, "", None, at)
        for lot in by_stage(won, Stage.AWARDED)
    ]
    performing = [_todo(lot, "登记履约", "", None, at) for lot in by_stage(won, Stage.CONTRACTED)]
    return (*signing, *performing)


def braked_todo(actor: Actor, remit: Remit, lots: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """暂停的标段 to look at again, each by its day of review."""
    by_code = {lot.lot: lot for lot in lots}
    return tuple(
        _todo(
            by_code[brake.lot],
            "复查暂停",
            "恢复、继续暂停或者终止",
            end_of_day(brake.review_on),
            at,
            page="brake/",
        )
        for brake in cases.in_force(actor.region, at, remit)
        if brake.lot in by_code
    )


def told_todo(actor: Actor, at: datetime) -> tuple[Todo, ...]:
    """被告知的案件的待办."""
    party = actor.organisation
    return reminders.told(casework.told(party, at), party, at) if party else ()


def custody_todo(actor: Actor, at: datetime) -> tuple[Todo, ...]:
    """保管人的待办, the most urgent first."""
    tenders, sales = tendering.custody_todo(actor.person), auctions.keeping_todo(actor.person)
    what = {"key": "提交开标公钥", "shares": "交出开标密钥份额"}
    sold = {"key": "提交报价公钥", "shares": "交出报价密钥份额"}
    found = [(lot, what[kind]) for lot, _, kind in tenders] + [(lot, sold[kind]) for lot, _, kind in sales]
    lots = {lot.lot: lot for lot in summaries(lot for lot, _ in found)}
    return tuple(_todo(lots[lot], words, "", None, at) for lot, words in found if lot in lots)


def sitting_todo(actor: Actor, at: datetime) -> tuple[Todo, ...]:
    """专家的待办: invitations and sittings of this person only, each with the page of its next step."""
    return tuple(
        replace(_todo(lot, what, "", None, at), lot_title=title, url=url, lot_url=url)
        for lot, title, what in my_sittings(actor)
        if what
        for url in [_next_page(actor, lot.lot, at)]
    )


def _next_page(actor: Actor, lot: LotCode, at: datetime) -> str:
    turns = (offer.path for offer in evaluation.offers(actor, lot, at) if offer.is_turn)
    return next(turns, f"/desk/lots/{lot}/")
