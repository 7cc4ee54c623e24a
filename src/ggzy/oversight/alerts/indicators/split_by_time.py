"""化整为零: the same owner buys the same thing again and again, each time just below the threshold."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

from ggzy.kernel.money import Money
from ggzy.oversight.alerts.rules.titles import likeness
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

LOTS_MAX = 60
TENDERS = frozenset({"open_tender", "invited_tender"})

INDICATOR = Indicator(
    code="B23",
    name="同类标段化整为零",
    grade=Grade.YELLOW,
    basis="招标投标法 §4、§49；政府采购法 §28；政府采购法实施条例 §28",
    why="同一内容在短期内分几次采购，每次都低于限额，合起来就达到了。",
    quiet="年初没有预见的新增需求；分批到位的资金；标题相近而内容不同的零星维修。",
    params=(
        Param("works_min", 4_000_000, "工程的招标规模", "必须招标的工程项目规定 §5(一)", "元"),
        Param("goods_min", 2_000_000, "货物的招标规模", "必须招标的工程项目规定 §5(二)", "元"),
        Param("services_min", 1_000_000, "服务的招标规模", "必须招标的工程项目规定 §5(三)", "元"),
        Param("days", 90, "观察期", "监管模型库 B23", "天"),
        Param("lots_min", 2, "至少几个标段", "监管模型库 B23", "个"),
        Param("alike_min", Decimal("0.6"), "名称相似度下限（二字词组的重合比例）", "本平台按真实标题校准"),
    ),
    kinds=("lot.registered",),
)


def collect(record: LotRecord) -> Iterable[Note]:
    registered = record.registered
    yield Note(
        key=f"{registered.owner}|{registered.nature}",
        lot=record.lot,
        at=registered.at,
        figures={
            "estimate": registered.estimate.fen,
            "title": f"{record.ground.project_title} {registered.title}"[:120],
            "project": str(registered.project),
            "is_tendered": registered.must_tender or registered.method in TENDERS,
        },
    )


def circle(note_key: str, key: str) -> str:
    """The owner: its findings are named for their first lot, which leaves the window in time."""
    return note_key


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Small lots of the last days that nobody tendered, joined where their titles are alike.

    Only the latest `LOTS_MAX` are compared.
    """
    least = params.get(f"{notes[0].key.rpartition('|')[2]}_min")
    if least is None:
        return
    last = max(note.at for note in notes)
    since = last - timedelta(days=int(params["days"]))
    small = [
        note
        for note in sorted(notes, key=lambda note: (note.at, str(note.lot)))
        if note.at >= since
        and not note.figures["is_tendered"]
        and 0 < int(note.figures["estimate"]) < int(least) * 100
    ][-LOTS_MAX:]
    for alike in families(small, Decimal(params["alike_min"])):
        total = Money(sum(int(note.figures["estimate"]) for note in alike))
        if len(alike) >= params["lots_min"] and total.fen >= int(least) * 100:
            yield _finding(alike, total, int(least), int(params["days"]))


def families(notes: Sequence[Note], alike_min: Decimal) -> list[list[Note]]:
    """The connected parts of what is alike, in the order of their first member."""
    home = {note.lot: [note] for note in notes}
    for one, other in combinations(notes, 2):
        here, there = home[one.lot], home[other.lot]
        if (
            here is not there
            and likeness(str(one.figures["title"]), str(other.figures["title"])) >= alike_min
        ):
            here.extend(there)
            home.update({note.lot: here for note in there})
    return list({id(family): family for family in home.values()}.values())


def _finding(alike: Sequence[Note], total: Money, least: int, days: int) -> Finding:
    rows = sorted(alike, key=lambda note: (note.at, str(note.lot)))
    return Finding(
        key=str(rows[0].lot),
        sentence=(
            f"同一业主 {days} 天内有 {len(rows)} 个名称相近的标段，各自低于招标规模 {least:,} 元，"
            f"合计 {total.figures()} 元，达到招标规模。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{note.at:%Y-%m-%d}",
                f"{note.figures['title']}，{Money(int(note.figures['estimate'])).figures()} 元",
                link=f"/lots/{note.lot}/",
            )
            for note in rows
        ),
        score=min(Decimal("0.9"), Decimal("0.3") + Decimal("0.1") * len(rows)),
    )
