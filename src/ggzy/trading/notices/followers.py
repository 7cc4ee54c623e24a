"""对留痕的反应: the brake and the end of a lot are announced at once, by the platform."""

from collections.abc import Callable

from ggzy.foundation.journal.values import Fact
from ggzy.kernel.actor import Actor
from ggzy.trading.notices import services
from ggzy.trading.notices.values import KeyFact, NoticeDraft
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.events import LotResumed, LotSuspended, LotTerminated


def announce_suspension(fact: Fact) -> None:
    """暂停公告."""
    it: LotSuspended = fact.event
    review = [KeyFact("复查日期", f"{it.review_on:%Y年%m月%d日}")] if it.review_on else []
    _announce(fact, "suspension", "暂停公告", _order("暂停", it), review)


def announce_resumption(fact: Fact) -> None:
    """恢复公告."""
    _announce(fact, "resumption", "恢复公告", _order("恢复", fact.event), [])


def announce_termination(fact: Fact) -> None:
    """终止公告."""
    refund = KeyFact("保证金", "已缴纳的保证金及依法应计的利息将退还至原付款账户")
    _announce(fact, "termination", "终止公告", _order("终止", fact.event), [refund])


FOLLOWERS: dict[str, Callable[[Fact], None]] = {
    "lot.suspended": announce_suspension,
    "lot.resumed": announce_resumption,
    "lot.terminated": announce_termination,
}


def _announce(fact: Fact, kind: str, word: str, order: list[KeyFact], more: list[KeyFact]) -> None:
    lot = projects.lot(fact.event.lot)
    draft = NoticeDraft(
        lot=lot.code, round=lot.round, kind=kind, title=f"{lot.title}{word}"[:300], facts=(*order, *more)
    )
    # The request is the fact's own height: passing the journal twice announces once.
    services.publish(Actor.system(f"notice-of-{fact.height}"), draft, at=fact.at)


def _order(verb: str, it: LotSuspended | LotResumed | LotTerminated) -> list[KeyFact]:
    return [
        KeyFact(f"{verb}原因", it.reason),
        KeyFact("依据", it.article),
        KeyFact("作出单位", it.authority),
    ]
