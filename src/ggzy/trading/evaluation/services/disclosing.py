"""评委名单的查阅与公开."""

from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.trading.evaluation import access, events
from ggzy.trading.evaluation.queries.reports import named_members
from ggzy.trading.evaluation.rules import disclosure as rules
from ggzy.trading.evaluation.values import EvaluationState, MemberState


@command
def read_committee(actor: Actor, lot: LotCode, reason: str, case: str, *, at: datetime) -> Receipt:
    """调阅评标委员会名单: the fact is written before a name leaves. Raises Refused without a reason."""
    grip = access.lot_to_watch(actor, lot, Permission.COMMITTEE_READ)
    rules.may_read_committee(reason, case).require()
    return journal.record(
        events.CommitteeRead(lot=lot, round=grip.row.round, reason=reason.strip(), case=case.strip()),
        actor=actor,
        at=at,
    )


@command
def read_clues(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """查看雷同性核查线索: by a member at work, the fact before the clues. Raises Missing, Refused.

    A clue decides nothing: whether bids collude is for the committee and the supervisors (实施条例 §40, §51).
    """
    grip, member = access.seat_of(actor, lot, Permission.REVIEW_WRITE)
    rules.may_read_clues(MemberState(member.state), EvaluationState(grip.row.state)).require()
    fact = events.CluesRead(lot=lot, round=grip.row.round, seat=member.seat)
    return journal.record(fact, actor=actor, at=at)


@command
def publish_committee(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """公开评标委员会名单, with the award notice: called by the act that issues it. Basis: 招标投标法 §37."""
    grip = access.evaluation_of_platform(lot)
    members = named_members(grip.row)
    rules.may_publish_committee(members, grip.row.published_at).require()
    grip.row.published_at = at
    grip.row.save(update_fields=["published_at"])
    return journal.record(
        events.CommitteePublished(lot=lot, round=grip.row.round, members=members), actor=actor, at=at
    )
