"""工作台的记录: the journal and the dossier as pages of the desk show them, and who plays in the demo."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ggzy.desk import rules
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity.values import MembershipFacts
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Disclosed, EntryFacts, Fact
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import KINDS, Audience
from ggzy.kernel.roles import Role
from ggzy.registers.parties import queries as parties
from ggzy.service.portal import queries as portal
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

UNSAID = frozenset({"bid.read_out", "lot.advanced"})  # has a table of its own; follows from another fact


def organisations(codes: Iterable[CreditCode | None]) -> Mapping[CreditCode, str]:
    """单位名称 by code; a seat of no organisation has none."""
    return parties.names([code for code in codes if code])


def entries(after: int, until: int) -> tuple[tuple[EntryFacts, str], ...]:
    """日志条目 as (entry, what kind of fact), newest first; what was erased has no kind."""
    found = [(entry.header, _kind(entry)) for entry in journal.disclosed(after=after, until=until)]
    return tuple(reversed(found))


def _kind(entry: Disclosed) -> str:
    if entry.event is None:
        return "内容已依法删除"
    told = KINDS.get(entry.header.kind)
    return portal.kind_name(told.cls) if told else "填充"


def moments(lot: LotCode, stations: Mapping[str, str] = rules.STATIONS) -> Mapping[str, datetime]:
    """各站时间 of a lot, from its public facts; one query."""
    kinds = (*stations, "round.begun")
    return rules.moments(((fact.kind, fact.at) for fact in dossiers.facts_of(lot, kinds)), stations)


def latest(lot: LotCode, *, limit: int) -> tuple[tuple[Fact, str], ...]:
    """最近的公开记录 of a lot as (fact, its name), newest first."""
    kinds = [kind for kind, told in KINDS.items() if told.audience is Audience.PUBLIC and kind not in UNSAID]
    told = list(dossiers.facts_of(lot, kinds))[-limit:]
    return tuple((fact, portal.kind_name(fact.event)) for fact in reversed(told))


def view_of(actor: Actor | None, lot: LotFacts) -> dossiers.View:
    """Which reading of the dossier this visitor gets."""
    if actor is None or not projects.may_see(actor, lot):
        return "public"
    if actor.role in (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR):
        return "supervision"
    return "party" if actor.role in (Role.OWNER, Role.AGENCY, Role.OPERATOR) else "public"


def cast() -> Mapping[Role, tuple[tuple[MembershipFacts, str], ...]]:
    """演示人物 by role, with the name of the organisation each acts for; experts with a sitting first."""
    serving = {role: identity.serving(role) for role in Role if role is not Role.SYSTEM}
    names = parties.names(
        {held.organisation for some in serving.values() for held in some if held.organisation}
    )
    busy = evaluation.at_work()
    return {
        role: tuple(
            (held, names.get(held.organisation, "") if held.organisation else "")
            for held in sorted(some, key=lambda held: held.person not in busy)
        )
        for role, some in serving.items()
        if some
    }
