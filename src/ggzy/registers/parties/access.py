"""谁可以登记、变更一个主体."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.parties.models import Party


def may_add(actor: Actor) -> None:
    """Raises Forbidden."""
    identity.permit(actor, Permission.PARTY_REGISTER)


def own_party(actor: Actor, code: CreditCode) -> Party:
    """本单位, locked. A stranger is told that there is no such party. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.PARTY_CHANGE)
    row = Party.objects.select_for_update().filter(pk=code).first()
    if row is None or actor.organisation != code:
        raise Missing("没有找到这个主体")
    return row
