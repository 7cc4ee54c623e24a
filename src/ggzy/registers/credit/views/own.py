"""本单位信用: what is on record about one's own organisation, and what can be done against it."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import access, forms, queries, rules, services
from ggzy.registers.credit.values import Gravity, Listing, ListState, RecordFacts
from ggzy.registers.credit.views.public import effects, lines
from ggzy.registers.parties import queries as parties

HOME = "/desk/my-credit/"
SAID = "—"  # the words come with the form; the rest is judged before


@require_safe
def mine(request: Request) -> HttpResponse:
    """本单位信用: every entry, published or not, and why a step is not open yet."""
    party = access.party_of(pages.signed_in(request))
    grade, waiting = queries.grade(party, request.at), queries.appealed(party)
    context = {
        "about": parties.name(party),
        "grade": grade,
        "model": queries.model(),
        "lines": lines(grade),
        "effects": effects(queries.effects_of(party, request.at)),
        "records": [_record(request, one, waiting) for one in queries.records_of(party)],
        "bans": [
            {"facts": ban, "ground": queries.ground_name(ban.ground), "is_on": request.at in ban.period}
            for ban in queries.bans_of(party)
        ],
        "listings": [_listing(request, one, waiting) for one in queries.listings_of(party)],
        "appeals": queries.appeals_of(party),
    }
    return pages.show(request, "credit/mine.html", context)


def _record(request: Request, record: RecordFacts, waiting: frozenset[str]) -> dict[str, object]:
    term = queries.terms()[record.gravity] if record.gravity else None
    is_open, today = record.code in waiting, local_date(request.at)
    is_over = record.repaired_on is not None or record.withdrawn_on is not None
    return {
        "facts": record,
        "is_over": is_over,
        "object": rules.may_object(SAID, is_over=is_over, is_open=is_open),
        "repair": rules.may_apply(record, term, SAID, is_open=is_open, today=today),
    }


def _listing(request: Request, listing: Listing, waiting: frozenset[str]) -> dict[str, object]:
    term, today = queries.terms()[Gravity.SERIOUS], local_date(request.at)
    is_open = listing.code in waiting
    objects = rules.may_object(SAID, is_over=listing.state.is_over, is_open=is_open)
    return {
        "facts": listing,
        "list": queries.blacklists()[listing.list].name,
        "is_heard": listing.state is ListState.NOTICED,
        "is_public": listing.state is ListState.PUBLISHED,
        "plead": rules.may_plead(listing, SAID, today),
        "object": objects,
        "repair": rules.may_repair_listing(listing, term, today) & objects,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: Request, entry: str) -> HttpResponse:
    """提出信用信息异议."""
    access.party_of(pages.signed_in(request))
    return pages.act(
        request,
        forms.SayForm,
        lambda actor, data: services.object_to(actor, entry, data["text"], at=request.at),
        template="credit/say.html",
        context={
            "title": "对信用信息提出异议",
            "submit": "提出异议",
            "entry": entry,
            "hint": f"收到之日起{rules.CHECK_DAYS}个工作日内核实；核实期间该信息标注“异议核实中”。",
        },
        done=HOME,
        words="已提出异议，该信息已标注",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_repair(request: Request, entry: str) -> HttpResponse:
    """申请信用修复."""
    access.party_of(pages.signed_in(request))
    return pages.act(
        request,
        forms.SayForm,
        lambda actor, data: services.apply_for_repair(actor, entry, data["text"], at=request.at),
        template="credit/say.html",
        context={
            "title": "申请信用修复",
            "submit": "提出申请",
            "entry": entry,
            "hint": "请写明义务履行和纠正失信行为的情况。由作出认定的机关决定；准予修复后即时停止公示、共享和使用。",
        },
        done=HOME,
        words="已提出修复申请",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plead(request: Request, code: str) -> HttpResponse:
    """陈述申辩."""
    access.party_of(pages.signed_in(request))
    return pages.act(
        request,
        forms.SayForm,
        lambda actor, data: services.plead(actor, code, data["text"], at=request.at),
        template="credit/say.html",
        context={
            "title": "陈述申辩",
            "submit": "提交",
            "entry": code,
            "hint": "机关决定时必须写明是否采纳和理由；提交后不能修改。",
        },
        done=HOME,
        words="已提交陈述申辩",
    )
