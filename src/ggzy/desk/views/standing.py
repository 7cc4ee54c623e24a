"""标段此刻的处境, as both its pages show it: the bands on top, the next step, the way behind and ahead."""

from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from ggzy.desk import queries, rules
from ggzy.desk.rules import sales as sale_rules
from ggzy.desk.values import Next, Step
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.oversight.cases import queries as cases
from ggzy.service.portal import queries as portal
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.queries import sales
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier import services
from ggzy.trading.dossier.values import Summary
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

COMPETES = {Role.BIDDER: "本单位不能参加本标段", Role.AGENCY: "本单位不能代理本标段"}


@dataclass(frozen=True)
class Band:
    """提示条 on top of a lot's page."""

    kind: str
    title: str
    text: Markup


def bands(lot: Summary, facts: LotFacts, at: datetime) -> tuple[Band, ...]:
    """提示: why the clocks of the lot stand still, and what was done after its lawful day."""
    stopped = _stopped(lot, facts, at)
    return (*((stopped,) if stopped else ()), *_late(facts))


def barred(actor: Actor, facts: LotFacts, at: datetime) -> tuple[Band, ...]:
    """市场禁入: why nothing that competes for this lot is open to this person's organisation, with the entry."""
    if actor.role not in COMPETES or actor.organisation is None:
        return ()
    found = projects.gate(facts, (actor.organisation,), at, as_agency=actor.role is Role.AGENCY)
    return tuple(Band("stop", COMPETES[actor.role], Markup("{}").format(reason)) for reason in found.reasons)


def _stopped(lot: Summary, facts: LotFacts, at: datetime) -> Band | None:
    brake = cases.brake(lot.lot, at) if lot.is_suspended else None
    if brake is not None:
        words = Markup(
            "{}自 {} 起暂停本标段：{}（依据：{}）。各项期限停止计算，恢复后顺延。最迟 {} 复查。"
        ).format(
            brake.authority,
            show.instant(brake.pulled_at),
            brake.reason.rstrip("。"),
            brake.article,
            show.day(brake.review_on),
        )
        return Band("stop", "本标段已暂停", words)
    if facts.standing is None or facts.terminated:
        return None
    since = show.instant(facts.standing.since)
    if lot.is_suspended:
        return Band("stop", "本标段已暂停", Markup("自 {} 起，各项期限停止计算，恢复后顺延。").format(since))
    words = Markup("有待答复的异议，自 {} 起各项期限停止计算，答复后顺延。").format(since)
    return Band("info", "期限停止计算", words)


def _late(facts: LotFacts) -> tuple[Band, ...]:
    words = Markup("应当不晚于 {} 办理，实际于 {} 办理。依据：{}。")
    return tuple(
        Band(
            "warn",
            f"{one.title}晚于法定期限",
            words.format(show.until(one.due), show.instant(one.done_at), one.article),
        )
        for one in contracting.delays(facts)
    )


def summary_of(request: Request, facts: LotFacts) -> Summary:
    """标段摘要, not older than what this person has just done: the follower may come by a moment later."""
    if pages.done(request) is None:
        try:
            return dossiers.summary(facts.code)
        except Missing:
            pass  # registered a moment ago
    services.refresh(facts.code)
    return dossiers.summary(facts.code)


@dataclass(frozen=True)
class Course:
    """进程: the word of the state, the next step, the way behind and ahead."""

    word: str
    next: Next
    way: tuple[Step, ...]


def word(lot: Summary, facts: LotFacts, at: datetime) -> str:
    """状态词 alone."""
    if queries.is_auction(facts.method):
        return sale_rules.word(lot, auctions.auction(facts.code), at)
    return portal.word(lot, at, is_still=facts.standing is not None)


def course(lot: Summary, facts: LotFacts, at: datetime) -> Course:
    """进程 as the clocks of the lot stand now; a period that stands still has no last day."""
    is_still = facts.standing is not None
    if queries.is_auction(facts.method):
        auction, deal = auctions.auction(facts.code), sales.deal(facts)
        times = queries.moments(lot.lot, sale_rules.STATIONS)
        return Course(
            sale_rules.word(lot, auction, at),
            sale_rules.coming(lot, auction, deal, at, is_still=is_still and not facts.terminated),
            sale_rules.timeline(lot, auction, deal, times, at),
        )
    shown = replace(lot, deadline=None, publicity_until=None) if is_still else lot
    return Course(
        word(lot, facts, at),
        rules.coming(lot, at, is_still=is_still and not facts.terminated),
        rules.timeline(shown, queries.moments(lot.lot)),
    )
