"""权责清单的规则: nothing is done that does not stand in the list."""

from collections.abc import Iterable, Sequence

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.values.powers import Power

BASIS = "法定职责必须为，法无授权不可为"
OPINIONS = ("reason", "opinion", "text", "answer", "note", "title")


def may_exercise(powers: Sequence[Power], action: str) -> Verdict:
    """事项可办条件: a row of the list carries the action."""
    is_listed = any(action in power.actions for power in powers)
    return judge([(is_listed, Reason("not_listed", "该事项不在权责清单中，不得办理", BASIS))])


def may_hold(powers: Iterable[Power], permission: str) -> bool:
    """权限可用条件: a row of the list carries the permission."""
    return any(permission in power.permissions for power in powers)


def chosen(powers: Iterable[Power], action: str, is_procurement: bool = False) -> Power | None:
    """适用的权责事项: of rows that share an action, that of the trade; purchases are the finance department's."""
    rows = [power for power in powers if action in power.actions]
    special = [power for power in rows if ("财政" in power.authority) is is_procurement]
    return next(iter(special or rows), None)


def opinion_of(fact: object) -> str:
    """监管意见: what the person wrote, as the fact keeps it."""
    found = (getattr(fact, name, "") for name in OPINIONS)
    return next((text for text in found if isinstance(text, str) and text), "")
