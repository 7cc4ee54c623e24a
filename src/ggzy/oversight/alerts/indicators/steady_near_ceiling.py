"""屡次贴近限价中标: one winner keeps winning just under the ceiling, where others win well below it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts.rules import chance
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

SHOWN_MAX = 24
PLACES = Decimal("0.0001")

INDICATOR = Indicator(
    code="B36",
    name="同一中标人屡次贴近限价中标",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(一)(二)",
    why="有人陪着投标却没有人真的压价，中标价才会一次又一次停在最高投标限价之下一点点。",
    quiet="限价编得紧，或者材料涨价，大家都只能贴着限价中标；只做某类小标、某个业主的标段的企业；按固定费率收费的服务。",
    params=(
        Param("near_min", Decimal("0.98"), "贴近限价：中标价达到限价的比例", "本平台按真实中标价校准"),
        Param("wins_min", 5, "观察期内有竞争的中标至少", "本平台设定：少于五次不成习惯", "个"),
        Param(
            "share_min", Decimal("0.8"), "其中贴近限价的最低比例", "五次里容一次例外；例外已计入下面的概率"
        ),
        Param("bidders_min", 3, "算作有竞争的开标报价家数", "招标投标法 §28：投标人不少于 3 个", "家"),
        Param("others_min", 20, "同城同类其余中标人的标段至少", "本平台设定：少了说不出市场习惯", "个"),
        Param("owner_prior", 3, "同一业主的习惯：相当于几个市场平均的标段", "经验贝叶斯收缩", "个"),
        Param("days", 365, "观察期", "监管模型库 B34 以年为周期", "天"),
        Param("false_share", Decimal("0.01"), "误报比例上限（本雅明尼–霍赫贝格）", "统计惯例"),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "award.ended", "round.begun"),
)


@dataclass(frozen=True)
class Tally:
    """贴近限价的标段数: of so many won by one owner's winners, or by all."""

    near: int
    lots: int

    def without(self, other: "Tally") -> "Tally":
        return Tally(self.near - other.near, self.lots - other.lots)


def collect(record: LotRecord) -> Iterable[Note]:
    """A light note under the city and trade, in the year of the award and the one after, so that no key grows
    for ever and no window ends at New Year."""
    award, ceiling = record.award, record.terms.ceiling if record.terms else None
    if award is None or award.ended_at or not ceiling or not award.amount:
        return
    figures = {
        "winner": str(award.winner),
        "name": " ".join(award.name.split())[:40],
        "owner": str(record.registered.owner),
        "share": (Decimal(award.amount.fen) / ceiling.fen).quantize(PLACES),
        "bidders": sum(bid.state == "opened" and bid.amount is not None for bid in record.bids),
    }
    market, year = (
        f"{str(record.registered.region)[:4]}|{record.registered.category}",
        local_date(award.at).year,
    )
    for each in (year, year + 1):
        yield Note(key=f"{market}|{each}", lot=record.lot, at=award.at, figures=figures)


def circle(note_key: str, key: str) -> str:
    """The winner in its market, whatever the year."""
    return f"{note_key.rpartition('|')[0]}\n{key}"


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Each winner against all others: its own lots do not make the habit it is held to. One that has not won near
    the ceiling in the year itself was told with the year before."""
    last = max(note.at for note in notes)
    year = int(notes[0].key.rpartition("|")[2])
    if local_date(last).year != year:
        return
    since = last - timedelta(days=int(params["days"]))
    window = [n for n in notes if n.at > since and int(n.figures["bidders"]) >= params["bidders_min"]]
    window.sort(key=lambda note: (_winner(note), note.at, str(note.lot)))
    won = [list(some) for _, some in groupby(window, key=_winner)]
    whole = _tallies(window, params)
    asked = [some for some in won if _is_asked(some, window, params)]
    often = {_winner(some[0]): some for some in asked if _is_often(some, params)}
    chances = {winner: _chance(some, whole, params) for winner, some in often.items()}
    level = chance.false_discovery(
        list(chances.values()), Decimal(str(params["false_share"])), tests=len(asked)
    )
    for winner, some in often.items():
        if chances[winner] <= level and local_date(_near(some, params)[-1].at).year == year:
            yield _finding(some, _market(some, whole, params), chances[winner], params)


def _winner(note: Note) -> str:
    return str(note.figures["winner"])


def _near(some: Iterable[Note], params: Params) -> list[Note]:
    return [note for note in some if Decimal(str(note.figures["share"])) >= params["near_min"]]


def _is_asked(some: Sequence[Note], window: Sequence[Note], params: Params) -> bool:
    return len(some) >= params["wins_min"] and len(window) - len(some) >= params["others_min"]


def _is_often(some: Sequence[Note], params: Params) -> bool:
    return len(_near(some, params)) >= params["share_min"] * len(some)


def _tallies(some: Iterable[Note], params: Params) -> Mapping[str, Tally]:
    """By owner, and of all under the empty name."""
    told = list(some)
    lots = Counter(owner for note in told for owner in ("", str(note.figures["owner"])))
    near = Counter(owner for note in _near(told, params) for owner in ("", str(note.figures["owner"])))
    return {owner: Tally(near[owner], count) for owner, count in lots.items()}


def _market(some: Sequence[Note], whole: Mapping[str, Tally], params: Params) -> Tally:
    return whole[""].without(_tallies(some, params)[""])


def _chance(some: Sequence[Note], whole: Mapping[str, Tally], params: Params) -> Decimal:
    """How often lots of these owners would be won as near by others: an owner whose ceilings are tight for
    everybody explains its own lots. Half a lot is lent, so that no habit is a certainty."""
    own, market = _tallies(some, params), _market(some, whole, params)
    usual = (market.near + Decimal("0.5")) / (market.lots + 1)
    habits: dict[str, Decimal] = {}
    for owner in own.keys() - {""}:
        others = whole[owner].without(own[owner])
        habits[owner] = (others.near + usual * params["owner_prior"]) / (others.lots + params["owner_prior"])
    return chance.any_tail(own[""].near, [habits[str(note.figures["owner"])] for note in some])


def _finding(some: Sequence[Note], market: Tally, likely: Decimal, params: Params) -> Finding:
    name, near = some[-1].figures["name"], _near(some, params)
    rows = {f"{number}. {note.at:%Y-%m-%d}": note for number, note in enumerate(some[-SHOWN_MAX:], 1)}
    return Finding(
        key=_winner(some[0]),
        parties=(_winner(some[0]),),
        sentence=(
            f"{name} 有 {params['bidders_min']} 家以上报价的中标 {len(some)} 个，其中 {len(near)} 个中标价达到限价的 "
            f"{params['near_min'] * 100:.0f} %；同城同类其余中标人 {market.lots} 个中有 {market.near} 个。"
            f"按他人的习惯也会这样的概率为 {chance.percent(likely)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{note.at:%Y-%m-%d}",
                f"{note.figures['bidders']} 家报价，中标价为限价的 {_percent(note)} %",
                link=f"/lots/{note.lot}/",
            )
            for note in some
        ),
        picture=Picture(
            Shape.DOTS,
            "中标价占最高投标限价的比例",
            tuple(rows),
            cells=tuple((row, "", _percent(note), "") for row, note in rows.items()),
            unit="%",
        ),
        score=chance.strength(likely),
    )


def _percent(note: Note) -> Decimal:
    return (Decimal(str(note.figures["share"])) * 100).quantize(Decimal("0.01"))
