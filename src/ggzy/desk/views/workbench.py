"""标段工作台: every command of every app, alive or with every reason why not."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.desk import queries
from ggzy.desk.views import standing
from ggzy.desk.views.lots import code_of
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.trading.projects import queries as projects


@require_safe
@projects.reading()
def workbench(request: Request, code: str) -> HttpResponse:
    """标段工作台. A lot this person may not see is missing."""
    actor = pages.signed_in(request)
    facts = projects.seen(actor, code_of(code))
    summary = standing.summary_of(request, facts)
    offered = queries.offers(actor, facts.code, request.at)
    course = standing.course(summary, facts, request.at)
    context = {
        "lot": summary,
        "facts": facts,
        "word": course.word,
        "bands": standing.barred(actor, facts, request.at) + standing.bands(summary, facts, request.at),
        "next": course.next,
        "turns": [offer for offer in offered if offer.is_turn],
        "ready": [offer for offer in offered if offer.verdict.ok and not offer.is_turn],
        "waiting": [offer for offer in offered if not offer.verdict.ok and not offer.is_turn],
        "timeline": course.way,
        "role": actor.role.label,
        "now": request.at,
    }
    return pages.show(request, "desk/workbench.html", context)
