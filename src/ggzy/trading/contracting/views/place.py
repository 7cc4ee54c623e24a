"""办理的处所: whose lot and whose award a page is about, and the frame all its pages share."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from markupsafe import Markup

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict
from ggzy.trading.contracting import queries
from ggzy.trading.contracting.services.telling import price_text
from ggzy.trading.contracting.values import AwardFacts, Runner
from ggzy.trading.evaluation.values import Candidate
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

METHODS = ["GET", "HEAD", "POST"]


def of_owner(request: Request, code: str, permission: Permission) -> tuple[Actor, LotFacts]:
    """The lot of one's own side. Raises Forbidden, Missing."""
    actor = pages.signed_in(request)
    lot = projects.seen(actor, code)
    if actor.role is Role.BIDDER:
        raise Missing()
    if not actor.has(permission):
        raise Forbidden(f"“{permission.label}”不属于{actor.role.label}身份可以办理的事项")
    return actor, lot


def of_winner(request: Request, code: str) -> tuple[Actor, LotFacts, AwardFacts]:
    """The award of the winner who asks; nobody else learns of it here. Raises Missing."""
    actor = pages.signed_in(request)
    lot = projects.lot(code)
    found = queries.award(lot.code, lot.round)
    if found is None or not found.is_winner(actor.organisation):
        raise Missing()
    return actor, lot, found


def award(lot: LotFacts) -> AwardFacts:
    """定标 of the current round. Raises Missing before the publicity."""
    found = queries.award(lot.code, lot.round)
    if found is None:
        raise Missing("本标段还没有公示中标候选人，或者成交尚未确认")
    return found


def frame(
    lot: LotFacts, title: str, submit: str, verdict: Verdict, *, style: str = "primary"
) -> dict[str, Any]:
    """What every page of this app shows, with nothing in the places a page does not use."""
    home = f"/desk/lots/{lot.code}/"
    return {
        "lot": lot,
        "title": title,
        "submit": submit,
        "verdict": verdict,
        "style": style,
        "cancel": home,
        "crumbs": [("待办", "/desk/"), ("标段", "/desk/lots/"), (lot.title, home), (title, "")],
        "bands": [],
        "rows": [],
        "runners": [],
        "steps": [],
        "files": [],
        "hint": "",
    }


def lawful(until: datetime, article: str) -> Markup:
    """依法的期限 with its article, for a key fact."""
    return Markup("{}（{}）").format(show.until(until), article)


def runners(found: Iterable[Runner | Candidate]) -> list[tuple[object, ...]]:
    """中标候选人 as rows of the table."""
    return [
        (r.rank, r.bidder.name, price_text(r.price), r.period or "—", r.quality or "—", r.leader or "—")
        for r in found
    ]


def files(digest: str) -> list[dict[str, object]]:
    """一份文件 as the part for attachments shows it."""
    return [
        {"name": file.name, "bytes": file.size, "digest": key, "url": f"/files/{key}/"}
        for key, file in vault.metas([digest]).items()
    ]
