"""岗位的命令: who may investigate, review the law, decide."""

from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import judge
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.models import Post
from ggzy.oversight.cases.queries import deciding as queries
from ggzy.oversight.cases.rules import deciding as rules
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded
from ggzy.oversight.cases.values.deciding import PostKind
from ggzy.oversight.powers.services import under


@command
@under("post.appoint")
def appoint(
    actor: Actor, person: str, organisation: CreditCode, kind: PostKind, paper: str, *, at: datetime
) -> Receipt:
    """任命岗位. Basis: 行政处罚法 §42, §57, §58. The receipt's subject is "post/<code>"."""
    access.authority_to_staff(actor, organisation)
    name = identity.person(person).name
    mine = [
        one
        for one in identity.memberships(person)
        if one.organisation == organisation and one.role is Role.SUPERVISOR
    ]
    held = queries.held(person, organisation)
    rules.may_appoint(actor.person, person, held, kind, paper, serves=bool(mine)).require()
    row = Post.objects.create(
        code=access.numbered("GW", mine[0].region, local_date(at).year, Post),
        person=person,
        name=name,
        organisation=organisation,
        kind=kind,
        paper=paper.strip(),
        appointed_at=at,
    )
    fact = events.PostAppointed(
        post=row.code, person=person, organisation=organisation, kind=kind.value, paper=row.paper
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("post.appoint")
def end_post(actor: Actor, code: str, reason: str, *, at: datetime) -> Receipt:
    """终止岗位. What its holder did stays done."""
    row = access.post_to_end(actor, code)
    judge(list(bounded("reason", "终止的原因", reason, TEXT_MAX))).require()
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    return journal.record(events.PostEnded(post=code, reason=reason.strip()), actor=actor, at=at)
