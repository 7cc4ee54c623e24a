"""截止时间反复变动、深夜澄清: changes that only those who were told would notice."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B25",
    name="截止时间多次变动或者深夜澄清",
    grade=Grade.YELLOW,
    basis="招标投标法 §23；招标投标法实施条例 §21、§32(一)",
    why="反复改期可以等约定的一家准备好；深夜发布的澄清只有事先知情的人来得及应对。",
    quiet="停表、暂停后依法顺延；工程量清单更正需要时间；赶在期限前发布以免再延。",
    params=(
        Param("moves_min", 2, "变动次数", "监管模型库 B25", "次"),
        Param("night_from", 22, "深夜自几点起", "监管模型库 B25", "时"),
        Param("night_until", 6, "深夜至几点", "本平台默认", "时"),
    ),
    kinds=("deadline.moved", "tender.clarified"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    moved = record.moved
    late = [one for one in record.clarified if _is_night(one.at, params)]
    said = []
    if len(moved) >= params["moves_min"]:
        said.append(f"投标截止时间变动 {len(moved)} 次")
    if late:
        said.append(f"{len(late)} 次澄清在深夜发布")
    if said:
        yield Finding(
            sentence="，".join(said) + "。单独不构成异常。",
            evidence=(
                *(
                    Evidence(
                        "截止时间变动", f"{_said(one.before)} → {_said(one.after)}：{one.reason}", one.height
                    )
                    for one in moved
                ),
                *(Evidence("深夜澄清", f"{_said(one.at)} 发布", one.height) for one in late),
            ),
            score=Decimal("0.3") * len(said),
        )


def _is_night(at: datetime, params: Params) -> bool:
    hour = at.astimezone(BEIJING).hour
    return hour >= int(params["night_from"]) or hour < int(params["night_until"])


def _said(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
