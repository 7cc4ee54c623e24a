"""开标不合规: not at the closing time, or with fewer bidders than the law wants."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P06",
    name="开标时间或者投标人数不合规",
    grade=Grade.RED,
    basis="招标投标法 §34；招标投标法实施条例 §44",
    why="开标不在截止时同时进行，中间有调换文件的机会；不足法定家数开标，没有竞争。",
    quiet="平台中断或者保管人迟到，开标按规则顺延并留有记录。",
    params=(
        Param(
            "minutes_max", 60, "截止后最迟多久开始开标", "招标投标法 §34：同一时间；留出核验的时间", "分钟"
        ),
    ),
    kinds=("opening.began",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    opening, limit = record.opening, record.rulebook.get("tender.bidders_min")
    if opening is None or opening.began_at is None:
        return
    waited = opening.began_at - record.effective(opening.deadline, opening.at, at)
    if waited > timedelta(minutes=int(params["minutes_max"])):
        yield Finding(
            sentence=f"开标于截止后 {int(waited.total_seconds() // 60)} 分钟才开始，应与截止同时。",
            key="late",
            grade=Grade.YELLOW,
            evidence=(
                Evidence("投标截止", limits.moment(opening.deadline), opening.height),
                Evidence("开标开始", limits.moment(opening.began_at), opening.began_height),
            ),
        )
    if limit is not None and opening.count < limit.value:
        yield Finding(
            sentence=f"收到 {opening.count} 份投标文件即开标，{limits.number(limit)} 家。",
            key="few",
            evidence=(
                Evidence("投标文件", f"{opening.count} 份", opening.height),
                Evidence("开标开始", limits.moment(opening.began_at), opening.began_height),
                limits.rule(limit),
            ),
        )
