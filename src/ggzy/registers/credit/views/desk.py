"""信用管理: what a supervisor enters, decides and takes in."""

from dataclasses import replace
from datetime import date, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.instants import local_date
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import access, forms, queries, rules, services
from ggzy.registers.credit.values import Ban, RecordFacts

HOME = "/desk/credit/"


@require_safe
def register(request: Request) -> HttpResponse:
    """信用管理: for those who watch, every entry about a party, shown or not; what waits comes first."""
    may_mark = access.may_look(request.actor)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    today = local_date(request.at)
    records, bans = queries.found_records(words), queries.found_bans(words)
    listings = queries.found_listings(words)
    kinds = queries.blacklists()
    context = {
        "words": words,
        "may_mark": may_mark,
        "records": [(record, _state(record, today), _late(record)) for record in records],
        "bans": [(ban, _running(ban, request.at)) for ban in bans],
        "listings": [(one, kinds[one.list].name) for one in listings],
        "appeals": queries.open_appeals(),
        "today": today,
        "disputed": queries.disputed(
            [*(one.code for one in records), *(one.code for one in bans), *(one.code for one in listings)]
        ),
        "namesakes": queries.namesakes(
            {ban.party for ban in bans} | {one.party for one in records}, request.at
        ),
    }
    return pages.show(request, "credit/register.html", context)


def _late(record: RecordFacts) -> bool:
    """双公示是否逾期."""
    recorded = local_date(record.recorded_at)
    return rules.is_published_late(record, recorded, catalog.calendar())


def _state(record: RecordFacts, today: date) -> str:
    if record.repaired_on:
        return "已修复"
    if record.withdrawn_on:
        return "已撤销"
    return "公示中" if rules.is_shown(record, today) else "不公示"


def _running(ban: Ban, at: datetime) -> str:
    if ban.lifted_at:
        return "已解除"
    return "禁入期内" if at in ban.period else "未开始" if at < ban.period.start else "已届满"


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    """记入信用记录."""
    access.may_mark(request.actor)
    return pages.act(
        request,
        forms.RecordForm,
        lambda actor, data: services.record(actor, forms.new_record(data), at=request.at),
        template="credit/enter.html",
        context={"title": "记入信用记录", "submit": "记入"},
        done=HOME,
        words="已记入信用记录",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ban(request: Request) -> HttpResponse:
    """公布市场禁入."""
    access.may_mark(request.actor)
    return pages.act(
        request,
        forms.BanForm,
        lambda actor, data: services.ban(actor, forms.new_ban(data), at=request.at),
        template="credit/enter.html",
        context={
            "title": "公布市场禁入",
            "submit": "公布",
            "warning": "公布后，该主体在禁入期内不能投标。请核对决定文书。",
        },
        done=HOME,
        words="已公布市场禁入",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def repair(request: Request, code: str) -> HttpResponse:
    """信用修复."""
    access.may_mark(request.actor)
    facts = queries.record(code)
    return pages.act(
        request,
        forms.ReasonForm,
        lambda actor, data: services.repair(actor, code, forms.decision(data), data["text"], at=request.at),
        template="credit/enter.html",
        context={"title": "修复信用记录", "submit": "修复", "about": f"{facts.name}：{facts.title}"},
        done=HOME,
        words="已修复信用记录，停止公示",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: Request, code: str) -> HttpResponse:
    """提前解除市场禁入."""
    access.may_mark(request.actor)
    facts = queries.ban(code)
    return pages.act(
        request,
        forms.ReasonForm,
        lambda actor, data: services.lift(actor, code, forms.decision(data), data["text"], at=request.at),
        template="credit/enter.html",
        context={"title": "提前解除市场禁入", "submit": "解除", "about": f"{facts.name}：{facts.reason}"},
        done=HOME,
        words="已解除市场禁入",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request) -> HttpResponse:
    """拟列入严重失信主体名单."""
    access.may_mark(request.actor)
    return pages.act(
        request,
        forms.ProposeForm,
        lambda actor, data: services.propose(actor, forms.new_listing(data), at=request.at),
        template="credit/enter.html",
        context={
            "title": "拟列入严重失信主体名单",
            "submit": "提出",
            "warning": "提出之后要先告知主体、听取陈述申辩，才能决定和公布。",
        },
        done=lambda receipt: HOME,
        words="已提出，请告知主体",
    )


@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """名单条目: its way so far, and what can be done now."""
    may_mark = access.may_look(request.actor)
    return pages.show(request, "credit/listing.html", _listing(code) | {"may_mark": may_mark})


def _listing(code: str) -> dict[str, object]:
    facts = queries.listing(code)
    return {"listing": facts, "kind": queries.blacklists()[facts.list], "may_mark": True}


@require_POST
def notify(request: Request, code: str) -> HttpResponse:
    """告知主体."""
    access.may_mark(request.actor)
    return pages.act(
        request,
        forms.StepForm,
        lambda actor, data: services.notify(actor, code, at=request.at),
        template="credit/listing.html",
        context=_listing(code),
        done=f"{HOME}lists/{code}/",
        words="已告知主体，开始听取陈述申辩",
    )


@require_POST
def publish(request: Request, code: str) -> HttpResponse:
    """公布名单."""
    access.may_mark(request.actor)
    return pages.act(
        request,
        forms.StepForm,
        lambda actor, data: services.publish(actor, code, at=request.at),
        template="credit/listing.html",
        context=_listing(code),
        done=f"{HOME}lists/{code}/",
        words="已公布，即时生效",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, code: str) -> HttpResponse:
    """决定列入名单."""
    access.may_mark(request.actor)
    facts = queries.listing(code)
    return pages.act(
        request,
        forms.DecideForm,
        lambda actor, data: services.decide(actor, code, forms.decision(data), data["answer"], at=request.at),
        template="credit/enter.html",
        context={
            "title": "决定列入名单",
            "submit": "决定",
            "about": f"{facts.name}：{queries.blacklists()[facts.list].name}",
            "quote": ("主体的陈述申辩", facts.plea) if facts.plea else None,
        },
        done=f"{HOME}lists/{code}/",
        words="已作出决定，尚未公布",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, code: str) -> HttpResponse:
    """撤销名单条目, or drop a proposal."""
    access.may_mark(request.actor)
    facts = queries.listing(code)
    return pages.act(
        request,
        forms.WithdrawForm,
        lambda actor, data: services.withdraw_listing(
            actor, code, data["reason"], data["document"], at=request.at
        ),
        template="credit/enter.html",
        context={"title": "撤销名单条目", "submit": "撤销", "about": f"{facts.name}：{facts.reason[:80]}"},
        done=f"{HOME}lists/{code}/",
        words="已撤销，即时停止公布和限制",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Request, code: str) -> HttpResponse:
    """处理异议、修复申请."""
    access.may_mark(request.actor)
    appeal = queries.appeal(code)
    return pages.act(
        request,
        forms.settle_form(appeal.kind),
        lambda actor, data: services.settle(
            actor,
            code,
            forms.AppealState(data["state"]),
            data["answer"],
            correction=forms.correction(data),
            decision=forms.optional_decision(data),
            at=request.at,
        ),
        template="credit/enter.html",
        context={
            "title": f"处理{appeal.kind.label}",
            "submit": "处理",
            "about": f"信用编号 {appeal.entry}，最迟 {appeal.due_on} 处理",
            "quote": ("申请人的陈述", appeal.text),
        },
        done=HOME,
        words="已处理，即时生效",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Request) -> HttpResponse:
    """导入名单和决定: what is right and new comes in, every other line is told by its number."""
    access.may_mark(request.actor)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "head": rules.HEAD, "more": rules.MORE}
    context["names"] = [kind.name for kind in queries.blacklists().values()]
    if request.method != "POST":
        return pages.show(request, "credit/import.html", context)
    try:
        text = queries.table(form.cleaned_data["file"].read()) if form.is_valid() else ""
    except ValueError as error:
        form.add_error("file", str(error))
    if not form.is_valid():
        return pages.show(request, "credit/import.html", context, status=422)
    found = queries.screened(text, request.at)
    if found.ready:
        actor = replace(pages.signed_in(request), request=form.cleaned_data["request"])
        services.import_entries(actor, text, form.cleaned_data["source"], at=request.at)
    context |= {"found": found, "form": forms.ImportForm()}
    return pages.show(request, "credit/import.html", context, status=200 if found.ready else 422)
