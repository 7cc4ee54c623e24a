"""当事人的页面: what one is suspected of, what one may say, and who read about it; and the decisions everybody sees."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases import queries, services
from ggzy.oversight.cases.forms import casework as forms
from ggzy.oversight.cases.queries import casework
from ggzy.oversight.cases.rules import casework as rules
from ggzy.oversight.cases.rules import measures
from ggzy.oversight.cases.values.casework import CaseFacts, MeasureKind, Proposal
from ggzy.oversight.cases.views import frame
from ggzy.oversight.cases.views.casework import measure_rows
from ggzy.oversight.powers import queries as listed

Row = tuple[object, ...]
HEARD = ("陈述与申辩", "/desk/heard/")


@require_safe
def heard(request: Request) -> HttpResponse:
    """本单位被告知的案件, and who read what about us."""
    mine = _organisation(pages.signed_in(request))
    readings = listed.readings_about(mine, without=casework.untold(mine))
    quiet = alerts.withheld(mine, {one.what for one in readings})
    context = {
        "rows": casework.told(mine, request.at),
        "readings": [one for one in readings if one.what not in quiet],
        "crumbs": frame.crumbs(("陈述与申辩", "")),
    }
    return pages.show(request, "cases/heard.html", context)


def stating(code: str, at: datetime) -> tuple[type[forms.StateForm], Callable[..., Receipt]]:
    """陈述、申辩: the form and the act."""
    return forms.StateForm, lambda who, data: services.state(
        who, code, data["text"], bool(data["hearing"]), at=at
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: Request, code: str) -> HttpResponse:
    """陈述、申辩、要求听证 on one case."""
    actor = pages.signed_in(request)
    found = casework.told_case(_organisation(actor), code, request.at)
    mine = next(party for party in found.parties if party.code == actor.organisation)
    facts: list[Row] = [
        ("案件", found.title),
        ("办案机关", found.authority),
        ("涉嫌违法情形", found.offence.name, found.offence.article),
        *_measures(found, found.proposal, "拟作出的处理", mine.code),
        ("事实、理由和依据", found.proposal.text if found.proposal else ""),
        ("要求听证", *_last_day(found)),
    ]
    if found.hearing_on:
        facts.append(("听证日期", f"{found.hearing_on:%Y年%m月%d日}"))
    if mine.statement:
        facts.append(("本单位已陈述", mine.statement))
    if found.published_at:
        facts += [
            ("决定文号", found.document),
            *_measures(found, found.decision, "决定", mine.code),
        ]
    return frame.act(
        request,
        forms.StateForm,
        stating(code, request.at)[1],
        title="陈述与申辩",
        action="",
        back="/desk/heard/",
        trail=[HEARD],
        facts=facts,
        verdict=rules.may_state(found, mine.code, "—", False, request.at),
        words="陈述和申辩已入卷",
    )


def _measures(found: CaseFacts, said: Proposal | None, label: str, mine: CreditCode) -> list[Row]:
    """处理措施, one a row: what meets this party first, with the range of the law; then the lot, then the others."""
    if said is None:
        return []
    names = {party.code: party.name for party in found.parties} | {mine: "本单位"}
    fine, ban = measures.fine_range(found.offence, said.base), casework.months(found.offence)
    notes = {
        MeasureKind.FINE: f"法定 {fine[0].figures()} 元至 {fine[1].figures()} 元（{found.offence.article}）"
        if fine
        else "",
        MeasureKind.BAN: f"法定 {ban.least} 至 {ban.most} 个月（{ban.article}），自决定之日起算"
        if ban
        else "",
    }
    order = sorted(said.measures, key=lambda one: (one.party != mine, one.party is not None))
    return [
        (
            f"{label}（{names[one.party] if one.party else '标段'}）",
            measures.words_of(one),
            notes.get(one.kind, ""),
        )
        for one in order
    ]


def _last_day(found: CaseFacts) -> tuple[str, str]:
    """要求听证的最后一日, where what is proposed may be heard."""
    if not rules.is_heard(found.proposal):
        return "拟作出的处理不属于可以要求听证的情形，可以陈述和申辩", "行政处罚法 §63"
    return f"最后一日 {found.state_by:%Y年%m月%d日}" if found.state_by else "", "行政处罚法 §64"


@require_safe
def penalties(request: Request) -> HttpResponse:
    """处理决定公开."""
    rows = [(one, measure_rows(one, is_decision=True)) for one in queries.published(request.at)]
    return pages.show(request, "cases/penalties.html", {"rows": rows})


@require_safe
def penalties_json(request: Request) -> JsonResponse:
    """处理决定 as data."""
    return JsonResponse({"decisions": [_row(one) for one in queries.published(request.at, limit=1000)]})


def _row(one: CaseFacts) -> dict[str, Any]:
    return {
        "case": one.code,
        "lot": one.lot,
        "authority": one.authority,
        "document": one.document,
        "offence": one.offence.name,
        "article": one.offence.article,
        "parties": [{"code": str(party.code), "name": party.name} for party in one.parties],
        "decision": kernel_events.body(one.decision) if one.decision else None,
        "decided_at": kernel_events.instant_text(one.decided_at) if one.decided_at else None,
        "published_at": kernel_events.instant_text(one.published_at) if one.published_at else None,
    }


def _organisation(actor: Actor) -> CreditCode:
    identity.permit(actor, Permission.CASE_ANSWER)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    return actor.organisation
