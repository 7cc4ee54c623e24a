"""预警的往事: the models look at the past; some clues are explained and let go, one waits."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.desk.management.commands.follow import found as followers
from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.foundation.journal import services as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts import queries, services
from ggzy.oversight.alerts.values.alerts import AlertFacts

WATCHERS = "alerts"
A_WHILE = timedelta(seconds=3)  # from the finding to the journal, as the clock takes
PRICES, PLACE, EXPERTS, REFUNDS = "S01", "B05", "B19", "P11"
WHY = {
    PRICES: "报价依据的信息价期次、下浮比例和计算表请一并提供。",
    PLACE: "请说明上传投标文件的地点、经办人和所用网络。",
}
SAID = {
    PRICES: "报价按江州市工程造价信息当期信息价和本单位定额测算，下浮比例由本单位自行确定，计算表附后。",
    PLACE: "本单位在云岭建筑产业园租用办公室，园区各单位共用一个网络出口，由本单位员工在办公室上传。",
}
LET_GO = {
    PRICES: "报价测算表与信息价一致，报价分布单独不能证明串通，未发现其他证据，不予处置。",
    PLACE: "园区租约和网络出口核实属实，单凭同一网络不足以认定，不予处置。",
    EXPERTS: "该专业在库专家人数少，三次均由系统随机抽取，抽取记录可重算，不予处置。",
}


def look(cast: Cast) -> None:
    """看一遍: every model over every fact so far, and each alert told at its moment."""
    own = followers()[WATCHERS]
    while journal.follow(WATCHERS, own):
        pass
    for code, _ in _untold():
        at = queries.alert(code).raised_at + A_WHILE
        with at_moment(at):
            services.tell(cast.platform(), code, at=at)


def _untold() -> Iterable[tuple[str, int]]:
    while found := queries.untold():
        yield from found


def of(lot: LotCode, indicator: str) -> AlertFacts:
    """一个标段的一项预警. Raises ValueError where there is not exactly one."""
    (alert,) = (one for one in queries.alerts_of(lot) if one.indicator.code == indicator)
    return alert


def all_of(indicator: str) -> tuple[AlertFacts, ...]:
    """一个指标的预警, the oldest first."""
    wanted = queries.Wanted(indicator=indicator)
    return tuple(reversed(queries.alerts(wanted, limit=queries.count(wanted))))


def explained(cast: Cast, officer: Organisation, alert: AlertFacts, party: Organisation) -> datetime:
    """要求说明, 说明: four days from the alert to the answer."""
    kind = alert.indicator.code
    asked, answered = alert.raised_at + timedelta(days=1), alert.raised_at + timedelta(days=4)
    with at_moment(asked):
        due = local_date(asked) + timedelta(days=7)
        services.ask(cast.act(officer), alert.code, party.code, WHY[kind], due, at=asked)
    with at_moment(answered):
        services.explain(cast.act(party), alert.code, SAID[kind], at=answered)
    return answered


def let_go(cast: Cast, officer: Organisation, alert: AlertFacts, at: datetime) -> None:
    """不予处置, with the reason."""
    with at_moment(at):
        services.dismiss(cast.act(officer), alert.code, LET_GO[alert.indicator.code], at=at)


def confirm(cast: Cast, officer: Organisation, alert: AlertFacts, reason: str, at: datetime) -> None:
    """认定属实, on a decision."""
    with at_moment(at):
        services.confirm(cast.act(officer), alert.code, reason, at=at)
