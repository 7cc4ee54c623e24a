"""招标人、招标代理: lots by stage, what is due, objections to answer, what the supervisors ask."""

from collections.abc import Sequence
from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.rules import reminders
from ggzy.desk.values import Board, Figure, Todo, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import end_of_day
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases import queries as cases
from ggzy.trading.dossier.values import Stage, Summary


def build(actor: Actor, at: datetime) -> View:
    """招标人、代理的工作台."""
    lots = queries.concern(actor)
    running = queries.by_stage(lots, Stage.ANNOUNCED)
    judged = queries.by_stage(lots, Stage.CLOSED, Stage.OPENED, Stage.EVALUATED, Stage.PUBLICITY)
    settled = queries.by_stage(lots, Stage.AWARDED, Stage.CONTRACTED, Stage.COMPLETED)
    return View(
        todo=_todo(actor, lots, at),
        figures=(
            Figure("编制中", len(queries.by_stage(lots, Stage.REGISTERED, Stage.FAILED)), "个标段"),
            Figure("公告中", len(running), "个标段"),
            Figure("开标至公示", len(judged), "个标段"),
            Figure("定标至履约", len(settled), "个标段"),
        ),
        sections=(
            queries.section("正在公告", running, at, empty="没有正在公告的标段。"),
            queries.section("开标、评标、公示", judged, at, empty="没有处在开标至公示之间的标段。"),
            queries.section("定标、合同、履约", settled, at, empty="没有处在定标至履约之间的标段。"),
        ),
        empty="没有待办事项。先登记一个项目，或等待正在进行的步骤。",
    )


def _todo(actor: Actor, lots: Sequence[Summary], at: datetime) -> tuple[Todo, ...]:
    """待办: the tasks of the lots, limits that are near, and what the supervisors ask."""
    tasks = queries.owner_todo(actor, lots, at)
    titles = {lot.lot: lot.title for lot in lots if not lot.is_suspended}
    near = reminders.near(alerts.limits_near(titles, Role.OWNER, at), titles, tasks, at)
    asked = reminders.asked(alerts.asked(actor.organisation), at)
    return queries.by_deadline((*tasks, *near, *asked, *queries.told_todo(actor, at), *_ordered(actor, at)))


def _ordered(actor: Actor, at: datetime) -> tuple[Todo, ...]:
    """责令事项: what the supervisors ordered of this organisation and is not met."""
    found = cases.demands(actor.organisation, at) if actor.organisation else ()
    return tuple(
        Todo(
            f"{one.kind.label}，报告改正情况",
            title,
            f"/desk/lots/{one.lot}/",
            f"/desk/orders/{one.code}/",
            until=end_of_day(one.until),
            is_late=end_of_day(one.until) <= at,
            note="已报告，待核实" if one.replied_at else "",
        )
        for one, title in found
        if one.met_at is None
    )


BOARD = Board("owner", (Role.OWNER, Role.AGENCY), "招标工作台", build)
