"""对留痕的反应: exercises of listed powers, the practice of agencies, how lots end."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases.models import OutcomeRow, PowerExercise, PracticeRow
from ggzy.oversight.cases.queries import agencies, figures, listing
from ggzy.oversight.cases.rules import agencies as practice
from ggzy.oversight.cases.rules import figures as measures
from ggzy.oversight.cases.rules import powers as rules
from ggzy.oversight.powers import queries as listed
from ggzy.registers.parties import queries as parties
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)


def exercised(fact: Fact) -> None:
    """监管事项办理: who exercised which row, on what, with which opinion."""
    if fact.actor.role not in WATCHERS:
        return
    lot = _lot(fact)
    is_procurement = lot is not None and lot.category in listing.procurement()
    rows = listed.by_fact()[fact.kind]
    power = next((row for row in rows if ("财政" in row.authority) is is_procurement), rows[0])
    PowerExercise.objects.update_or_create(
        height=fact.height,
        defaults={
            "kind": fact.kind,
            "power": power.code,
            "item": power.item,
            "basis": power.basis,
            "step": lot.phase.label if lot else power.step,
            "lot": lot.code if lot else None,
            "lot_title": lot.title if lot else "",
            "region": fact.actor.region,
            "organisation": fact.actor.organisation or "",
            "authority": parties.name(fact.actor.organisation) if fact.actor.organisation else "",
            "person": _person(fact),
            "opinion": rules.opinion_of(fact.event),
            "is_passed": fact.kind not in power.against,
            "is_public": power.public and fact.audience == "public",
            "at": fact.at,
        },
    )


def practised(fact: Fact) -> None:
    """执业事实: what counts in the practice of the agency that runs the lot."""
    lot = _lot(fact)
    if lot is not None and lot.agency is not None:
        _practised(fact, lot, lot.agency, practice.items_of(fact.kind, fact.event))


def confirmed(fact: Fact) -> None:
    """预警查实, where it is the agency's."""
    if not alerts.is_known(fact.event.alert):
        return
    alert = alerts.alert(fact.event.alert)
    lot = projects.lot(alert.lot) if alert.lot else None
    if lot is None or lot.agency is None:
        return
    if practice.is_of_agency(lot.agency, alert.indicator.code, alert.parties):
        _practised(fact, lot, lot.agency, [("alert", f"{alert.indicator.name}：{alert.sentence}")])


def _practised(fact: Fact, lot: LotFacts, agency: CreditCode, items: Iterable[tuple[str, str]]) -> None:
    for item, text in items:
        PracticeRow.objects.update_or_create(
            height=fact.height,
            item=item,
            defaults={
                "agency": agency,
                "lot": lot.code,
                "region": lot.region,
                "text": text,
                "at": fact.at,
                "registered_at": lot.registered_at,
            },
        )


def concluded(fact: Fact) -> None:
    """标段的结果, as the lot's record says up to this fact; none while a new round runs."""
    known = _lot(fact)
    if known is None:
        return
    lot, record = known.code, dossiers.record(known.code, until=fact.height)
    found = measures.outcome(record) if record is not None else None
    if found is None:
        OutcomeRow.objects.filter(pk=lot).delete()
        return
    winner = parties.parties([found.winner]).get(found.winner) if found.winner else None
    found = replace(found, winner_region=winner.region if winner else None)
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "lot"}
    OutcomeRow.objects.update_or_create(pk=lot, defaults=fields)


def _lot(fact: Fact) -> LotFacts | None:
    code = getattr(fact.event, "lot", None)
    try:
        return projects.lot(code) if code else None
    except Missing:
        return None


def _person(fact: Fact) -> str:
    try:
        return identity.person(fact.actor.person).name
    except Missing:
        return fact.actor.person


def _each(*handlers: Callable[[Fact], None]) -> Callable[[Fact], None]:
    def handle(fact: Fact) -> None:
        for handler in handlers:
            handler(fact)

    return handle


_WATCHED: dict[str, Callable[[Fact], None]] = dict.fromkeys(listed.by_fact(), exercised)
_PRACTISED: dict[str, Callable[[Fact], None]] = {
    **dict.fromkeys(agencies.kinds(), practised),
    "alert.confirmed": confirmed,
}
_CONCLUDED: dict[str, Callable[[Fact], None]] = dict.fromkeys(figures.KINDS, concluded)
_ALL = (_WATCHED, _PRACTISED, _CONCLUDED)
MAY_REPEAT = True
"""Every row is written anew by what it is about: hearing all facts again gives the same."""
FOLLOWERS: dict[str, Callable[[Fact], None]] = {
    kind: _each(*(handlers[kind] for handlers in _ALL if kind in handlers))
    for kind in {kind for handlers in _ALL for kind in handlers}
}
