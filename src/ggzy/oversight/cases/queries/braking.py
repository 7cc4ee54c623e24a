"""读: brakes in force, and what pulling one does."""

from datetime import datetime

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.models import Brake
from ggzy.oversight.cases.values.braking import BrakeFacts
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers.values import UNBOUND, Remit
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Effect


def brake(lot: LotCode | str, at: datetime) -> BrakeFacts | None:
    """在效的暂停令; None if the lot runs."""
    row = Brake.objects.filter(lot_id=lot, released_at=None).first()
    return row.facts(at) if row else None


def brakes(lot: LotCode | str, at: datetime) -> tuple[BrakeFacts, ...]:
    """全部暂停令 of a lot, in order."""
    return tuple(row.facts(at) for row in Brake.objects.filter(lot_id=lot).order_by("pulled_at", "pk"))


def in_force(region: RegionCode, at: datetime, remit: Remit = UNBOUND) -> tuple[BrakeFacts, ...]:
    """辖区内在效的暂停令 within what one may supervise, the one to review first on top."""
    rows = Brake.objects.filter(region__startswith=region.prefix, released_at=None)
    rows = powers.within(remit, rows)
    return tuple(row.facts(at) for row in rows.order_by("review_on", "pk"))


def effects(lot: LotCode | str) -> tuple[Effect, ...]:
    """暂停的影响, listed before the order is confirmed."""
    return projects.effects(lot)


def brake_offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: the brake, for those who hold it."""
    if not actor.has(Permission.LOT_SUSPEND) or not powers.is_mine(actor, projects.lot(lot).region, lot):
        return ()
    now = brake(lot, at)
    label = "暂停、恢复或终止交易" if now is None else "复查暂停令"
    note = f"{now.review_on:%Y年%m月%d日}前复查" if now else ""
    return (Offer(label, f"/desk/lots/{lot}/brake/", is_turn=bool(now and now.is_overdue), note=note),)
