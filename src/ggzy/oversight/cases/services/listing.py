"""依单行权: a command of supervision runs only while a row of the 权责清单 carries it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Permission, Role
from ggzy.oversight.cases.queries import listing
from ggzy.oversight.cases.rules import powers as rules

Arguments = ParamSpec("Arguments")
Run = Callable[Concatenate[Actor, Arguments], Receipt]
ACTIONS: dict[str, str] = {}


def under(action: str) -> Callable[[Run[Arguments]], Run[Arguments]]:
    """按权责清单办理: refuses the command when no row names its action. Raises Refused."""

    def bind(run: Run[Arguments]) -> Run[Arguments]:
        ACTIONS[run.__name__] = action

        @wraps(run)
        def obey(actor: Actor, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Receipt:
            rules.may_exercise(listing.powers(), action).require()
            return run(actor, *args, **kwargs)

        return obey

    return bind


def gate(actor: Actor, permission: Permission) -> None:
    """监督权限的闸: what a supervisor may do anywhere in the house stands in the list. Raises Forbidden."""
    if actor.role is Role.SUPERVISOR and not rules.may_hold(listing.powers(), permission):
        raise Forbidden(f"“{permission.label}”不在权责清单中，监督部门不得办理")
