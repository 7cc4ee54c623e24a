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
    """A light note for each bidder: who won among how many."""
    met = meetings.meeting(record)
    if met is None:
        return
    for code, name in sorted(met.names.items()):
        figures = {
            "name": name,
            "winner": met.winner,
            "won_by": met.names[met.winner],
            "bidders": len(met.names),
        }
        yield Note(key=code, lot=met.lot, at=met.at, figures=figures)


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Of one bidder: its latest lots, as long as the same other one won them all."""
    told = sorted(notes, key=lambda note: (note.at, str(note.lot)))
    last, of = told[-1].figures, told[-1].key
    if last["winner"] == of:
        return
    streak = told[_began(told) :]
    luck = chance.equal_chances(int(note.figures["bidders"]) for note in streak)
    if len(streak) < int(params["losses_min"]) or luck > params["share_max"]:
        return
    yield Finding(
        key=str(last["winner"]),
        parties=(of, str(last["winner"])),
        sentence=(
            f"{last['name']} 最近 {len(streak)} 次投标全部落败，且中标的都是 {last['won_by']}。"
            f"机会均等时同一家连中的概率为 {chance.percent(luck)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{note.at:%Y-%m-%d}",
                f"{note.figures['bidders']} 家投标，{note.figures['won_by']} 中标",
                link=f"/lots/{note.lot}/",
            )
            for note in streak
        ),
        score=chance.strength(luck),
    )


def _began(told: Sequence[Note]) -> int:
    """Where the run of the latest winner begins."""
    winner = told[-1].figures["winner"]
    others = (at for at in range(len(told) - 1, -1, -1) if told[at].figures["winner"] != winner)
    return next(others, -1) + 1
