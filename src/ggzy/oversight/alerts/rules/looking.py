"""看一眼: what the models find in a lot at one moment, and when to look again. Pure."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.codes import LotCode
from ggzy.oversight.alerts.values import Finding, Model, Note, Params
from ggzy.oversight.alerts.values.alerts import Found
from ggzy.trading.dossier.values.record import LotRecord

UID_CHARS = 32

log = logging.getLogger("ggzy.alerts")


@dataclass(frozen=True)
class Looked:
    """所见: findings in force, the next moment to look, or the error that kept the model from looking."""

    found: tuple[Found, ...] = ()
    again: datetime | None = None
    error: str = ""


def look(model: Model, record: LotRecord, params: Params, at: datetime) -> Looked:
    """一个模型看一个标段. A model that fails says so and stops no other.

    A countdown is shown from its lead before the limit on; until then only the next look is set. While the lot
    stands still no limit arrives, and none is waited for: whoever looks is called again when it goes on.
    """
    assert model.inspect is not None
    try:
        findings = tuple(model.inspect(record, params, at))
        return _sorted(model, record, findings, at)
    except Exception as error:
        log.exception("%s could not look at %s", model.code, record.lot)
        return Looked(error=f"{type(error).__name__}: {error}")


def _sorted(model: Model, record: LotRecord, findings: Sequence[Finding], at: datetime) -> Looked:
    found, looks = [], []
    for finding in findings:
        if finding.due is not None:
            assert finding.due > at, "a limit that has passed is no countdown"
            shown_from = finding.due - model.indicator.lead
            looks.append(shown_from if at < shown_from else finding.due)
            if at < shown_from:
                continue
        found.append(as_found(model, finding, at, lot=record.lot))
    is_still = any(span.until is None for span in record.stills)
    return Looked(tuple(found), None if is_still else min(looks, default=None))


def collect(model: Model, record: LotRecord) -> tuple[tuple[Note, ...], str]:
    """一个标段的记号 for a model over many lots, or the error that kept it from noting."""
    assert model.collect is not None
    try:
        return tuple(model.collect(record)), ""
    except Exception as error:
        log.exception("%s could not note %s", model.code, record.lot)
        return (), f"{type(error).__name__}: {error}"


def conclude(model: Model, note_key: str, notes: Sequence[Note], params: Params) -> tuple[Found, ...]:
    """同一对象的记号汇在一起; dated by the latest of them."""
    assert model.conclude is not None
    if not notes:
        return ()
    at = max(note.at for note in notes)
    try:
        return tuple(
            as_found(model, finding, at, lot=finding.lot, note_key=note_key)
            for finding in model.conclude(notes, params)
        )
    except Exception:
        log.exception("%s could not conclude %s", model.code, note_key)
        return ()


def as_found(
    model: Model, finding: Finding, at: datetime, *, lot: LotCode | None, note_key: str = ""
) -> Found:
    """保存的样子, under a key that never changes."""
    return Found(
        uid=uid(model.code, note_key or str(lot), finding.key, finding.due is not None),
        indicator=model.code,
        lot=lot,
        note_key=note_key,
        key=finding.key,
        grade=finding.grade or model.indicator.grade,
        sentence=finding.sentence,
        score=finding.score.quantize(Decimal("0.000001")),
        parties=finding.parties,
        evidence=finding.evidence,
        picture=finding.picture,
        phrases=finding.phrases,
        first_at=at,
        last_at=at,
        due=finding.due,
    )


def uid(indicator: str, whom: str, key: str, is_countdown: bool) -> str:
    """发现的恒定编号: of the indicator, the object and the key; never of the moment."""
    text = "\n".join((indicator, whom, key, "due" if is_countdown else ""))
    return hashlib.sha256(text.encode()).hexdigest()[:UID_CHARS]


def merged(known: Iterable[Found], now: Iterable[Found], at: datetime) -> tuple[Found, ...]:
    """新旧对照: what changed. What is found again keeps its first moment; what is not found any more vanishes.

    Nothing is ever deleted: a finding that vanished stays on record, and may come back. What is past is not touched.
    """
    before = {(one.key, one.is_countdown): one for one in known if not one.is_past}
    changed, seen = [], set()
    for one in now:
        seen.add((one.key, one.is_countdown))
        old = before.get((one.key, one.is_countdown))
        if old is None:
            changed.append(one)
            continue
        kept = replace(
            one,
            uid=old.uid,
            first_at=old.first_at,
            last_at=old.last_at,
            alert=old.alert,
            is_suppressed=old.is_suppressed,
        )
        if kept != old:
            changed.append(replace(kept, last_at=at))
    for key, old in before.items():
        if key not in seen and old.vanished_at is None:
            changed.append(replace(old, vanished_at=at))
    return tuple(changed)
