"""查阅预警: in the journal before a byte leaves, and shown to whom it concerns, who sees no word of the alert."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpResponse

from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Verdict
from ggzy.oversight.alerts.forms import ReadForm
from ggzy.oversight.alerts.values.alerts import AlertFacts
from ggzy.oversight.alerts.views.naming import CREDIT_CODE_CHARS
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers import services
from ggzy.trading.dossier.values import Summary


def is_open(request: Request, found: AlertFacts, lot: Summary | None) -> bool:
    """查阅是否已留痕; who handles alerts reads by duty, and that is written here."""
    actor = replace(pages.signed_in(request), request=ui_forms.new_request())
    is_by_duty = actor.has(Permission.ALERT_HANDLE)
    concerned = tuple(concerning(found, lot))
    return services.may_open(actor, found.code, title(found), concerned, is_by_duty=is_by_duty, at=request.at)


def unread(request: Request, found: AlertFacts, lot: Summary | None) -> HttpResponse | None:
    """查阅之前: None once this person's reading is in the journal; else the page that asks why."""
    if is_open(request, found, lot):
        return None
    return pages.act(
        request,
        ReadForm,
        lambda who, data: services.read_file(
            who, found.code, title(found), data["reason"], tuple(concerning(found, lot)), at=request.at
        ),
        template="alerts/step.html",
        context={
            "title": "查阅监管预警",
            "power": powers.power_for("file.read"),
            "verdict": Verdict(),
            "note": "预警受限。写明事由后显示；谁、何时、为何查阅，有关主体都能看到。",
            "crumbs": [("待办", "/desk/"), ("预警", "/desk/alerts/"), ("查阅", "")],
            "back": "/desk/alerts/",
        },
        done=request.path,
        words="查阅事由已留痕",
    )


def enter(request: Request, found: AlertFacts, lot: Summary | None, reason: str) -> None:
    """查阅登记 without a page in between. Raises Refused where a reason is wanted and none is given."""
    if not is_open(request, found, lot):
        actor = replace(pages.signed_in(request), request=ui_forms.new_request())
        concerned = tuple(concerning(found, lot))
        services.read_file(actor, found.code, title(found), reason, concerned, at=request.at)


def title(found: AlertFacts) -> str:
    """材料名称, as those concerned may read it: that there is an alert, not what it says."""
    return f"监管预警 {found.code}"


def concerning(found: AlertFacts, lot: Summary | None) -> Iterator[CreditCode]:
    """有关主体: the parties of the alert, and who runs the lot."""
    yield from (CreditCode(code) for code in found.parties if len(code) == CREDIT_CODE_CHARS)
    if lot is not None:
        yield from (code for code in (lot.owner, lot.agency) if code)
