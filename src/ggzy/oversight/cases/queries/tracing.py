"""倒查: from a result back to every fact, person, device and document behind it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal.values import Fact
from ggzy.foundation.vault import queries as vault
from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.digest import parse
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases.queries import casework, complaints, listing
from ggzy.oversight.cases.queries.braking import brakes
from ggzy.oversight.cases.rules import tracing as rules
from ggzy.oversight.cases.values.tracing import Act, Paper, Track
from ggzy.registers.parties import queries as parties
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.values import Line


def track(lot: LotCode, at: datetime) -> Track:
    """倒查 of one lot, as far as supervision may read it now. Raises `Missing`."""
    lines = {line.height: line for line in dossiers.dossier(lot, "supervision").lines}
    facts = [fact for fact in dossiers.facts_of(lot) if fact.height in lines]
    people = identity.people({fact.actor.person for fact in facts})
    organisations = {fact.actor.organisation for fact in facts if fact.actor.organisation}
    record = dossiers.record(lot)
    known = organisations | {trace.bidder for trace in rules.devices(record)}
    names = parties.names(known)
    return Track(
        lot=lot,
        acts=tuple(_act(fact, lines[fact.height], people, names) for fact in facts),
        doers=rules.doers(tuple(_act(fact, lines[fact.height], people, names) for fact in facts)),
        papers=_papers(facts),
        devices=tuple(rules.named(one, names) for one in rules.devices(record)),
        alerts=alerts.alerts_of(lot),
        cases=casework.cases_of(lot, at),
        complaints=complaints.complaints_of(lot),
        brakes=brakes(lot, at),
        exercises=listing.exercises(lot=lot, limit=200),
    )


def _act(fact: Fact, line: Line, people: Mapping[str, object], names: dict[CreditCode, str]) -> Act:
    who = people.get(fact.actor.person)
    organisation = fact.actor.organisation
    return Act(
        height=fact.height,
        at=fact.at,
        title=line.words.title,
        details=tuple((one.label, one.text) for one in line.words.details),
        person=getattr(who, "name", "") or ("平台" if fact.actor.person == "system" else fact.actor.person),
        organisation=names.get(organisation, str(organisation)) if organisation else "",
        role=fact.actor.role.label,
    )


def _papers(facts: Iterable[Fact]) -> tuple[Paper, ...]:
    """Every document a fact names by its digest, and the facts that name it."""
    named: dict[str, list[int]] = {}
    for fact in facts:
        for digest in rules.digests(events.body(fact.event)):
            named.setdefault(digest, []).append(fact.height)
    kept = vault.metas(named)
    return tuple(
        Paper(digest, kept[digest].name if digest in kept else "", tuple(heights))
        for digest, heights in named.items()
        if parse(digest)
    )
