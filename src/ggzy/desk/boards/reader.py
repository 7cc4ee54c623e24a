"""纪检监察、审计: read everything in their region, change nothing."""

from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.values import Board, Figure, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role
from ggzy.oversight.cases import queries as cases
from ggzy.oversight.powers import queries as powers
from ggzy.trading.dossier.values import Stage


def build(actor: Actor, at: datetime) -> View:
    """只读的工作台."""
    lots = queries.concern(actor)
    settled = queries.by_stage(lots, Stage.AWARDED, Stage.CONTRACTED, Stage.COMPLETED)
    return View(
        todo=(),
        figures=(
            Figure("进行中", len(lots), "个标段"),
            Figure("定标至履约", len(settled), "个标段"),
            *(
                Figure(label, number, "件", url)
                for label, number, url in cases.counts(actor.region, powers.remit(actor), at)
            ),
        ),
        sections=(
            queries.section("最近有变化的标段", lots, at, empty="辖区内还没有登记标段。", limit=20),
            queries.section("定标、合同、履约", settled, at, empty="没有处在定标至履约之间的标段。"),
        ),
        empty="您的身份只读：可以查阅案卷和日志，不办理事项。",
    )


BOARD = Board("reader", (Role.INSPECTOR, Role.AUDITOR), "查阅工作台", build)
