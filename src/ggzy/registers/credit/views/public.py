"""信用的页面: what is public, and the desk of those who enter it."""

from datetime import date, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import access, forms, queries, rules, services
from ggzy.registers.credit.values import Ban, RecordFacts, RecordKind

PAGE = 20
LISTS = {"bans": "市场禁入", **{kind.value: kind.label for kind in RecordKind}}


@require_safe
def credit(request: Request) -> HttpResponse:
    """信用公开: bans in force, and the records whose term of publication runs."""
    words = request.GET.get("q", "").strip()[:100]
    chosen = request.GET.get("list", "bans")
    chosen = chosen if chosen in LISTS else "bans"
    bans = queries.bans_in_force(request.at, words=words)
    counts = {kind.value: queries.shown_count(request.at, words=words, kind=kind) for kind in RecordKind} | {
        "bans": len(bans)
    }
    pages_count = max(1, -(-counts[chosen] // PAGE))
    page = min(_number(request.GET.get("page", "")), pages_count)
    first = (page - 1) * PAGE
    records = (
        ()
        if chosen == "bans"
        else queries.shown(request.at, words=words, kind=RecordKind(chosen), offset=first, limit=PAGE)
    )
    current = {"q": words, "list": chosen}
    context = {
        "words": words,
        "chosen": chosen,
        "lists": [
            (label, show.query(current, list=code), counts[code], code == chosen)
            for code, label in LISTS.items()
        ],
        "title": LISTS[chosen],
        "bans": [_ban(ban, local_date(request.at)) for ban in bans[first : first + PAGE]]
        if chosen == "bans"
        else [],
        "records": records,
        "page": page,
        "pages": pages_count,
        "total": counts[chosen],
        "current": current,
        "grounds": [_ground(code) for code in queries.grounds()],
    }
    return pages.show(request, "credit/credit.html", context)


def _ban(ban: Ban, today: date) -> dict[str, object]:
    return {"facts": ban, "ground": queries.ground_name(ban.ground), "days": (ban.end - today).days + 1}


def _ground(code: str) -> list[str]:
    ground = queries.grounds()[code]
    term = f"{ground.months_min // 12}年至{ground.months_max // 12}年"
    return [ground.name, ground.scope.label, term, ground.article]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text) < 100_000 else 1


@require_safe
def register(request: Request) -> HttpResponse:
    """信用管理: for supervisors, every entry about a party, shown or not."""
    access.may_mark(request.actor)
    words = request.GET.get("q", "").strip()[:100]
    today = local_date(request.at)
    context = {
        "words": words,
        "records": [(record, _state(record, today)) for record in queries.found_records(words)],
        "bans": [(ban, _running(ban, request.at)) for ban in queries.found_bans(words)],
    }
    return pages.show(request, "credit/register.html", context)


def _state(record: RecordFacts, today: date) -> str:
    if record.repaired_on:
        return "已修复"
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
        done="/desk/credit/",
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
        done="/desk/credit/",
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
        done="/desk/credit/",
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
        done="/desk/credit/",
        words="已解除市场禁入",
    )
