"""决定程序的页面: each seat has its own step; and the posts of the authority."""

from typing import Any

from django.forms import ChoiceField
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.oversight.cases import access, services
from ggzy.oversight.cases.forms import casework as forms
from ggzy.oversight.cases.queries import deciding as queries
from ggzy.oversight.cases.rules import deciding as rules
from ggzy.oversight.cases.values.casework import CaseFacts, CaseState
from ggzy.oversight.cases.values.deciding import PostKind
from ggzy.oversight.cases.views import frame

POSTS = ("岗位", "/desk/posts/")

STEPS: dict[str, tuple[str, str, str]] = {
    "join": ("参加办案", "case.join", "已参加办案"),
    "propose": ("提出处理意见", "case.propose", "处理意见已提出"),
    "review": ("法制审核", "case.review", "审核意见已入卷"),
    "voice": ("集体讨论", "case.voice", "讨论意见已入卷"),
    "return": ("退回", "case.return", "处理意见已退回承办人"),
    "decide": ("作出决定", "case.decide", "决定已作出"),
}

RUNS: dict[str, Any] = {
    "join": (forms.JoinForm, lambda who, found, data, at: services.join_case(who, found.code, at=at)),
    "propose": (
        forms.DraftForm,
        lambda who, found, data, at: services.propose(
            who,
            found.code,
            forms.proposal(data, tuple(party.code for party in found.parties)),
            data["grounds"],
            at=at,
        ),
    ),
    "review": (
        forms.OpinionForm,
        lambda who, found, data, at: services.review(
            who, found.code, data["agreed"] == "yes", data["text"], at=at
        ),
    ),
    "voice": (
        forms.OpinionForm,
        lambda who, found, data, at: services.voice(
            who, found.code, data["agreed"] == "yes", data["text"], at=at
        ),
    ),
    "return": (
        forms.ReasonForm,
        lambda who, found, data, at: services.send_back(who, found.code, data["reason"], at=at),
    ),
    "decide": (
        forms.DecideForm,
        lambda who, found, data, at: services.decide(who, found.code, data["document"], at=at),
    ),
}


def open_steps(actor: Actor, case: CaseFacts) -> tuple[str, ...]:
    """本人现在可办的步骤, by the seat this person has in the case."""
    if case.state not in (CaseState.OPEN, CaseState.NOTIFIED) or not actor.has(Permission.CASE_HANDLE):
        return ()
    seats = queries.seats(actor, case)
    is_officer = any(one.person == actor.person for one in case.officers)
    if is_officer:
        return ("notify", "propose", "call") if case.draft is None else ("return",)
    found = ["join"] if PostKind.OFFICER in seats.posts else []
    found += ["hearing"] if case.draft is None else []
    if PostKind.HEAD in seats.posts:
        found += ["drop", "transfer"]
    if case.draft is None:
        return tuple(found)
    draft = case.draft
    if PostKind.REVIEWER in seats.posts and draft.review is None:
        found.append("review")
    if PostKind.HEAD in seats.posts:
        voiced = any(one.person == actor.person for one in draft.voices)
        is_discussed = rules.is_discussed(case, queries.course())
        found += ["voice"] if is_discussed and not voiced else ["decide"]
    return (*found, "return") if {"review", "voice", "decide"} & set(found) else tuple(found)


def told(case: CaseFacts) -> list[tuple[str, object]]:
    """What stands above the form of whoever reviews or decides."""
    words = [("事实、理由和依据", case.draft.decision.text)] if case.draft else []
    return [*words, *((name, f"{how}（{article}）") for name, how, article in course_rows(case))]


def course_rows(case: CaseFacts) -> list[tuple[str, str, str]]:
    """决定程序的进度: each step, how it stands, on which article."""
    course, draft = queries.course(), case.draft
    names = "、".join(one.name for one in case.officers)
    few = len(case.officers) < course.officers_least
    rows = [("承办人", (names or "没有") + ("（不足）" if few else ""), course.officers_article)]
    if draft is None:
        return [*rows, ("处理意见", "还没有提出", course.head_article)]
    rows.append(("处理意见", f"{draft.name}提出", course.head_article))
    asked = "、".join(one.words for one in rules.reviewed_for(case, course))
    review = draft.review
    said = f"{review.name}：{'同意' if review.is_agreed else '不同意'}。{review.text}" if review else ""
    rows.append(
        ("法制审核", said or (f"应当审核：{asked}" if asked else "不是必经程序"), course.review_article)
    )
    if rules.is_discussed(case, course):
        voices = "；".join(
            f"{one.name}{'同意' if one.is_agreed else '不同意'}：{one.text}" for one in draft.voices
        )
        least = rules.quorum(course, queries.heads(case))
        counted = f"{len(draft.voices)} 人已发表意见，至少 {least} 人"
        rows.append(("集体讨论", f"{counted}。{voices}" if voices else counted, course.discussion_article))
    return rows


@require_safe
def posts(request: Request) -> HttpResponse:
    """本机关的岗位: everybody of the authority sees who may do what."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_HANDLE)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    context = {
        "rows": queries.posts(actor.organisation),
        "may_appoint": PostKind.HEAD in queries.held(actor.person, actor.organisation),
        "crumbs": frame.crumbs(("岗位", "")),
    }
    return pages.show(request, "cases/posts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: Request) -> HttpResponse:
    """任命岗位, by the head of the authority."""
    actor = pages.signed_in(request)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    organisation = actor.organisation
    access.authority_to_staff(actor, organisation)
    people = identity.members(organisation, Role.SUPERVISOR)
    choices = [(one.person, one.person_name) for one in people]

    def form(*args: Any, **kwargs: Any) -> forms.AppointForm:
        made = forms.AppointForm(*args, **kwargs)
        field = made.fields["person"]
        assert isinstance(field, ChoiceField), "declared so"
        field.choices = [("", "请选择"), *choices]
        return made

    return frame.act(
        request,
        form,
        lambda who, data: services.appoint(
            who, data["person"], organisation, PostKind(data["kind"]), data["paper"], at=request.at
        ),
        title="任命岗位",
        action="post.appoint",
        back="/desk/posts/",
        trail=[POSTS],
        words="已任命",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: Request, code: str) -> HttpResponse:
    """终止岗位."""
    actor = pages.signed_in(request)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    access.authority_to_staff(actor, actor.organisation)
    found = next((one for one in queries.posts(actor.organisation) if one.code == code), None)
    if found is None:
        raise Missing("没有找到这个岗位")
    return frame.act(
        request,
        forms.ReasonForm,
        lambda who, data: services.end_post(who, code, data["reason"], at=request.at),
        title="终止岗位",
        action="post.appoint",
        back="/desk/posts/",
        trail=[POSTS],
        facts=[("姓名", found.name), ("岗位", found.kind.label), ("证件或者任职文号", found.paper)],
        words="岗位已终止",
    )
