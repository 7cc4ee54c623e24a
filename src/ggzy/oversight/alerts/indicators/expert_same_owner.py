"""评委与招标人反复相遇: one expert sits for the same owner more often than the draw would have it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from ggzy.oversight.alerts.rules import chance
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B19",
    name="评委反复为同一招标人评标",
    grade=Grade.YELLOW,
    basis="招标投标法 §37；招标投标法实施条例 §46；评标专家和评标专家库管理办法",
    why="随机抽取不会总抽到同一个人；反复相遇可能是抽取被操纵，也给了围猎的机会。",
    quiet="专业冷门、库内人数少时，抽来抽去就是这几位；招标人标段多，自然相遇也多。",
    params=(
        Param("times_min", 3, "相遇次数", "监管模型库 B19", "次"),
        Param("days", 183, "观察期", "监管模型库 B19：六个月", "天"),
        Param("chance_max", Decimal("0.01"), "随机抽取下相遇这么多次的概率上限", "统计惯例 1 %"),
    ),
    object=Kind.PERSON,
    kinds=("committee.drawn", "member.replaced", "member.accepted", "evaluation.begun"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    """One note under the owner: the pool is estimated from all who ever sat for it."""
    committee = record.committee
    experts = (
        [m.expert for m in committee.members if m.kind == "expert" and m.expert and not m.vacated]
        if committee
        else []
    )
    if experts:
        at = committee.drawn_at or record.at if committee else record.at
        figures = {"experts": "\n".join(sorted(experts)), "title": record.registered.title}
        yield Note(key=str(record.registered.owner), lot=record.lot, at=at, figures=figures)


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    last = max(note.at for note in notes)
    told = sorted(
        (note for note in notes if note.at > last - timedelta(days=int(params["days"]))),
        key=lambda note: (note.at, str(note.lot)),
    )
    drawn = [str(note.figures["experts"]).split("\n") for note in told]
    often = Counter(expert for one in drawn for expert in one)
    share = Decimal(often.total()) / len(told) / chance.pool(list(often.values()))
    for expert, times in sorted(often.items()):
        likely = chance.binomial_tail(times, len(told), share)
        if times >= int(params["times_min"]) and likely <= params["chance_max"]:
            yield Finding(
                key=f"{expert}|{notes[0].key}",
                parties=(expert, notes[0].key),
                sentence=(
                    f"同一名评委在 {params['days']} 天内为这家招标人的 {len(told)} 个标段评标 {times} 次。"
                    f"按抽到过的人数估计，随机抽取下这么多次的概率为 {chance.percent(likely)}。单独不构成异常。"
                ),
                evidence=tuple(
                    Evidence(f"{note.at:%Y-%m-%d}", str(note.figures["title"]), link=f"/lots/{note.lot}/")
                    for note, experts in zip(told, drawn, strict=True)
                    if expert in experts
                ),
                score=chance.strength(likely),
            )
