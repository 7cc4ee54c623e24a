"""公开评标办法."""

from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import canon, digest
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.evaluation import access, events, queries
from ggzy.trading.evaluation.rules import schemes as rules
from ggzy.trading.evaluation.values import EvaluationState, Scheme
from ggzy.trading.tendering import queries as tendering


@command
def publish_scheme(actor: Actor, lot: LotCode, scheme: Scheme, *, at: datetime) -> Receipt:
    """公开评标办法, with the bidding documents. Published again while that is lawful, the later one holds.

    Raises Refused. Basis: 招标投标法 §19, §23; 招标投标法实施条例 §49.
    """
    grip = access.evaluation_to_run(actor, lot, Permission.TENDER_ANNOUNCE)
    tender = tendering.tender(lot, grip.row.round)
    method = queries.scorings().get(scheme.scoring)
    rules.may_publish(
        scheme,
        method,
        lot=grip.lot,
        tender=tender,
        state=EvaluationState(grip.row.state),
        at=grip.at,
        calendar=catalog.calendar(),
    ).require()
    content = kernel_events.body(scheme)
    grip.row.scheme, grip.row.scheme_digest = content, digest.digest(canon.dumps(content))
    grip.row.save(update_fields=["scheme", "scheme_digest"])
    return journal.record(
        events.SchemePublished(lot=lot, round=grip.row.round, scheme=scheme, digest=grip.row.scheme_digest),
        actor=actor,
        at=at,
    )
