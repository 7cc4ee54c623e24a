"""工作台的读取: what concerns an actor, over all floors."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ggzy.desk import rules
from ggzy.desk.rules import reminders
from ggzy.desk.values import Section, Todo
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity.values import MembershipFacts
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Disclosed, EntryFacts, Fact
from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import KINDS, Audience
from ggzy.kernel.instants import end_of_day
from ggzy.kernel.roles import Role
from ggzy.oversight.cases import queries as cases
from ggzy.oversight.cases.queries import casework
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
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
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import BidFacts, BidState

APPS = (projects, notices, deposits, objections, tendering, evaluation, contracting, dossiers, cases)
SALE_APPS = (deposits, contracting, objections, notices, projects, dossiers, cases)
UNSAID = frozenset({"bid.read_out", "lot.advanced"})  # has a table of its own; follows from another fact
CONCERN = 200
PAGES = {contracting.PUBLICISE: "publicise/", contracting.REPORT: "written-report/"}
AWARDING = (Stage.EVALUATED, Stage.PUBLICITY, Stage.AWARDED, Stage.CONTRACTED, Stage.COMPLETED)
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
    sales = _rounds(lots)
    sold = _sale_todo(lots, tasks.of_owner(actor, sales, at) if sales else (), at)
    return by_deadline((*objections_due(lots, at), *questions_due(lots, at), *dues, *general, *sold))


def operator_todo(actor: Actor, lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """交易中心的待办: openings and draws, applications that wait and rooms that open."""
    sales = _rounds(lots)
    sold = _sale_todo(lots, tasks.of_operator(sales, at) if sales else (), at)
    return by_deadline((*todo(actor, lots, at), *sold))


def lots_todo(lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """监督部门在摇号中的待办."""
    sales = _rounds(lots)
    return _sale_todo(lots, tasks.of_supervisor(sales) if sales else (), at)


def auction_todo(actor: Actor, at: datetime) -> tuple[Todo, ...]:
    """竞买人的待办 on the auctions it applied for."""
    if actor.organisation is None:
        return ()
    found = tasks.of_bidder(actor.organisation, at)
    return _sale_todo(_summaries({task.lot for task in found}), found, at)


def auction_lots(actor: Actor) -> tuple[Summary, ...]:
    """本单位报过名的标的, the latest changed first."""
    return _summaries(tasks.applied(actor.organisation)) if actor.organisation else ()


def tenders(lots: Iterable[Summary]) -> tuple[Summary, ...]:
    """由评审决定的标段 among these: an auction has no opening."""
    return tuple(lot for lot in lots if not is_auction(lot.method))


def live_auctions(lots: Sequence[Summary]) -> tuple[Summary, ...]:
    """正在竞价的标的 among these."""
    sales = _rounds(lots)
    running = frozenset(tasks.live(sales)) if sales else frozenset()
    return tuple(lot for lot in lots if lot.lot in running)


def _rounds(lots: Iterable[Summary]) -> list[tuple[LotCode, int]]:
    return [(lot.lot, lot.round) for lot in lots if is_auction(lot.method) and not lot.is_suspended]


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


def section(title: str, lots: Sequence[Summary], at: datetime, *, empty: str, limit: int = 8) -> Section:
    """一组标段, leading to the workbench instead of the public page."""
    rows = portal.lot_rows(lots[:limit], at, base="/desk/lots/")
    return Section(title, rows, empty)


def by_stage(lots: Iterable[Summary], *stages: Stage) -> tuple[Summary, ...]:
    """Those of the lots that stand at one of the stages."""
    return tuple(lot for lot in lots if lot.stage in stages)


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


def bid_lots(actor: Actor) -> tuple[Summary, ...]:
    """本单位投标的标段 with a bid that still counts in the present round, the latest changed first."""
    if actor.organisation is None:
        return ()
    counted = {
        lot: round
        for lot, round, bid in tendering.my_bids(actor.organisation)
        if bid.state is not BidState.WITHDRAWN
    }
    return tuple(lot for lot in _summaries(counted) if lot.round == counted[lot.lot])


def undelivered(actor: Actor, mine: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
    """还没有递交的标段: a deposit was opened, bidding still runs, and no bid is in."""
    if actor.organisation is None:
        return ()
    delivered = {lot.lot for lot in mine}
    held = {one.lot: one for one in deposits.deposits_of(actor.organisation, at)}
    asked = [lot for lot in _summaries(held) if catalog.is_scored(lot.method)]
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


def open_lots(wanted: Wanted) -> tuple[Summary, ...]:
    """正在接收投标文件的标段, the nearest deadline first."""
    return dossiers.summaries(wanted, order="deadline", limit=CONCERN)


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


def braked_todo(actor: Actor, lots: Iterable[Summary], at: datetime) -> tuple[Todo, ...]:
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
        for brake in cases.in_force(actor.region, at)
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
    lots = {lot.lot: lot for lot in _summaries(lot for lot, _ in found)}
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


def _summaries(codes: Iterable[LotCode]) -> tuple[Summary, ...]:
    wanted = tuple(set(codes))
    return dossiers.summaries(Wanted(lots=wanted), limit=len(wanted)) if wanted else ()


def organisations(codes: Iterable[CreditCode | None]) -> Mapping[CreditCode, str]:
    """单位名称 by code; a seat of no organisation has none."""
    return parties.names([code for code in codes if code])


def entries(after: int, until: int) -> tuple[tuple[EntryFacts, str], ...]:
    """日志条目 as (entry, what kind of fact), newest first; what was erased has no kind."""
    found = [(entry.header, _kind(entry)) for entry in journal.disclosed(after=after, until=until)]
    return tuple(reversed(found))


def _kind(entry: Disclosed) -> str:
    if entry.event is None:
        return "内容已依法删除"
    told = KINDS.get(entry.header.kind)
    return portal.kind_name(told.cls) if told else "填充"


def moments(lot: LotCode, stations: Mapping[str, str] = rules.STATIONS) -> Mapping[str, datetime]:
    """各站时间 of a lot, from its public facts; one query."""
    kinds = (*stations, "round.begun")
    return rules.moments(((fact.kind, fact.at) for fact in dossiers.facts_of(lot, kinds)), stations)


def latest(lot: LotCode, *, limit: int) -> tuple[tuple[Fact, str], ...]:
    """最近的公开记录 of a lot as (fact, its name), newest first."""
    kinds = [kind for kind, told in KINDS.items() if told.audience is Audience.PUBLIC and kind not in UNSAID]
    told = list(dossiers.facts_of(lot, kinds))[-limit:]
    return tuple((fact, portal.kind_name(fact.event)) for fact in reversed(told))


def view_of(actor: Actor | None, lot: LotFacts) -> dossiers.View:
    """Which reading of the dossier this visitor gets."""
    if actor is None or not projects.may_see(actor, lot):
        return "public"
    if actor.role in (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR):
        return "supervision"
    return "party" if actor.role in (Role.OWNER, Role.AGENCY, Role.OPERATOR) else "public"


def my_bids(actor: Actor) -> tuple[tuple[Summary, BidFacts], ...]:
    """本单位的投标, the latest generation of each, with its lot; newest first."""
    if actor.organisation is None:
        return ()
    held = tendering.my_bids(actor.organisation)
    lots = {lot.lot: lot for lot in _summaries(code for code, _, _ in held)}
    return tuple((lots[code], bid) for code, _, bid in held if code in lots)


def my_sittings(actor: Actor) -> tuple[tuple[Summary, str, str], ...]:
    """本人的评标 as (lot, its name as far as it may be told, what is to do or nothing)."""
    held = evaluation.my_sittings(actor.person)
    lots = {lot.lot: lot for lot in _summaries(code for code, _, _, _ in held)}
    return tuple(
        (
            lots[code],
            rules.told(seat.state.value, lots[code].title),
            rules.sitting(seat.state.value, state.value, seat.signed_at is not None),
        )
        for code, round, seat, state in held
        if code in lots and lots[code].round == round
    )


def cast() -> Mapping[Role, tuple[tuple[MembershipFacts, str], ...]]:
    """演示人物 by role, with the name of the organisation each acts for; experts with a sitting first."""
    serving = {role: identity.serving(role) for role in Role if role is not Role.SYSTEM}
    names = parties.names(
        {held.organisation for some in serving.values() for held in some if held.organisation}
    )
    busy = evaluation.at_work()
    return {
        role: tuple(
            (held, names.get(held.organisation, "") if held.organisation else "")
            for held in sorted(some, key=lambda held: held.person not in busy)
        )
        for role, some in serving.items()
        if some
    }
