"""交易中心: today's openings, draws to conduct, lots to archive."""

from datetime import datetime, timedelta

from ggzy.desk import queries
from ggzy.desk.values import Board, Figure, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date, start_of_day
from ggzy.kernel.roles import Role
from ggzy.trading.dossier.values import Stage


def build(actor: Actor, at: datetime) -> View:
    """中心工作人员的工作台."""
    lots = queries.concern(actor)
    start = start_of_day(local_date(at))
    end = start + timedelta(days=1)
    today = tuple(
        sorted(
            (lot for lot in lots if lot.deadline and start <= lot.deadline < end),
            key=lambda lot: lot.deadline or at,
        )
    )
    opening = queries.tenders(queries.by_stage(lots, Stage.CLOSED))
    judging = queries.by_stage(lots, Stage.OPENED)
    live = queries.live_auctions(lots)
    return View(
        todo=queries.operator_todo(actor, lots, at),
        figures=(
            Figure("今日开标", len(today), "场", "/openings/?span=today"),
            Figure("正在开标", len(opening), "场"),
            Figure("正在竞价", len(live), "场", "/auctions/"),
            Figure("等待评标", len(judging), "个标段"),
            Figure("公告中", len(queries.by_stage(lots, Stage.ANNOUNCED)), "个标段"),
        ),
        sections=(
            queries.section("今日开标安排", today, at, empty="今天没有开标。", limit=20),
            queries.section("正在竞价", live, at, empty="目前没有正在进行的竞价。"),
            queries.section("正在开标", opening, at, empty="目前没有正在进行的开标。"),
            queries.section("等待抽取专家和评标", judging, at, empty="没有等待评标的标段。"),
        ),
    )


BOARD = Board("operator", (Role.OPERATOR,), "中心工作台", build)
