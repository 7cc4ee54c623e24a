"""界面自身的页面: the style sheet, the clock, the reader's preferences and the living catalogue."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import answers, catalogue, pages, sheet, show

YEAR = 365 * 24 * 3600
PREFERENCES = {"type": ("large",), "contrast": ("high", "dark")}


@require_safe
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """样式表: its address changes with its text, so it may be kept for a year."""
    answer = HttpResponse(sheet.text(), content_type="text/css; charset=utf-8")
    fresh = fingerprint == sheet.fingerprint()
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if fresh else "no-cache"
    return answer


@require_safe
def clock(request: HttpRequest) -> HttpResponse:
    """平台时间: what the countdown measures the visitor's clock against."""
    at = getattr(request, "at", None) or timezone.now()
    return answers.told({"now": show.iso(at)})


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """大字版、高对比: remembered in a cookie of this browser, nowhere else."""
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    answer = HttpResponseRedirect(target)
    for name, values in PREFERENCES.items():
        chosen = request.GET.get(name)
        if chosen in values:
            answer.set_cookie(f"ui_{name}", chosen, max_age=YEAR, samesite="Lax")
        elif chosen is not None:
            answer.delete_cookie(f"ui_{name}", samesite="Lax")
    return answer


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """部件目录: every part with its shortest, longest and broken example; not in a real installation."""
    if not (getattr(settings, "DEMO", False) or getattr(settings, "TEST", False)):
        raise Http404
    return pages.show(request, "ui/catalogue.html", {"groups": catalogue.groups()})
