"""评分倾向: over many lots, one expert's scores lean to whoever wins."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.oversight.alerts.rules import chance, scoring
from ggzy.oversight.alerts.values import (
    Evidence,
    Finding,
    Grade,
    Indicator,
    Kind,
    Note,
    Param,
    Params,
    Picture,
    Shape,
)
from ggzy.trading.dossier.values.record import LotRecord

SPREAD_FLOOR = Decimal("0.05")  # five points of a hundred: honest judgement differs at least by that

INDICATOR = Indicator(
    code="E01",
    name="评委评分长期偏向中标人",
    grade=Grade.YELLOW,
    basis="招标投标法 §44、§56；招标投标法实施条例 §71、§72",
    why="一次偏高可能是见解不同，多个标段都偏向最后的中标人就值得核实。",
    quiet="经验丰富的评委本来就更早看出谁最好；标段少时结论不稳，已向零收缩。",
    params=(
        Param("lots_min", 6, "至少几个标段", "本平台按模拟的诚实评委会校准", "个"),
        Param(
            "favour_min", Decimal("0.06"), "收缩后的平均偏向占主观分的比例", "本平台按模拟的诚实评委会校准"
        ),
        Param("z_min", Decimal("3.5"), "偏离零的标准误倍数", "统计惯例；先验离散不低于 5 %", "倍"),
        Param(
            "odd_share",
            Decimal("0.1"),
            "两端各略去的标段比例，至少一个",
            "截尾均值（Yuen 1974）：一次反常的打分不能掩盖长期的偏向，也不能造出偏向",
        ),
        Param("prior", 3, "收缩强度：相当于几个没有偏向的标段", "经验贝叶斯收缩", "个"),
    ),
    version=2,
    object=Kind.PERSON,
    kinds=("evaluation.concluded",),
)


def collect(record: LotRecord) -> Iterable[Note]:
    evaluation, committee = record.evaluation, record.committee
    if (
        evaluation is None
        or committee is None
        or not evaluation.candidates
        or evaluation.concluded_at is None
    ):
        return
    first = evaluation.candidates[0]
    expert = {member.seat: member.expert for member in committee.members if member.kind == "expert"}
    for sheet in scoring.sheets(record):
        if expert.get(sheet.seat) and len(sheet.points) > 1:
            share = scoring.favour(record, sheet.seat, first).quantize(Decimal("0.0001"))
            yield Note(
                key=expert[sheet.seat],
                lot=record.lot,
                at=evaluation.concluded_at,
                figures={"favour": share, "title": record.registered.title},
            )


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    told = sorted(notes, key=lambda note: (note.at, str(note.lot)))
    values = [Decimal(str(note.figures["favour"])) for note in told]
    if len(values) < int(params["lots_min"]):
        return
    middle, error = chance.trimmed(values, Decimal(str(params["odd_share"])), SPREAD_FLOOR)
    z = middle / error
    pulled = chance.shrunk(middle, len(values), int(params["prior"]))
    if pulled < params["favour_min"] or z < params["z_min"]:
        return
    labels = [f"{number}. {note.at:%Y-%m-%d}" for number, note in enumerate(told, 1)]
    yield Finding(
        key=notes[0].key,
        parties=(notes[0].key,),
        sentence=(
            f"这名评委在 {len(values)} 个标段中给第一中标候选人的主观分，略去最高最低后平均比其余评委高 {middle * 100:.1f} %"
            f"（收缩后 {pulled * 100:.1f} %，为标准误的 {z:.1f} 倍）。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(label, f"{note.figures['title']}：{value * 100:+.1f} %", link=f"/lots/{note.lot}/")
            for label, note, value in zip(labels, told, values, strict=True)
        ),
        picture=Picture(
            Shape.DOTS,
            "各标段对第一中标候选人的偏向",
            tuple(labels),
            cells=tuple(
                (label, "", (value * 100).quantize(Decimal("0.1")), "")
                for label, value in zip(labels, values, strict=True)
            ),
            unit="%",
        ),
        score=min(Decimal("0.9"), (z / 10).quantize(Decimal("0.01"))),
    )
