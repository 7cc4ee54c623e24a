"""雷同性核查线索: what the models of oversight found in the bids of a lot, for the committee that must judge them."""

from dataclasses import replace

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.desk.views.lots import code_of
from ggzy.foundation.ui import forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import queries as alerts
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation import services
from ggzy.trading.projects import queries as projects


class ReadForm(forms.Form):
    """查看: nothing is asked but the decision."""


@require_http_methods(["GET", "HEAD", "POST"])
def clues(request: Request, code: str) -> HttpResponse:
    """雷同性核查线索: for a member of the committee; the read is journalled before a clue is shown."""
    actor, lot = pages.signed_in(request), code_of(code)
    if evaluation.my_seat(lot, actor.person) is None:
        raise Missing()
    form = ReadForm(request.POST) if request.method == "POST" else ReadForm()
    found = None
    if request.method == "POST" and form.is_valid():
        signed = replace(actor, request=form.cleaned_data["request"])
        try:
            services.read_clues(signed, lot, at=request.at)
            found = alerts.clues(lot)
        except Refused as refused:
            form.refuse(refused.reasons)
    context = {
        "lot": projects.lot(lot),
        "form": form,
        "found": found,
        "indicators": {one.indicator: alerts.model(one.indicator).indicator for one in found or ()},
    }
    is_refused = request.method == "POST" and found is None
    return pages.show(request, "desk/clues.html", context, status=422 if is_refused else 200)
