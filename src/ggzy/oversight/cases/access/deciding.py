"""谁可以任命岗位."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.oversight.cases.models import Post
from ggzy.oversight.cases.queries import deciding as queries
from ggzy.oversight.cases.values.deciding import PostKind


def authority_to_staff(actor: Actor, organisation: CreditCode) -> None:
    """可任命岗位的机关: one's own, by its head; the first head by the holder of the machine. Raises Forbidden."""
    if actor.role is Role.SYSTEM:
        return
    identity.permit(actor, Permission.CASE_HANDLE)
    if actor.organisation != organisation or PostKind.HEAD not in queries.held(actor.person, organisation):
        raise Forbidden("岗位由本机关负责人任命")


def post_to_end(actor: Actor, code: str) -> Post:
    """可终止的岗位, locked. Raises Forbidden, Missing."""
    row = Post.objects.select_for_update().filter(pk=code, ended_at=None).first()
    if row is None:
        raise Missing("没有找到这个岗位")
    authority_to_staff(actor, row.organisation)
    return row
