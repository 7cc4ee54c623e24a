"""说明情况: what the supervisors ask of one's own organisation, and the answer."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts import forms, queries, rules, services
from ggzy.oversight.alerts.queries.alerts import NO_ALERT
from ggzy.oversight.alerts.values.alerts import AlertFacts, Question

LIST = ("情况说明", "/desk/explanations/")


@require_safe
def explanations(request: Request) -> HttpResponse:
    """要求本单位说明的事项, the unanswered on top."""
    return pages.show(request, "alerts/explanations.html", {"rows": _mine(request), "now": request.at})


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: Request, code: str) -> HttpResponse:
    """说明情况: the question alone; the evidence stays with the supervisors."""
    mine = [(alert, question) for alert, question in _mine(request) if alert.code == code]
    if not mine:
        raise Missing(NO_ALERT)
    question = mine[0][1]
    return pages.act(
        request,
        forms.AnswerForm,
        lambda who, data: services.explain(who, code, data["text"], at=request.at),
        template="alerts/explain.html",
        context={
            "question": question,
            "verdict": rules.may_explain(question.answered_at is None, "已写明情况"),
            "crumbs": [("待办", "/desk/"), LIST, ("说明", "")],
        },
        done="/desk/explanations/",
        words="情况说明已送达监督部门",
    )


def _mine(request: Request) -> tuple[tuple[AlertFacts, Question], ...]:
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_EXPLAIN)
    return queries.asked_of(actor.organisation) if actor.organisation else ()
