"""对留痕的反应: every exercise of a listed power is entered, and every confidential read elsewhere in the house."""

from collections.abc import Callable

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.oversight.cases.models import PowerExercise, ReadingRow
from ggzy.oversight.cases.queries import listing
from ggzy.oversight.cases.rules import powers as rules
from ggzy.registers.parties import queries as parties
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
READS = {"dossier.exported": "导出案卷", "committee.read": "调阅评标委员会名单"}


def exercised(fact: Fact) -> None:
    """监管事项办理: who exercised which row, on what, with which opinion."""
    if fact.actor.role not in WATCHERS:
        return
    lot = _lot(fact)
    is_procurement = lot is not None and lot.category in listing.procurement()
    rows = listing.by_fact()[fact.kind]
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


def read(fact: Fact) -> None:
    """查阅: what officials read elsewhere concerns those who took part in the lot."""
    exercised(fact)
    lot = _lot(fact)
    if fact.actor.role not in WATCHERS or lot is None:
        return
    bidders = [bid.code for bid in dossiers.opened_prices(lot.code)]
    concerned = [code for code in (lot.owner, lot.agency, *bidders) if code]
    ReadingRow.objects.update_or_create(
        height=fact.height,
        defaults={
            "what": str(lot.code),
            "title": f"{READS[fact.kind]}：{lot.title}"[:200],
            "person": fact.actor.person,
            "organisation": parties.name(fact.actor.organisation) if fact.actor.organisation else "",
            "role": fact.actor.role.label,
            "reason": rules.opinion_of(fact.event),
            "at": fact.at,
            "concerning": list(dict.fromkeys(map(str, concerned))),
        },
    )


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


FOLLOWERS: dict[str, Callable[[Fact], None]] = {
    **dict.fromkeys(listing.by_fact(), exercised),
    **dict.fromkeys(READS, read),
}
