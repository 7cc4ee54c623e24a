"""常年陪标: a bidder loses again and again to the same winner."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.oversight.alerts.rules import chance, meetings
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B15",
    name="连续陪标",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(二)(四)",
    why="从不中标却总在同一家中标的标段出现的投标人，可能是来凑数的。",
    quiet="刚进入市场的企业；两家主营相同、地域相同，本来就总在一起竞争。",
    version=2,
    params=(
        Param("losses_min", 10, "输给同一家的次数", "监管模型库 B15", "次"),
        Param("share_max", Decimal("0.05"), "机会均等时同一家中标这么多次的概率上限", "统计惯例 5 %"),
        Param(
            "lost_min",
            Decimal("0.8"),
            "两家相遇时输给这一家的最低比例",
            "五次里容一次例外：偶尔让外人中一次，不足以说明这家在竞争；例外已计入上面的概率",
        ),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "auction.sold"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    """A light note for each bidder: who won among how many, and who else came, by code alone."""
    met = meetings.meeting(record)
    if met is None:
        return
    for code, name in sorted(met.names.items()):
        figures = {
            "name": name,
            "winner": met.winner,
            "won_by": met.names[met.winner],
            "bidders": len(met.names),
            "came": " ".join(sorted(met.names)),
        }
        yield Note(key=code, lot=met.lot, at=met.at, figures=figures)


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Of one bidder that has not won since: each other one it lost to again and again, by the lots where both came.

    What it loses to others elsewhere says nothing of the two, and does not end what it lost to that one.
    """
    told = sorted(notes, key=lambda note: (note.at, str(note.lot)))
    lost = told[_began(told) :]
    for winner, times in sorted(Counter(str(note.figures["winner"]) for note in lost).items()):
        if times < int(params["losses_min"]):
            continue
        met = [note for note in lost if _met(note, winner)]
        if times < params["lost_min"] * len(met):
            continue
        luck = chance.any_tail(times, [chance.ONE / int(note.figures["bidders"]) for note in met])
        if luck <= params["share_max"]:
            yield _finding(winner, met, times, luck)


def _began(told: Sequence[Note]) -> int:
    """Where the losses since its own last win begin."""
    won = (at for at in range(len(told) - 1, -1, -1) if told[at].figures["winner"] == told[at].key)
    return next(won, -1) + 1


def _met(note: Note, winner: str) -> bool:
    """Whether that one came too; notes of old say only who won, and then it is taken to have come."""
    came = note.figures.get("came")
    return came is None or winner in str(came).split(" ")


def _finding(winner: str, met: Sequence[Note], times: int, luck: Decimal) -> Finding:
    name = met[-1].figures["name"]
    won_by = next(note.figures["won_by"] for note in met if note.figures["winner"] == winner)
    how_often = "都是" if times == len(met) else f"{times} 次是"
    return Finding(
        key=winner,
        parties=(met[-1].key, winner),
        sentence=(
            f"{name} 最近与 {won_by} 相遇 {len(met)} 次，全部落败，中标的{how_often} {won_by}。"
            f"机会均等时同一家中标这么多次的概率为 {chance.percent(luck)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{note.at:%Y-%m-%d}",
                f"{note.figures['bidders']} 家投标，{note.figures['won_by']} 中标",
                link=f"/lots/{note.lot}/",
            )
            for note in met
        ),
        score=chance.strength(luck),
    )
