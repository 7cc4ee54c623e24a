"""常年陪标: a bidder loses again and again to the same winner."""

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
    params=(
        Param("losses_min", 10, "连续落败次数", "监管模型库 B15", "次"),
        Param("share_max", Decimal("0.05"), "机会均等时同一家连中的概率上限", "统计惯例 5 %"),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "auction.sold"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    return meetings.notes_by_bidder(record)


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Of one bidder: its latest lots, as long as the same other one won them all."""
    of, met = notes[0].key, meetings.told(notes, days=3650)
    if met[-1].winner == of:
        return
    streak = met[_began(met) :]
    group = meetings.Group((of, met[-1].winner), tuple(streak))
    luck = meetings.luck(group)
    if len(streak) >= int(params["losses_min"]) and luck <= params["share_max"]:
        winner = streak[-1].names[met[-1].winner]
        yield Finding(
            key=f"{of}|{met[-1].winner}",
            parties=group.members,
            sentence=(
                f"{streak[-1].names[of]} 最近 {len(streak)} 次投标全部落败，且中标的都是 {winner}。"
                f"机会均等时同一家连中的概率为 {chance.percent(luck)}。单独不构成异常。"
            ),
            evidence=tuple(
                Evidence(f"{m.at:%Y-%m-%d}", f"{len(m.names)} 家投标，{winner} 中标", link=f"/lots/{m.lot}/")
                for m in streak
            ),
            picture=meetings.matrix(group, "连续落败的标段"),
            score=chance.strength(luck),
        )


def _began(met: Sequence[meetings.Meeting]) -> int:
    other = (i for i in range(len(met) - 1, -1, -1) if met[i].winner != met[-1].winner)
    return next(other, -1) + 1
