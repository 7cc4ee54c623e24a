"""公开评标办法."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.forms import Form
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.trading.evaluation import queries, services
from ggzy.trading.evaluation.forms import again
from ggzy.trading.evaluation.forms.schemes import (
    BestValueForm,
    ComprehensiveForm,
    HighestPriceForm,
    LowestPriceForm,
)
from ggzy.trading.evaluation.views import place

FORMS: dict[str, type[Form]] = {
    "comprehensive": ComprehensiveForm,
    "lowest_price": LowestPriceForm,
    "best_value": BestValueForm,
    "highest_price": HighestPriceForm,
}

ROWS = 3  # of the criteria, before the rest is unfolded


@require_http_methods(["GET", "HEAD", "POST"])
def scheme(request: Request, code: str) -> HttpResponse:
    """公开评标办法: compose, publish, or publish again while that is lawful."""
    _, lot = place.owner_page(request, code)
    held: list[Any] = []

    def made(*args: Any, **kwargs: Any) -> Form:
        held.append(FORMS[lot.scoring](*args, **kwargs))
        return held[-1]

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.publish_scheme(actor, lot.code, held[-1].scheme(), at=request.at)

    method = queries.scorings()[lot.scoring]
    published = queries.scheme(lot.code)
    return pages.act(
        request,
        made,
        run,
        template="evaluation/scheme.html",
        context={
            "lot": lot,
            "method": method,
            "scheme": published,
            "shown": max(ROWS, len(published.criteria) if published else 0),
            "crumbs": place.crumbs(lot, "公开评标办法"),
        },
        initial=again.typed(published) if published else {},
        done=f"{place.base(lot)}/scheme/",
        words="评标办法已公开",
    )
