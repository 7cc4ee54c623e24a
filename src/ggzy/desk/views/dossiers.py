"""案卷下载: the public part for anybody, the whole of what one may read against a written reason."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.desk.views.lots import code_of
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.dossier import events, queries, services
from ggzy.trading.dossier.queries import View
from ggzy.trading.dossier.values import Stage
from ggzy.trading.projects import queries as projects

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)


class ExportForm(forms.Form):
    """导出全卷."""

    reason = forms.TextField(label="导出事由", help_text="如：投诉处理、审计项目编号。事由随导出一并留痕。")


@require_safe
def dossier(request: Request, code: str) -> HttpResponse:
    """案卷（公开部分）: everybody's, one file that checks itself."""
    lot = code_of(code)
    summary = queries.summary(lot)
    if summary.stage is Stage.REGISTERED and summary.round == 1:
        raise Missing()
    return _file(lot, "public")


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: Request, code: str) -> HttpResponse:
    """导出全卷: the reason is journalled before a byte leaves."""
    lot = code_of(code)
    actor = pages.signed_in(request)
    projects.seen(actor, lot)
    if not actor.has(Permission.DOSSIER_EXPORT):
        raise Forbidden("导出全卷须以招标人、代理机构或者监督部门的身份办理")
    view: View = "supervision" if actor.role in WATCHERS else "party"
    return pages.act(
        request,
        ExportForm,
        lambda who, data: services.read_whole(who, lot, view, data["reason"], at=request.at),
        template="desk/export.html",
        context={"lot": queries.summary(lot)},
        done=lambda receipt: f"/desk/lots/{lot}/export/{receipt.code}/",
        words="导出已留痕，文件即将下载",
    )


@require_safe
def exported(request: Request, code: str, receipt: str) -> HttpResponse:
    """已留痕的导出: the file goes to whoever gave the reason, and to nobody else."""
    lot, actor = code_of(code), pages.signed_in(request)
    fact = journal.receipt(receipt).fact
    told = fact.event
    if not isinstance(told, events.DossierExported) or told.lot != lot or fact.actor.person != actor.person:
        raise Missing()
    return _file(lot, "supervision" if told.view == "supervision" else "party")


def _file(lot: LotCode, view: View) -> HttpResponse:
    response = HttpResponse(queries.export(lot, view), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="dossier-{lot}.zip"'
    return response


@require_safe
def demo_key(request: Request, person: str) -> FileResponse:
    """演示投标人的证书密钥: a visitor of the demo seals with it; no real platform ever holds one."""
    file = Path(settings.SIGNER_STATE).parent / "bidders" / f"{person}.key"
    if not settings.DEMO or not person.isalnum() or not file.is_file():
        raise Missing()
    return FileResponse(file.open("rb"), as_attachment=True, filename="demo-bidder.key")
