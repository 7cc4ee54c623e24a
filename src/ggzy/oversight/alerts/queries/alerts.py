"""预警的读取: lists, one alert with all around it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.oversight.alerts.indicators import models
from ggzy.oversight.alerts.models import Alert, AlertParty, FindingRow, QuestionRow
from ggzy.oversight.alerts.values.alerts import AlertFacts, AlertState, Closing, Found, Question
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers.values import UNBOUND, Remit
from ggzy.trading.dossier import queries as dossier

OPEN = (AlertState.OPEN, AlertState.ASKED, AlertState.EXPLAINED)
UNTOLD_MAX = 50
NO_ALERT = "没有找到这项预警，或者您没有查看它的权限"


@dataclass(frozen=True)
class Wanted:
    """查询条件; empty means: not asked. `is_open`: waiting for somebody."""

    region: RegionCode = RegionCode.COUNTRY
    is_open: bool | None = None
    grade: str = ""
    indicator: str = ""
    category: str = ""
    authority: str = ""
    lot: str = ""
    remit: Remit = UNBOUND


def alerts(wanted: Wanted, *, offset: int = 0, limit: int = 50) -> tuple[AlertFacts, ...]:
    """预警清单: what waits first, the red ones on top, then the newest."""
    rows = _wanted(wanted).annotate(findings=Count("found")).order_by("-raised_at", "code")
    return _facts(rows[offset : offset + limit])


def objects(alerts: Iterable[AlertFacts]) -> dict[str, str]:
    """对象 by the alert's code, as a list may name it: the lot, or how many it concerns. Who they are, and what is said
    of them, stands in the alert itself, behind a reading that is journalled.
    """
    told = tuple(alerts)
    lots = tuple({one.lot for one in told if one.lot})
    rows = dossier.summaries(dossier.Wanted(lots=lots), limit=len(lots)) if lots else ()
    titles = {row.lot: row.title for row in rows}
    return {one.code: titles.get(one.lot, "") if one.lot else f"{len(one.parties)} 个主体" for one in told}


def count(wanted: Wanted) -> int:
    """符合条件的预警数."""
    return _wanted(wanted).count()


def counts(region: RegionCode, remit: Remit = UNBOUND) -> dict[str, int]:
    """待处置的预警 by grade."""
    rows = (
        _wanted(Wanted(region=region, is_open=True, remit=remit)).values_list("grade").annotate(n=Count("pk"))
    )
    return dict(rows.order_by())


def closed(region: RegionCode, since: datetime, until: datetime, *, category: str = "") -> Closing:
    """期间内产生的预警, and how many of them are decided."""
    rows = Alert.objects.filter(region__startswith=region.prefix, raised_at__gt=since, raised_at__lte=until)
    rows = rows.filter(category=category) if category else rows
    found = rows.aggregate(raised=Count("pk"), closed=Count("pk", filter=~Q(state__in=OPEN)))
    return Closing(found["raised"], found["closed"])


def authorities(region: RegionCode, remit: Remit = UNBOUND) -> tuple[str, ...]:
    """辖区内预警涉及的监督部门."""
    rows = _wanted(Wanted(region=region, remit=remit)).exclude(authority="")
    return tuple(rows.order_by("authority").values_list("authority", flat=True).distinct())


def seen(actor: Actor, code: str) -> AlertFacts:
    """可查阅的预警. Raises Forbidden for other roles, Missing elsewhere, Refused to another branch."""
    identity.permit(actor, Permission.ALERT_READ)
    found = alert(code)
    if not found.region.startswith(actor.region.prefix):
        raise Missing(NO_ALERT)
    powers.permit_branch(actor, found.region, found.lot, found.category)
    return found


def alert(code: str) -> AlertFacts:
    """预警. Raises Missing."""
    found = _facts(Alert.objects.filter(pk=code).annotate(findings=Count("found")))
    if not found:
        raise Missing(NO_ALERT)
    return found[0]


def is_known(code: str) -> bool:
    """有这项预警."""
    return Alert.objects.filter(pk=code).exists()


def findings(code: str) -> tuple[Found, ...]:
    """预警的全部发现, the first found on top."""
    rows = FindingRow.objects.filter(alert=code).order_by("first_at", "uid")
    return tuple(row.facts() for row in rows)


def questions(code: str) -> tuple[Question, ...]:
    """要求说明与说明."""
    return tuple(row.facts() for row in QuestionRow.objects.filter(alert=code).order_by("asked_at"))


def asked(party: CreditCode | None) -> tuple[tuple[str, Question], ...]:
    """等待本单位说明的事项, by the code of the alert and nothing else of it; the first due on top."""
    rows = QuestionRow.objects.filter(party=party, answered_at__isnull=True) if party else ()
    return tuple(sorted(((row.alert_id, row.facts()) for row in rows), key=lambda pair: pair[1].due_on))


def asked_of(party: CreditCode) -> tuple[tuple[AlertFacts, Question], ...]:
    """要求本单位说明的事项, the unanswered on top."""
    rows = QuestionRow.objects.filter(party=party).select_related("alert").order_by("-asked_at")
    pairs = [(row.alert.facts(), row.facts()) for row in rows]
    return tuple(sorted(pairs, key=lambda pair: pair[1].answered_at is not None))


def withheld(party: CreditCode, codes: Iterable[str]) -> frozenset[str]:
    """尚未告知的预警 among these: nobody has asked this party about it, and it is not settled."""
    waiting = Alert.objects.filter(pk__in=tuple(codes)).exclude(
        state__in=(AlertState.DISMISSED, AlertState.CONFIRMED)
    )
    asked = QuestionRow.objects.filter(party=party).values("alert")
    return frozenset(waiting.exclude(pk__in=asked).values_list("pk", flat=True))


def earlier(found: AlertFacts, *, limit: int = 20) -> tuple[AlertFacts, ...]:
    """相同主体的其他预警, and how they ended."""
    if not found.parties:
        return ()
    same = AlertParty.objects.filter(party__in=found.parties).exclude(alert=found.code)
    rows = Alert.objects.filter(pk__in=same.values("alert")).annotate(findings=Count("found"))
    return _facts(rows.order_by("-raised_at")[:limit])


def alerts_of(lot: LotCode) -> tuple[AlertFacts, ...]:
    """一个标段的预警."""
    return _facts(Alert.objects.filter(lot=lot).annotate(findings=Count("found")).order_by("-raised_at"))


def clues(lot: LotCode) -> tuple[Found, ...]:
    """供评标委员会核实的线索 of a lot: what stands of the findings meant for it, the strongest on top."""
    codes = [code for code, model in models().items() if model.indicator.for_committee]
    rows = FindingRow.objects.filter(lot=lot, indicator__in=codes, vanished_at=None, due=None, is_past=False)
    return tuple(row.facts() for row in rows.order_by("-score", "indicator", "uid"))


def countdowns(
    region: RegionCode, at: datetime, remit: Remit = UNBOUND, *, limit: int = 50
) -> tuple[Found, ...]:
    """期限提醒: limits that are near and not yet kept, the nearest first."""
    rows = FindingRow.objects.filter(
        region__startswith=region.prefix, due__gt=at, vanished_at__isnull=True
    ).order_by("due", "uid")
    return tuple(row.facts() for row in powers.within(remit, rows, category="category")[:limit])


def limits_near(lots: Iterable[LotCode], role: Role, at: datetime) -> tuple[Found, ...]:
    """临近的期限 of these lots that this side has to keep, the nearest first."""
    codes = [code for code, model in models().items() if model.indicator.owed_by is role]
    rows = FindingRow.objects.filter(
        lot__in=list(lots), indicator__in=codes, due__gt=at, vanished_at__isnull=True
    ).order_by("due", "uid")
    return tuple(row.facts() for row in rows)


def untold() -> tuple[tuple[str, int], ...]:
    """尚未留痕的预警: the code, and how many findings and parties were told before."""
    late = AlertParty.objects.filter(is_told=False).values("alert")
    waiting = Q(height__isnull=True) | Q(found__is_told=False, found__is_suppressed=False) | Q(pk__in=late)
    rows = Alert.objects.filter(waiting).distinct().order_by("raised_at", "code")[:UNTOLD_MAX]
    codes = [row.code for row in rows]
    known: Counter[str] = Counter()
    for table in (FindingRow, AlertParty):
        told = table._default_manager.filter(alert__in=codes, is_told=True)
        known.update(dict(told.order_by().values_list("alert").annotate(n=Count("pk"))))
    return tuple((code, known[code]) for code in codes)


def told() -> tuple[str, ...]:
    """已留痕的预警."""
    return tuple(Alert.objects.filter(height__isnull=False).order_by("code").values_list("code", flat=True))


def standing(code: str) -> dict[str, object]:
    """What the rows of one alert say now; {} for one the journal does not know yet."""
    row = Alert.objects.filter(pk=code, height__isnull=False).first()
    if row is None:
        return {}
    asked = QuestionRow.objects.filter(alert=row)
    told = FindingRow.objects.filter(alert=row, is_told=True).values_list("uid", flat=True)
    return {
        "indicator": row.indicator, "grade": row.grade, "lot": row.lot or "",
        "parties": tuple(sorted(row.parties.filter(is_told=True).values_list("party", flat=True))),
        "state": row.state, "outcome": row.outcome, "target": row.target,
        "findings": tuple(sorted(told)), "asked": asked.count(),
        "answered": asked.filter(answered_at__isnull=False).count(),
    }  # fmt: skip


def _facts(rows: Iterable[Alert]) -> tuple[AlertFacts, ...]:
    found = list(rows)
    parties: dict[str, list[str]] = {}
    for alert, party in (
        AlertParty.objects.filter(alert__in=found).order_by("party").values_list("alert", "party")
    ):
        parties.setdefault(alert, []).append(party)
    return tuple(row.facts(tuple(parties.get(row.code, ())), getattr(row, "findings", 1)) for row in found)


def _wanted(wanted: Wanted) -> QuerySet[Alert]:
    exact = {
        "grade": wanted.grade, "indicator": wanted.indicator, "category": wanted.category,
        "authority": wanted.authority, "lot": wanted.lot,
    }  # fmt: skip
    rows = Alert.objects.filter(
        region__startswith=wanted.region.prefix, **{name: value for name, value in exact.items() if value}
    )
    rows = powers.within(wanted.remit, rows, category="category")
    if wanted.is_open is None:
        return rows
    return rows.filter(state__in=OPEN) if wanted.is_open else rows.exclude(state__in=OPEN)
