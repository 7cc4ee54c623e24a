"""评标报告的读取, and the committee once it may be known."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel import events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.trading.evaluation.models import Evaluation, Member
from ggzy.trading.evaluation.queries.schemes import SCORINGS, row_of, scheme_of
from ggzy.trading.evaluation.queries.sittings import (
    coefficients_of,
    corrections_of,
    members_of,
    rejections_of,
)
from ggzy.trading.evaluation.rules import assembling
from ggzy.trading.evaluation.values import (
    Candidate,
    Dissent,
    EvaluationState,
    MemberKind,
    MemberState,
    NamedMember,
    Outcome,
    ReportFacts,
)
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering

READ_WINDOW = timedelta(minutes=15)
NO_READ = "请先填写调阅理由；名单只在登记后的十五分钟内可见"


def reported_at(lots: Iterable[LotCode]) -> Mapping[tuple[LotCode, int], datetime]:
    """评标报告的提交时间 of many lots, by lot and round; one query."""
    rows = Evaluation.objects.filter(lot_id__in=list(lots), reported_at__isnull=False)
    found = rows.values_list("lot_id", "round", "reported_at")
    return {(LotCode(lot), round): at for lot, round, at in found if at is not None}


def report(lot: LotCode, round: int | None = None) -> ReportFacts | None:
    """评标报告. None until the outcome stands. Who may see it is asked first of `rules.disclosure`."""
    row = row_of(lot, round)
    if row is None or row.state not in (EvaluationState.CONCLUDED, EvaluationState.REPORTED):
        return None
    bids = tendering.opened_bids(lot, row.round)
    scheme = scheme_of(row)
    outcome = outcome_of(row)
    assert row.concluded_at is not None
    members = members_of(row)
    return ReportFacts(
        lot=lot,
        round=row.round,
        state=EvaluationState(row.state),
        scoring=scheme.scoring,
        scoring_name=SCORINGS[scheme.scoring].name,
        candidates=tuple(events.restore(Candidate, item) for item in row.candidates),
        lines=assembling.lines(outcome, bids, corrections_of(row)),
        rejected=assembling.rejected(rejections_of(row), bids),
        is_all_rejected=row.is_all_rejected,
        competition=row.competition,
        coefficients=coefficients_of(row),
        benchmark=outcome.benchmark,
        dissents=tuple(Dissent(seat=m.seat, text=m.dissent) for m in members if m.dissent),
        members=len(members),
        concluded_at=row.concluded_at,
        reported_at=row.reported_at,
        digest=row.digest,
    )


def outcome_of(row: Evaluation) -> Outcome:
    """评审结论 of a row; empty where all bids were rejected."""
    if row.outcome is None:
        return Outcome(results=())
    outcome: Outcome = events.restore(Outcome, row.outcome)
    return outcome


def committee(lot: LotCode, round: int | None = None) -> tuple[NamedMember, ...]:
    """评标委员会名单. Empty until it was published with the award notice."""
    row = row_of(lot, round)
    if row is None or row.published_at is None:
        return ()
    return named_members(row)


def committee_read(actor: Actor, lot: LotCode, height: int, at: datetime) -> tuple[NamedMember, ...]:
    """调阅评标委员会名单: only for the person whose reasoned read the journal already holds. Raises Missing."""
    row = row_of(lot)
    entry = journal.entry(height)
    subject = f"lot/{lot}/{row.round}/evaluation" if row else ""
    if (
        row is None
        or entry.kind != "committee.read"
        or entry.subject != subject
        or entry.actor.person != actor.person
        or at - entry.at > READ_WINDOW
    ):
        raise Missing(NO_READ)
    return named_members(row)


def named_members(row: Evaluation) -> tuple[NamedMember, ...]:
    """The list with names and salts; for this app's own use."""
    rows = Member.objects.filter(evaluation=row).exclude(state=MemberState.VACATED)
    members = list(rows.select_related("leaf").order_by("seat"))
    people = identity.people({m.person for m in members})
    owner = str(projects.lot(row.lot_id).owner)
    return tuple(
        NamedMember(
            seat=m.seat,
            kind=MemberKind(m.kind),
            name=people[m.person].name if m.person in people else "",
            employer=m.leaf.employer if m.leaf else owner,
            specialty=m.specialty,
            expert=ExpertCode(m.expert) if m.expert else None,
            region=RegionCode(m.leaf.region) if m.leaf else None,
            salt=bytes(m.leaf.salt) if m.leaf else b"",
            leaf=bytes(m.leaf.leaf) if m.leaf else b"",
        )
        for m in members
    )
