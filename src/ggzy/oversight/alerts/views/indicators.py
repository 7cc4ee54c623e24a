"""指标目录: what each looks for, on which article, how often it fires, how often it was right, and its parameters."""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts import forms, indicators, queries, services
from ggzy.oversight.alerts.values.alerts import Precision, Rate
from ggzy.oversight.alerts.views import naming
from ggzy.oversight.powers import queries as powers
from ggzy.registers.catalog import queries as catalog

LIST = ("监管指标", "/desk/indicators/")


@require_safe
def catalogue(request: Request) -> HttpResponse:
    """监管指标目录."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_READ)
    rates, precisions = queries.rates(actor.region, request.at), queries.precisions(actor.region)
    coverage = queries.coverage(actor.region)
    none = Precision(raised=0, confirmed=0, dismissed=0)
    rows = [
        (
            model.indicator,
            rates.get(code, Rate(lots=coverage.lots, fired=0, months=queries.MONTHS)),
            precisions.get(code, none),
        )
        for code, model in indicators.models().items()
    ]
    return pages.show(
        request,
        "alerts/indicators.html",
        {"rows": rows, "coverage": coverage, "crumbs": [("待办", "/desk/"), (LIST[0], "")]},
    )


@require_safe
def indicator(request: Request, code: str) -> HttpResponse:
    """一个监管指标."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_READ)
    found = queries.model(code).indicator
    trades = queries.rates_by_trade(code, actor.region, request.at)
    context = {
        "indicator": found,
        "params": naming.parameters(found, queries.params(found, actor.region)),
        "settings": queries.settings(code),
        "labels": {param.name: param.label for param in found.params},
        "trades": [(catalog.code_name(category), rate) for category, rate in trades],
        "precision": queries.precision(code, actor.region),
        "alerts": naming.titled(
            queries.alerts(queries.Wanted(region=actor.region, indicator=code), limit=10)
        ),
        "may_tune": actor.has(Permission.INDICATOR_TUNE) and bool(found.params),
        "crumbs": [("待办", "/desk/"), LIST, (code, "")],
    }
    return pages.show(request, "alerts/indicator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tune(request: Request, code: str) -> HttpResponse:
    """调整参数 in one's own region."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.INDICATOR_TUNE)
    found = queries.model(code).indicator
    return pages.act(
        request,
        partial(forms.TuneForm, indicator=found),
        lambda who, data: services.tune(who, code, data["name"], data["text"], data["reason"], at=request.at),
        template="alerts/tune.html",
        context={
            "indicator": found,
            "power": powers.power_for("indicator.tune"),
            "region": catalog.region(actor.region).full_name,
            "params": naming.parameters(found, queries.params(found, actor.region)),
            "crumbs": [("待办", "/desk/"), LIST, (code, f"/desk/indicators/{code}/"), ("调整参数", "")],
        },
        done=f"/desk/indicators/{code}/",
        words="参数已调整，对此后的事实起作用",
    )
