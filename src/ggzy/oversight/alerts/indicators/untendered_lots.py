"""肢解规避招标: a project passes the threshold, and lots of it go untendered."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

TENDERS = frozenset({"open_tender", "invited_tender"})
_PRIVATE = re.compile(r"非国有|非财政|民营|私营|社会资本|社会投资|外商|外资|个人投资|捐赠")

INDICATOR = Indicator(
    code="B22",
    name="项目达到招标规模而部分标段未招标",
    grade=Grade.RED,
    basis="招标投标法 §3、§4、§49；必须招标的工程项目规定 §5",
    why="把一个项目拆成小块，让每一块都低于限额，就绕开了招标。",
    quiet="不可合并的零星采购、依法可以不招标的情形（专利、自行建设、应急），登记时应有说明。",
    params=(
        Param("works_min", 4_000_000, "工程施工的招标规模", "必须招标的工程项目规定 §5(一)", "元"),
        Param("goods_min", 2_000_000, "货物的招标规模", "必须招标的工程项目规定 §5(二)", "元"),
        Param("services_min", 1_000_000, "勘察、设计、监理的招标规模", "必须招标的工程项目规定 §5(三)", "元"),
    ),
    kinds=("lot.registered",),
)


def collect(record: LotRecord) -> Iterable[Note]:
    """Lots of the law of tendering that public money pays for, under their project and nature."""
    registered, ground = record.registered, record.ground
    if ground.rulebook.has("tender.bidding_days_min") and not _PRIVATE.search(ground.funding):
        yield Note(
            key=f"{registered.project}|{registered.nature}",
            lot=record.lot,
            at=registered.at,
            figures={
                "estimate": registered.estimate.fen,
                "is_tendered": registered.method in TENDERS,
                "title": registered.title,
            },
        )


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    least = params.get(f"{notes[0].key.rpartition('|')[2]}_min")
    total = Money(sum(int(note.figures["estimate"]) for note in notes))
    loose = [note for note in notes if not note.figures["is_tendered"]]
    if least is None or not loose or total.fen < int(least) * 100:
        return
    untendered = Money(sum(int(note.figures["estimate"]) for note in loose))
    yield Finding(
        sentence=(
            f"本项目同类标段估算价合计 {total.figures()} 元，达到招标规模 {int(least):,} 元，"
            f"其中 {len(loose)} 个标段（{untendered.figures()} 元）没有招标。"
        ),
        evidence=tuple(
            Evidence(
                "已招标" if note.figures["is_tendered"] else "未招标",
                f"{note.figures['title']}，{Money(int(note.figures['estimate'])).figures()} 元",
                link=f"/lots/{note.lot}/",
            )
            for note in sorted(notes, key=lambda note: (note.at, str(note.lot)))
        ),
        score=Decimal("0.8"),
    )
