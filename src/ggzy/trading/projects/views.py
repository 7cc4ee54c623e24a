"""入场登记的页面: projects, the register, the rules a lot keeps, its end."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Rate
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Category, Limit
from ggzy.registers.parties import queries as parties
from ggzy.trading.projects import forms, queries, rules, services
from ggzy.trading.projects.values import Answer, Order

PAGE = 20
UNITS = {
    "d": "日",
    "wd": "个工作日",
    "h": "小时",
    "min": "分钟",
    "count": "个",
    "year": "年",
    "month": "个月",
}
UNITS |= {"yuan": "元", "flag": ""}
OPS = {"min": "不少于", "max": "不超过", "eq": ""}


@require_safe
def projects(request: Request) -> HttpResponse:
    """项目列表."""
    actor = pages.signed_in(request)
    text = request.GET.get("q", "").strip()[:100]
    found = queries.projects_seen(actor, text=text, limit=100)
    names = parties.names({one.owner for one in found})
    context = {
        "text": text,
        "rows": [(one, names.get(one.owner, str(one.owner))) for one in found],
        "may_register": actor.has(Permission.PROJECT_REGISTER),
    }
    return pages.show(request, "projects/projects.html", context)


@require_safe
def project(request: Request, code: str) -> HttpResponse:
    """项目."""
    actor = pages.signed_in(request)
    facts = queries.project_seen(actor, code)
    lots = queries.lots(project=facts.code)
    names = parties.names({found for found in (facts.owner, facts.agency) if found})
    context = {
        "project": facts,
        "region": catalog.region(facts.region).full_name,
        "owner": names.get(facts.owner, str(facts.owner)),
        "agency": names.get(facts.agency, str(facts.agency)) if facts.agency else "",
        "lots": lots,
        "may_register": actor.has(Permission.LOT_REGISTER),
    }
    return pages.show(request, "projects/project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register_project(request: Request) -> HttpResponse:
    """项目登记."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.PROJECT_REGISTER):
        raise Forbidden()
    return pages.act(
        request,
        partial(forms.ProjectForm, actor=actor),
        lambda who, data: services.register_project(who, forms.new_project(who, data), at=request.at),
        template="projects/register_project.html",
        context={"role": actor.role.label},
        done=lambda receipt: f"/desk/projects/{receipt.subject.split('/')[1]}/",
        words="项目已登记",
    )


@require_safe
def choose_project(request: Request) -> HttpResponse:
    """入场登记: which project the lot belongs to."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.LOT_REGISTER):
        raise Forbidden()
    context = {"rows": queries.projects_seen(actor, limit=50)}
    return pages.show(request, "projects/choose_project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register_lot(request: Request, code: str) -> HttpResponse:
    """标段登记. The first button only asks the catalogue; the second registers."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.LOT_REGISTER):
        raise Forbidden()
    facts = queries.project_seen(actor, code)
    category = _category(request.GET.get("category", ""))
    shaped = partial(forms.LotForm, category=category)
    context: dict[str, Any] = {
        "project": facts,
        "answer": None,
        "category": category,
        "categories": [one for one in catalog.categories() if one.is_open],
    }
    if request.method == "POST":
        form = shaped(request.POST)
        if form.is_valid():
            new = forms.new_lot(facts, category, form.cleaned_data)
            context |= _answered(queries.answer(new, facts, request.at))
        if "check" in request.POST:
            status = 200 if form.is_valid() else 422
            return pages.show(request, "projects/register_lot.html", {**context, "form": form}, status=status)
    return pages.act(
        request,
        shaped,
        lambda who, data: services.register_lot(who, forms.new_lot(facts, category, data), at=request.at),
        template="projects/register_lot.html",
        context=context,
        done=lambda receipt: f"/desk/lots/{receipt.subject.split('/')[1]}/",
        words=f"{category.lot_word}已登记",
    )


def _category(code: str) -> Category:
    """The category of the code asked for; the first one the platform carries, unless it carries that."""
    found = catalog.find_category(code)
    if found is not None and found.is_open:
        return found
    return next(one for one in catalog.categories() if one.is_open)


@require_safe
def rulebook(request: Request, code: str) -> HttpResponse:
    """适用的交易规则: the copy the lot keeps, number by number."""
    actor = pages.signed_in(request)
    lot = queries.seen(actor, code)
    context = {
        "lot": lot,
        "rows": [_limit(limit) for limit in lot.rulebook.limits],
        "milestones": rules.milestones(lot.rulebook, catalog.calendar(), local_date(request.at)),
        "rulebook_digest": lot.rulebook.digest,
    }
    return pages.show(request, "projects/rulebook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def terminate(request: Request, code: str) -> HttpResponse:
    """终止招标, by the owner's side."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.LOT_TERMINATE) or actor.has(Permission.LOT_SUSPEND):
        raise Forbidden()
    lot = queries.seen(actor, code)
    name = parties.name(actor.organisation) if actor.organisation else ""
    verdict = rules.may_terminate(lot, Order(name, "—", "—"), by_owner=True)
    is_tender = catalog.is_scored(lot.method)
    act = "终止招标" if is_tender else "终止交易"
    return pages.act(
        request,
        forms.TerminateForm,
        lambda who, data: services.terminate(who, LotCode(code), forms.order(name, data), at=request.at),
        template="projects/terminate.html",
        context={"lot": lot, "verdict": verdict, "act": act, "is_tender": is_tender},
        done=f"/desk/lots/{code}/",
        words=f"已{act}，平台将发布终止公告",
    )


def _answered(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer,
        "methods": "、".join(catalog.method_name(code) for code in answer.found.methods),
        "deal_category": catalog.code_name(answer.new.deal_category),
        "deposit": _deposit(answer),
        "limits": [_limit(limit) for limit in answer.limits],
    }


def _deposit(answer: Answer) -> str:
    least = f"不低于 {answer.deposit_min.figures()} 元" if answer.deposit_min else ""
    most = f"不高于 {answer.deposit_max.figures()} 元" if answer.deposit_max else ""
    return "，".join(filter(None, (least, most))) or "没有限额"


def _limit(limit: Limit) -> tuple[str, str, str]:
    number = f"{limit.value.normalize():f}"
    if limit.unit == "ratio":
        return limit.text, f"{OPS[limit.op]}{Rate(limit.value).percent_text()}", limit.article
    if limit.unit == "flag":
        return limit.text, "是" if limit.value else "否", limit.article
    return limit.text, f"{OPS[limit.op]}{number}{UNITS.get(limit.unit, limit.unit)}", limit.article
