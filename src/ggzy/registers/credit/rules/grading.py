"""信用评价: points by the model, less with age, bounded by group; every line can be done again by hand."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ggzy.kernel.instants import add_months
from ggzy.registers.credit.values import Grade, Gravity, Item, Line, Model, RecordFacts, RecordKind, Term

CENT = Decimal("0.01")
FACTOR = Decimal("0.0001")
ZERO = Decimal(0)
USUAL = {RecordKind.REWARD: "award", RecordKind.PERFORMANCE: "performed"}


def item_of(model: Model, record: RecordFacts) -> Item | None:
    """记录所属的评价项目: the one named when it was entered, else the one its kind and gravity mean."""
    usual = record.gravity.value if record.gravity else USUAL.get(record.kind, "")
    return model.item(record.topic or usual)


def counts(record: RecordFacts, item: Item, term: Term | None, on: date) -> bool:
    """是否计入: decided by then, not repaired or withdrawn, its term not over."""
    months = term.used_max if term else item.lasts
    over = add_months(record.decision.decided_on, months)
    gone = [day for day in (record.repaired_on, record.withdrawn_on) if day is not None]
    return record.decision.decided_on <= on < over and all(on < day for day in gone)


def factor(item: Item, half_life: int, since: date, on: date) -> Decimal:
    """时间系数: 0.5 to the power of age over half-life, the age in whole months; 1 where nothing decays."""
    if not item.decays:
        return Decimal(1)
    months = max(0, (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day))
    return (Decimal("0.5") ** (Decimal(months) / half_life)).quantize(FACTOR, ROUND_HALF_UP)


def rate(model: Model, records: Iterable[RecordFacts], terms: dict[Gravity, Term], on: date) -> Grade:
    """信用评价 on a day: the base, plus every line; never below nought."""
    room = {item.group: item.cap for item in model.items if item.cap is not None}
    lines = []
    for record in sorted(records, key=lambda one: (one.decision.decided_on, one.code)):
        item = item_of(model, record)
        term = terms[record.gravity] if record.gravity else None
        if item is not None and counts(record, item, term, on):
            lines.append(_line(model, record, item, on, room))
    score = max(ZERO, model.base + sum((line.value for line in lines), ZERO))
    cut = next(cut for cut in model.cuts if score >= cut.score)
    return Grade(model.code, model.version, on, score, cut.grade, cut.name, model.base, tuple(lines))


def _line(model: Model, record: RecordFacts, item: Item, on: date, room: dict[str, Decimal]) -> Line:
    left = factor(item, model.half_life, record.decision.decided_on, on)
    value, note = (item.points * left).quantize(CENT, ROUND_HALF_UP), ""
    if item.cap is not None:
        free = room[item.group]
        if value > free:
            value, note = free, f"本类加分累计不超过{item.cap}分"
        room[item.group] = free - value
    is_public = record.gravity is not Gravity.MINOR
    return Line(
        item=item.code,
        name=item.name,
        entry=record.code if is_public else "",
        title=record.title if is_public else "不公示的轻微记录",
        on=record.decision.decided_on,
        points=item.points,
        factor=left,
        value=value,
        note=note,
    )
