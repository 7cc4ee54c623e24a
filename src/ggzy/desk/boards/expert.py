"""评标专家: invitations to answer and sittings to finish; nothing that reveals more than it must."""

from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.values import Board, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role


def build(actor: Actor, at: datetime) -> View:
    """专家的工作台."""
    return View(
        todo=queries.sitting_todo(actor, at),
        empty="没有评标任务。抽到您时，邀请会出现在这里，并另行电话通知。",
    )


BOARD = Board("expert", (Role.EXPERT,), "评标工作台", build)
