"""谁可以记入、修复信用记录，谁可以公布、解除市场禁入."""

from django.db import connection

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.credit import queries
from ggzy.registers.credit.models import CreditRecord, EntryAppeal, ListEntry, MarketBan


def may_mark(actor: Actor | None) -> None:
    """谁可以办理信用事项. Raises Forbidden."""
    if actor is None:
        raise Forbidden("请先登录。")
    identity.permit(actor, Permission.CREDIT_RECORD)


def may_look(actor: Actor | None) -> bool:
    """谁可以打开信用管理: who enters, and discipline and audit, who watch; True for who enters. Raises Forbidden."""
    if actor is None:
        raise Forbidden("请先登录。")
    identity.permit(actor, Permission.CASE_READ)
    return actor.has(Permission.CREDIT_RECORD)


def party_to_mark(actor: Actor, party: CreditCode, permission: Permission) -> None:
    """Permits, and lets only one entry about the party be numbered at a time. Raises Forbidden."""
    identity.permit(actor, permission)
    number_alone(party)


def number_alone(party: CreditCode) -> None:
    """取号: one entry about a party at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"credit/{party}"])


def record_to_repair(actor: Actor, code: str) -> CreditRecord:
    """信用记录, locked. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CREDIT_RECORD)
    rows = CreditRecord.objects.select_related("party").select_for_update(of=("self",))
    row = rows.filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这条信用记录")
    return row


def listing_to_change(actor: Actor, code: str) -> ListEntry:
    """名单条目, locked. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CREDIT_BAN)
    return _listing(code)


def listing_to_expire(code: str) -> ListEntry:
    """已届满的名单条目, locked: the clock's act. Raises Missing."""
    return _listing(code)


def own_listing(actor: Actor, code: str) -> ListEntry:
    """本单位的名单条目, locked; a stranger cannot tell it from a missing one. Raises Forbidden, Missing."""
    party = party_of(actor)
    row = _listing(code)
    if row.party != party:
        raise Missing(queries.NO_LISTING)
    return row


def _listing(code: str) -> ListEntry:
    row = ListEntry.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise Missing(queries.NO_LISTING)
    return row


def party_of(actor: Actor) -> CreditCode:
    """以哪个单位的名义提出. Raises Forbidden."""
    identity.permit(actor, Permission.CREDIT_APPEAL)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    return actor.organisation


def appeal_to_settle(actor: Actor, code: str) -> EntryAppeal:
    """待处理的申请, locked. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CREDIT_RECORD)
    row = EntryAppeal.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这件申请")
    return row


def ban_to_lift(actor: Actor, code: str) -> MarketBan:
    """市场禁入, locked. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CREDIT_BAN)
    rows = MarketBan.objects.select_related("party").select_for_update(of=("self",))
    row = rows.filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这条市场禁入")
    return row
