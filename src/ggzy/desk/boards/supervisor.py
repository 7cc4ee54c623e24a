"""行政监督: lots in one's region, brakes in force, what runs now. Reads everything, holds one brake."""

from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.values import Board, Figure, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role
from ggzy.trading.dossier.values import Stage


def build(actor: Actor, at: datetime) -> View:
    """监督人员的工作台."""
    lots = queries.concern(actor)
    braked = tuple(lot for lot in lots if lot.is_suspended)
    live = queries.live_auctions(lots)
    shown = queries.by_stage(lots, Stage.PUBLICITY)
    return View(
        todo=queries.by_deadline((*queries.braked_todo(actor, braked, at), *queries.lots_todo(lots, at))),
        figures=(
            Figure("暂停中", len(braked), "个标段"),
            Figure("公告中", len(queries.by_stage(lots, Stage.ANNOUNCED)), "个标段"),
            Figure(
                "开标和评标",
                len(queries.by_stage(lots, Stage.CLOSED, Stage.OPENED, Stage.EVALUATED)),
                "个标段",
            ),
            Figure("公示期内", len(shown), "个标段"),
            Figure("正在竞价", len(live), "场", "/auctions/"),
        ),
        sections=(
            queries.section("暂停中的标段", braked, at, empty="没有暂停中的标段。"),
            queries.section("正在竞价", live, at, empty="目前没有正在进行的竞价。"),
            queries.section("公示期内", shown, at, empty="没有处在公示期的标段。"),
            queries.section("最近有变化的标段", lots, at, empty="辖区内还没有登记标段。"),
        ),
        empty="没有待办事项。暂停的标段到复查日会排在这里。",
    )


BOARD = Board("supervisor", (Role.SUPERVISOR,), "监督工作台", build)
