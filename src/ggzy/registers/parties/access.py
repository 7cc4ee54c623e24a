"""谁可以登记、变更一个主体."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.registers.parties.models import Party

FOR_OTHERS = frozenset({Role.OPERATOR, Role.SYSTEM})


def may_add(actor: Actor, code: CreditCode) -> None:
    """Everybody registers his own organisation, the centre's staff any. Raises Forbidden."""
    identity.permit(actor, Permission.PARTY_REGISTER)
    if actor.organisation != code and actor.role not in FOR_OTHERS:
        raise Forbidden("只能登记本单位的信息")


def desk(actor: Actor | None, permission: Permission) -> Actor:
    """服务台: who acts for others. Raises Forbidden."""
    if actor is None:
        raise Forbidden("请先登录。")
    identity.permit(actor, permission)
    if actor.role not in FOR_OTHERS:
        raise Forbidden("只能登记本单位的信息")
    return actor


def own_code(actor: Actor | None) -> CreditCode:
    """本单位的代码, of the membership in use. Raises Forbidden."""
    if actor is None:
        raise Forbidden("请先登录。")
    identity.permit(actor, Permission.PARTY_CHANGE)
    if actor.organisation is None:
        raise Forbidden("当前身份不属于任何单位")
    return actor.organisation


def party_to_give(actor: Actor, code: CreditCode) -> Party:
    """可确定监督领域的主体, locked: at the machine only. Raises Forbidden, Missing."""
    if actor.role is not Role.SYSTEM:
        raise Forbidden("监督领域由平台的管理者在主机上确定")
    row = Party.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这个主体")
    return row


def own_party(actor: Actor, code: CreditCode) -> Party:
    """本单位, locked. A stranger is told that there is no such party. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.PARTY_CHANGE)
    row = Party.objects.select_for_update().filter(pk=code).first()
    if row is None or actor.organisation != code:
        raise Missing("没有找到这个主体")
    return row
