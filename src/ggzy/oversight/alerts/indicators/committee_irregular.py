"""评标委员会组成不合规: too few, an even number, too few experts, or changed at the last moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Committee

INDICATOR = Indicator(
    code="P07",
    name="评标委员会组成不合规",
    grade=Grade.RED,
    basis="招标投标法 §37；招标投标法实施条例 §46；评标专家和评标专家库管理办法",
    why="人数、比例不合规或者临时换人，评审结果容易被少数人左右。",
    quiet="专家因病、因回避临时缺席，按规则重新抽取补足。",
    params=(
        Param("late_hours", 24, "评标开始前多久之内补抽算临时换人", "监管模型库 P07", "小时"),
        Param("late_seats_max", 2, "临时补抽的席位多于几个才提示", "监管模型库 P07", "席"),
    ),
    kinds=(
        "draw.requested",
        "committee.drawn",
        "member.replaced",
        "evaluation.begun",
        "representative.named",
    ),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    committee = record.committee
    if committee is None:
        return
    yield from _composed(record, committee)
    evaluation = record.evaluation
    if evaluation is None:
        return
    begun = evaluation.at
    if committee.drawn_at is None:
        yield Finding(
            sentence="评标已经开始，评标专家没有抽取记录，疑似直接指定。",
            key="undrawn",
            evidence=(Evidence("评标开始", limits.moment(begun), evaluation.height),),
        )
    window = timedelta(hours=int(params["late_hours"]))
    late = [one for one in committee.replacements if begun - window <= one.at <= begun]
    if len(late) > params["late_seats_max"]:
        yield Finding(
            sentence=f"评标开始前 {params['late_hours']} 小时内补抽 {len(late)} 席。单独不构成异常。",
            key="late",
            grade=Grade.YELLOW,
            evidence=tuple(
                Evidence(f"第 {one.seat} 席补抽", limits.moment(one.at), one.height) for one in late
            ),
        )


def _composed(record: LotRecord, committee: Committee) -> Iterable[Finding]:
    place = Evidence(
        "组成",
        f"抽取专家 {committee.drawn_seats} 席，招标人代表 {committee.owner_seats} 席",
        committee.height,
    )
    least = record.rulebook.get("committee.members_min")
    if least is not None and committee.size < least.value:
        yield Finding(
            sentence=f"评标委员会 {committee.size} 人，{limits.number(least)} 人。",
            key="few",
            evidence=(place, limits.rule(least)),
        )
    if committee.size % 2 == 0:
        yield Finding(sentence=f"评标委员会 {committee.size} 人，应为单数。", key="even", evidence=(place,))
    share = record.rulebook.get("committee.experts_in_three_min")
    if share is not None and committee.drawn_seats * 3 < share.value * committee.size:
        yield Finding(
            sentence=f"评标专家 {committee.drawn_seats} 人，不足成员总数 {committee.size} 人的三分之二。",
            key="experts",
            evidence=(place, limits.rule(share)),
        )
