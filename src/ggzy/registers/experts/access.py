"""谁可以动专家库."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.experts.models import Expert, ExpertMark


def register_of(actor: Actor, region: RegionCode) -> None:
    """专家库管理: within the actor's region. Raises Missing elsewhere."""
    identity.permit(actor, Permission.EXPERT_REGISTER)
    if not actor.region.contains(region):
        raise Missing("该地区不在您的管理范围内")


def expert_to_change(actor: Actor, code: ExpertCode) -> Expert:
    """锁定专家. Raises Missing outside the actor's region."""
    identity.permit(actor, Permission.EXPERT_REGISTER)
    row = Expert.objects.select_for_update().filter(pk=code).first()
    if row is None or not actor.region.contains(row.region):
        raise Missing("没有找到该专家")
    return row


def expert_to_mark(actor: Actor, code: ExpertCode) -> Expert:
    """锁定专家, for a credit record of its region. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CREDIT_RECORD)
    row = Expert.objects.select_for_update().filter(pk=code).first()
    if row is None or not actor.region.contains(row.region):
        raise Missing("没有找到该专家")
    return row


def mark_to_clear(actor: Actor, code: str) -> ExpertMark:
    """锁定专家信用记录. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CREDIT_RECORD)
    row = ExpertMark.objects.select_for_update().filter(pk=code).first()
    if row is None or not actor.region.contains(row.expert.region):
        raise Missing("没有找到这条专家信用记录")
    return row
