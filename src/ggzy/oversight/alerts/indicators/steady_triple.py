"""固定组合: the same owner, agency and winner again and again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.oversight.alerts.rules import chance, meetings
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B26",
    name="同一业主、代理机构、中标人反复组合",
    grade=Grade.YELLOW,
    basis="招标投标法 §13、§50；招标投标法实施条例 §41",
    why="业主与代理机构、投标人结成固定关系，就能替约定的一家铺路。",
    quiet="业主按年度委托同一家代理；本地有实力的企业中标多；后续标段由熟悉现场的企业承接。",
    params=(
        Param("times_min", 3, "组合次数", "监管模型库 B26", "次"),
        Param("days", 365, "观察期", "监管模型库 B26", "天"),
        Param("luck_max", Decimal("0.01"), "机会均等时中这么多次的概率上限", "统计惯例 1 %"),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "auction.sold"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    """One note under the owner and its agency: who came, who won."""
    agency = record.registered.agency
    return meetings.note_of(record, f"{record.registered.owner}|{agency}") if agency else ()


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Each winner beside the lots it came to: with equal chances it would win the sum of one in so many."""
    met = meetings.told(notes, int(params["days"]))
    owner, _, agency = notes[0].key.partition("|")
    for winner, times in sorted(Counter(m.winner for m in met).items()):
        if times < params["times_min"]:
            continue
        came = [m for m in met if winner in m.names]
        chances = [chance.ONE / len(m.names) for m in came]
        expected, likely = sum(chances, chance.ZERO), chance.any_tail(times, chances)
        if likely <= params["luck_max"]:
            won = [m for m in came if m.winner == winner]
            yield Finding(
                key=winner,
                parties=(owner, agency, winner),
                sentence=(
                    f"同一业主、同一代理机构的 {len(met)} 个标段中，{won[-1].names[winner]} "
                    f"参加 {len(came)} 个、中标 {times} 个；"
                    f"机会均等时期望中 {expected:.1f} 个，中这么多的概率为 {chance.percent(likely)}。单独不构成异常。"
                ),
                evidence=tuple(
                    Evidence(
                        f"{m.at:%Y-%m-%d}",
                        f"{len(m.names)} 家投标，{m.names[m.winner]} 中标",
                        link=f"/lots/{m.lot}/",
                    )
                    for m in came
                ),
                picture=meetings.matrix(meetings.Group(_seen_most(winner, came), tuple(came)), "参加与中标"),
                score=chance.strength(likely),
            )


def _seen_most(winner: str, came: Sequence[meetings.Meeting]) -> tuple[str, ...]:
    often = Counter(code for m in came for code in m.names if code != winner)
    return (winner, *sorted(often, key=lambda code: (-often[code], code))[:14])
