"""查阅的命令: the fact is written before the bytes leave."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, judge
from ggzy.oversight.cases import events
from ggzy.oversight.cases.models import ReadingRow
from ggzy.oversight.cases.services.listing import under
from ggzy.registers.parties import queries as parties

REASON_MAX = 500


@command
@under("file.read")
def read_file(
    actor: Actor, what: str, title: str, reason: str, concerning: Iterable[CreditCode], *, at: datetime
) -> Receipt:
    """登记查阅. Raises Forbidden, and Refused without a reason; whom it concerns sees who read and why."""
    identity.permit(actor, Permission.CASE_READ)
    judge(
        [
            (
                bool(reason.strip()),
                Reason("reason_missing", "请先写明查阅的事由", "数据安全与个人信息保护的要求"),
            ),
            (len(reason) <= REASON_MAX, Reason("reason_too_long", f"事由最多{REASON_MAX}个字")),
        ]
    ).require()
    named = tuple(dict.fromkeys(concerning))
    fact = events.FileRead(what=what, title=title, reason=reason.strip(), concerning=named)
    receipt = journal.record(fact, actor=actor, at=at)
    ReadingRow.objects.create(
        height=receipt.height,
        what=what,
        title=title[:200],
        person=actor.person,
        organisation=parties.name(actor.organisation) if actor.organisation else "",
        role=actor.role.label,
        reason=reason.strip(),
        at=at,
        concerning=[str(code) for code in named],
    )
    return receipt
