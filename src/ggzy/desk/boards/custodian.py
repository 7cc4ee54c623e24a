"""开标密钥保管人: keys to post before the announcement, shares to release at the opening."""

from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.values import Board, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role


def build(actor: Actor, at: datetime) -> View:
    """保管人的工作台."""
    return View(
        todo=queries.custody_todo(actor, at),
        empty="没有待办事项。被指定为某个标段的保管人后，提交公钥和交出份额的期限会排在这里。",
    )


BOARD = Board("custodian", (Role.CUSTODIAN,), "保管人工作台", build)
