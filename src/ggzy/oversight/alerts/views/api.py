"""监督部门的数据接口: the same reads as the pages, for their own systems; signed in, within the region."""

from decimal import Decimal
from typing import Any

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.events import body, instant_text
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import indicators, queries
from ggzy.oversight.alerts.values.alerts import AlertFacts
from ggzy.oversight.alerts.views import naming, reading
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers.values import Remit

SIZE_MAX = 200


@require_safe
def alerts(request: Request) -> JsonResponse:
    """预警清单: `grade`, `indicator`, `lot`, `open` (true or false), `page`, `size`. What an alert says is not in it."""
    try:
        actor = pages.signed_in(request)
        identity.permit(actor, Permission.ALERT_READ)
    except Forbidden as refused:
        return JsonResponse({"message": refused.message}, status=403)
    get = request.GET.get
    remit = powers.remit(actor)
    wanted = queries.Wanted(
        region=actor.region,
        remit=remit,
        is_open={"true": True, "false": False}.get(get("open", "")),
        grade=get("grade", "")[:8],
        indicator=get("indicator", "")[:8],
        lot=get("lot", "")[:40],
    )
    page = ui_forms.whole_number(get("page"), 1, 1, 100_000)
    size = ui_forms.whole_number(get("size"), 50, 1, SIZE_MAX)
    rows = queries.alerts(wanted, offset=(page - 1) * size, limit=size)
    return JsonResponse(
        {"total": queries.count(wanted), "page": page, "alerts": [_row(row, remit) for row in rows]}
    )


@require_safe
def alert(request: Request, code: str) -> JsonResponse:
    """一项预警 with its findings; who does not handle alerts gives `reason`, which is journalled first."""
    try:
        actor = pages.signed_in(request)
        found = queries.seen(actor, code)
        reading.enter(request, found, naming.lot(found.lot), request.GET.get("reason", ""))
    except Forbidden as refused:
        return JsonResponse({"message": refused.message}, status=403)
    except Missing as missing:
        return JsonResponse({"message": missing.message}, status=404)
    except Refused as refused:
        return JsonResponse({"message": "；".join(map(str, refused.reasons))}, status=403)
    known = queries.findings(code)
    rate = queries.rate(found, max((one.score for one in known), default=Decimal()), request.at)
    findings = [
        {
            "sentence": one.sentence, "grade": one.grade.value, "score": str(one.score),
            "first_at": instant_text(one.first_at), "evidence": [body(row) for row in one.evidence],
            "vanished_at": instant_text(one.vanished_at) if one.vanished_at else None,
        }
        for one in known
    ]  # fmt: skip
    return JsonResponse(
        {
            **_row(found, powers.remit(actor)),
            "sentence": found.sentence,
            "parties": list(found.parties),
            "rate": {"lots": rate.lots, "fired": rate.fired},
            "findings": findings,
        }
    )


@require_safe
def catalogue(request: Request) -> JsonResponse:
    """监管指标目录."""
    try:
        identity.permit(pages.signed_in(request), Permission.ALERT_READ)
    except Forbidden as refused:
        return JsonResponse({"message": refused.message}, status=403)
    names = ("code", "name", "basis", "why", "quiet", "version")
    rows = [
        {name: getattr(model.indicator, name) for name in names} | {"grade": model.indicator.grade.value}
        for model in indicators.models().values()
    ]
    return JsonResponse({"indicators": rows})


def _row(found: AlertFacts, remit: Remit) -> dict[str, Any]:
    return {
        "code": found.code,
        "indicator": found.indicator.code,
        "name": found.indicator.name,
        "grade": found.grade.value,
        "lot": str(found.lot or ""),
        "region": str(found.region),
        "category": found.category,
        "authority": found.authority,
        "unclaimed": powers.is_unclaimed(remit, found.region, found.lot, found.category),
        "state": found.state.value,
        "outcome": found.outcome,
        "raised_at": instant_text(found.raised_at),
        "height": found.height,
    }
