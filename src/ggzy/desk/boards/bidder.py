"""投标人: my bids by stage, what is still to do before each deadline, lots one may bid on."""

from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.rules import reminders
from ggzy.desk.values import Board, Figure, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts import queries as alerts
from ggzy.trading.dossier.queries import Wanted
from ggzy.trading.dossier.values import Stage


def build(actor: Actor, at: datetime) -> View:
    """投标人的工作台."""
    mine = queries.bid_lots(actor)
    sales = queries.auction_lots(actor)
    bidding = queries.by_stage(mine, Stage.ANNOUNCED)
    judged = queries.by_stage(mine, Stage.CLOSED, Stage.OPENED, Stage.EVALUATED, Stage.PUBLICITY)
    won = tuple(lot for lot in mine if lot.winner_code == actor.organisation)
    open_now = queries.open_lots(Wanted(stages=(Stage.ANNOUNCED,), deadline_from=at, is_suspended=False))
    known = {own.lot for own in (*mine, *sales)}
    others = tuple(lot for lot in open_now if lot.lot not in known)
    return View(
        todo=queries.by_deadline(
            (
                *queries.undelivered(actor, mine, at),
                *queries.winner_todo(won, at),
                *queries.todo(actor, mine, at),
                *queries.auction_todo(actor, at),
                *reminders.asked(alerts.asked(actor.organisation), at),
                *queries.told_todo(actor, at),
            )
        ),
        figures=(
            Figure("已递交，未截止", len(bidding), "个标段"),
            Figure("开标至公示", len(judged), "个标段"),
            Figure("中标", len(won), "个标段"),
            Figure("正在接收投标、报名", len(open_now), "个标段", "/desk/follow/"),
        ),
        sections=(
            queries.section(
                "我的投标",
                mine,
                at,
                empty="还没有投标。完善主体信息、绑定证书后，可以在下面的标段投标。",
            ),
            queries.section(
                "我报名的竞价", sales, at, empty="还没有报名参加竞价。可以报名的标的也列在下面。"
            ),
            queries.section(
                "可以投标、报名的标段", others, at, empty="目前没有其他正在接收投标文件或者报名的标段。"
            ),
        ),
        empty="没有待办事项。递交投标文件后，开标和签约的期限会排在这里。",
    )


BOARD = Board("bidder", (Role.BIDDER,), "投标工作台", build)
