"""行政监督: alerts that wait, lots in one's region, brakes in force, what runs now. Holds one brake."""

from datetime import datetime

from ggzy.desk import queries
from ggzy.desk.values import Board, Figure, Todo, View
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import end_of_day
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.alerts.values import Grade
from ggzy.oversight.cases import queries as cases
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers.values import Remit
from ggzy.registers.credit import queries as credit
from ggzy.trading.dossier.values import Stage

RAISING = (Grade.RED, Grade.YELLOW)
ALERTS_SHOWN = 5
APPEALS_SHOWN = 5
MODELS = "/desk/indicators/"


def build(actor: Actor, at: datetime) -> View:
    """监督人员的工作台."""
    lots, remit = queries.concern(actor), powers.remit(actor)
    braked = tuple(lot for lot in lots if lot.is_suspended)
    live = queries.live_auctions(lots)
    shown = queries.by_stage(lots, Stage.PUBLICITY)
    return View(
        todo=(
            *queries.by_deadline(
                (
                    *queries.braked_todo(actor, remit, braked, at),
                    *queries.lots_todo(lots, at),
                    *_legal_days(actor, remit, at),
                )
            ),
            *_alert_todo(actor, remit),
            *_credit_todo(at),
        ),
        figures=(
            *_alert_figures(actor, remit),
            *(
                Figure(label, number, "件", url)
                for label, number, url in cases.counts(actor.region, remit, at)
            ),
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
        empty="没有待办事项。待处置的预警和到复查日的暂停令会排在这里。",
    )


def _legal_days(actor: Actor, remit: Remit, at: datetime) -> tuple[Todo, ...]:
    """监督待办: cases, complaints, petitions, checks and orders, each by its legal day."""
    return tuple(
        Todo(
            one.what,
            one.title,
            one.url,
            one.url,
            until=end_of_day(one.until),
            is_late=end_of_day(one.until) <= at,
            note=f"依据：{one.article}",
        )
        for one in cases.duties(actor.region, remit)
    )


def _credit_todo(at: datetime) -> tuple[Todo, ...]:
    """待处理的信用异议和修复申请, the earliest due first."""
    return tuple(
        Todo(
            f"处理{one.kind.label}",
            f"信用编号 {one.entry}",
            "/desk/credit/",
            f"/desk/credit/appeals/{one.code}/",
            until=end_of_day(one.due_on),
            is_late=end_of_day(one.due_on) <= at,
        )
        for one in credit.open_appeals()[:APPEALS_SHOWN]
    )


def _alert_figures(actor: Actor, remit: Remit) -> tuple[Figure, ...]:
    """待处置的预警 by grade."""
    waiting = alerts.counts(actor.region, remit)
    return tuple(
        Figure(f"待处置·{grade.label}", waiting.get(grade, 0), "项", f"/desk/alerts/?grade={grade}")
        for grade in RAISING
    )


def _alert_todo(actor: Actor, remit: Remit) -> tuple[Todo, ...]:
    """待处置的预警, the red ones first; and models that could not look everywhere."""
    wanted = [alerts.Wanted(region=actor.region, remit=remit, is_open=True, grade=grade) for grade in RAISING]
    found = [one for each in wanted for one in alerts.alerts(each, limit=ALERTS_SHOWN)][:ALERTS_SHOWN]
    objects = alerts.objects(found)
    waiting = [
        Todo(
            f"{one.grade.label} {one.indicator.name}",
            objects[one.code],
            f"/desk/lots/{one.lot}/" if one.lot else f"/desk/indicators/{one.indicator.code}/",
            f"/desk/alerts/{one.code}/",
            label="去核对",
        )
        for one in found
    ]
    idle = [
        Todo(
            f"{one.failed} 个标段未覆盖",
            f"『{one.indicator.name}』模型未能运行",
            MODELS,
            MODELS,
            label="查看",
        )
        for one in alerts.coverage(actor.region).failing
    ]
    return (*waiting, *idle)


BOARD = Board("supervisor", (Role.SUPERVISOR,), "监督工作台", build)
