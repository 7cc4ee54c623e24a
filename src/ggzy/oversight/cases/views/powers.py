"""权责清单的页面: public, and as data."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel import events as kernel_events
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases import queries
from ggzy.oversight.cases.queries import listing
from ggzy.oversight.cases.values.powers import Exercise
from ggzy.oversight.powers import queries as listed


@require_safe
def powers(request: Request) -> HttpResponse:
    """权责清单."""
    used = listing.exercised()
    context = {"rows": [(row, used.get(row.code, 0)) for row in listed.powers()]}
    return pages.show(request, "cases/powers.html", context)


@require_safe
def power(request: Request, key: str) -> HttpResponse:
    """一项权责: its basis, limits and forms, and how it was exercised where that is public."""
    actor = request.actor
    may_read = actor is not None and actor.has(Permission.CASE_READ)
    region = actor.region if actor is not None and may_read else None
    row = listed.power(key)
    used = queries.exercises(power=row.code, region=region, public_only=not may_read)
    return pages.show(request, "cases/power.html", {"row": row, "used": used, "may_read": may_read})


@require_safe
def powers_json(request: Request) -> JsonResponse:
    """权责清单 as data."""
    return JsonResponse({"powers": [kernel_events.body(row) for row in listed.powers()]})


@require_safe
def exercises_json(request: Request) -> JsonResponse:
    """监管事项办理 (数据集 400), what is public of it."""
    used = queries.exercises(public_only=True, limit=1000)
    return JsonResponse({"dataset": "400", "rows": [_row(one) for one in used]})


def _row(one: Exercise) -> dict[str, Any]:
    """The names of the field list of dataset 400."""
    return {
        "UNIFIED_DEAL_CODE": str(one.lot or ""),
        "BID_SECTION_NAME": one.lot_title,
        "TRADE_STEP": one.step,
        "APPROVAL_PROJECT": f"{one.power} {one.item}",
        "GOVERMENT": one.authority,
        "AREA": str(one.region),
        "LAW": one.basis,
        "IS_PAST": "1" if one.is_passed else "0",
        "CONTENT": one.opinion,
        "APPROVAL_DATE": kernel_events.instant_text(one.at),
        "SIGNATURE": f"journal:{one.height}",
    }
