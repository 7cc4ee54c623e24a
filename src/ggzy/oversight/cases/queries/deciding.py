"""决定程序的读取: the course of the law, the posts, and who sits where."""

from functools import cache

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.models import Post
from ggzy.oversight.cases.queries.listing import read
from ggzy.oversight.cases.values.casework import CaseFacts, MeasureKind
from ggzy.oversight.cases.values.deciding import Condition, Course, PostFacts, PostKind, Seats


@cache
def course() -> Course:
    """决定的程序."""
    told = read("course.toml")
    review, discussion = told["review"], told["discussion"]
    return Course(
        officers_least=told["officers"]["least"],
        officers_article=told["officers"]["article"],
        conditions=tuple(
            Condition(row["code"], row["words"], row.get("heard", False)) for row in review["conditions"]
        ),
        review_article=review["article"],
        discussed=tuple(MeasureKind(kind) for kind in discussion["measures"]),
        discussed_fine_yuan=discussion["fine_yuan"],
        discussed_conditions=tuple(discussion["conditions"]),
        heads_least=discussion["heads_least"],
        discussion_article=discussion["article"],
        head_article=told["head"]["article"],
    )


def posts(organisation: CreditCode) -> tuple[PostFacts, ...]:
    """本机关现任的岗位."""
    rows = Post.objects.filter(organisation=organisation, ended_at=None).order_by("kind", "code")
    return tuple(row.facts() for row in rows)


def held(person: str, organisation: CreditCode | None) -> frozenset[PostKind]:
    """一个人在一个机关的岗位."""
    rows = Post.objects.filter(person=person, organisation=organisation, ended_at=None)
    return frozenset(PostKind(kind) for kind in rows.values_list("kind", flat=True))


def seats(actor: Actor, case: CaseFacts) -> Seats:
    """行为人在本案的位置: posts count in the authority that leads the case, nowhere else."""
    is_ours = case.organisation is not None and actor.organisation == case.organisation
    posts = held(actor.person, actor.organisation) if is_ours else frozenset()
    return Seats(actor.person, posts, heads(case))


def heads(case: CaseFacts) -> int:
    """能讨论本案的负责人数: those in post who neither investigated nor reviewed it."""
    barred = {one.person for one in case.officers}
    if case.draft is not None and case.draft.review is not None:
        barred.add(case.draft.review.person)
    rows = Post.objects.filter(organisation=case.organisation, kind=PostKind.HEAD, ended_at=None)
    return rows.exclude(person__in=barred).values("person").distinct().count()
