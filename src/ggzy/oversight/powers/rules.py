"""权责清单的规则: nothing is done that does not stand in the list, and nothing is read without a reason."""

from collections.abc import Iterable, Sequence

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.powers.values import Power

BASIS = "法定职责必须为，法无授权不可为"
REASON_MAX = 500
DIVISION = "招标投标法实施条例 §4"


def may_exercise(powers: Sequence[Power], action: str) -> Verdict:
    """事项可办条件: a row of the list carries the action."""
    is_listed = any(action in power.actions for power in powers)
    return judge([(is_listed, Reason("not_listed", "该事项不在权责清单中，不得办理", BASIS))])


def may_hold(powers: Iterable[Power], permission: str) -> bool:
    """权限可用条件: a row of the list carries the permission."""
    return any(permission in power.permissions for power in powers)


def may_read(reason: str) -> Verdict:
    """查阅条件: the reader says why, in words short enough to be shown."""
    basis = "数据安全与个人信息保护的要求"
    return judge(
        [
            (bool(reason.strip()), Reason("reason_missing", "请先写明查阅的事由", basis)),
            (len(reason) <= REASON_MAX, Reason("reason_too_long", f"事由最多{REASON_MAX}个字")),
        ]
    )


def is_covered(competent: frozenset[str], serving: Iterable[frozenset[str]]) -> bool:
    """有主管部门: somebody serves who supervises all, or one of the branches that are competent."""
    return any(not branches or branches & competent for branches in serving)


def may_supervise(
    branches: frozenset[str], competent: frozenset[str], serving: Iterable[frozenset[str]], words: str
) -> Verdict:
    """监督分工: one's own branch, or all of them; what nobody of the region covers is everybody's.

    `competent` are the branches of the matter, `words` their names; `serving` the branches of each supervisor there.
    """
    is_mine = not branches or bool(branches & competent) or not is_covered(competent, serving)
    text = f"这一事项由{words}监督，不在本机关的监督领域内"
    return judge([(is_mine, Reason("other_branch", text, DIVISION, f"请由{words}办理"))])


def chosen(powers: Iterable[Power], action: str, is_procurement: bool = False) -> Power | None:
    """适用的权责事项: of rows that share an action, that of the trade; purchases are the finance department's."""
    rows = [power for power in powers if action in power.actions]
    special = [power for power in rows if ("财政" in power.authority) is is_procurement]
    return next(iter(special or rows), None)
