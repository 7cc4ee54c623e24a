"""依单行权, 查阅留痕: a command runs only while a row of the list carries it; a read is a fact before it is a page."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Permission, Role
from ggzy.oversight.powers import events, queries, rules
from ggzy.oversight.powers.models import ReadingRow
from ggzy.registers.parties import queries as parties

Arguments = ParamSpec("Arguments")
Run = Callable[Concatenate[Actor, Arguments], Receipt]
ACTIONS: dict[tuple[str, str], str] = {}
"""The action of each command of oversight, by its app and name."""
DUTY = "履行职责，办理本件"


def under(action: str) -> Callable[[Run[Arguments]], Run[Arguments]]:
    """按权责清单办理: refuses the command when no row names its action. Raises Refused."""

    def bind(run: Run[Arguments]) -> Run[Arguments]:
        ACTIONS[run.__module__.split(".")[2], run.__name__] = action

        @wraps(run)
        def obey(actor: Actor, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Receipt:
            queries.may_exercise(action).require()
            return run(actor, *args, **kwargs)

        return obey

    return bind


def gate(actor: Actor, permission: Permission) -> None:
    """监督权限的闸: what a supervisor may do anywhere in the house stands in the list. Raises Forbidden."""
    if actor.role is Role.SUPERVISOR and not rules.may_hold(queries.powers(), permission):
        raise Forbidden(f"“{permission.label}”不在权责清单中，监督部门不得办理")


@command
@under("file.read")
def read_file(
    actor: Actor, what: str, title: str, reason: str, concerning: Iterable[CreditCode], *, at: datetime
) -> Receipt:
    """登记查阅. Raises Forbidden, and Refused without a reason; whom it concerns sees who read and why."""
    identity.permit(actor, Permission.CASE_READ)
    rules.may_read(reason).require()
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


def may_open(
    actor: Actor,
    what: str,
    title: str,
    concerning: Iterable[CreditCode],
    *,
    is_by_duty: bool,
    at: datetime,
) -> bool:
    """查阅之前: whether this person's reading is in the journal.

    Who handles the file reads by duty: that is written here, before a byte leaves. Everybody else is asked why.
    """
    if queries.has_read(actor, what, at):
        return True
    if is_by_duty:
        read_file(actor, what, title, DUTY, concerning, at=at)
    return is_by_duty
