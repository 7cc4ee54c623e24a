"""中标通知书: issued once by the owner's side, then one page for both sides, with its code and its file."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict
from ggzy.trading.contracting import forms, queries, rules, services
from ggzy.trading.contracting.services.telling import price_text
from ggzy.trading.contracting.values import AwardFacts, LetterFacts, Runner
from ggzy.trading.contracting.views import place
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering

TITLES = ("中标通知书", "发出中标通知书")


@require_http_methods(place.METHODS)
def letter(request: Request, code: str) -> HttpResponse:
    """中标通知书. The winner sees it once it is issued."""
    actor = pages.signed_in(request)
    if actor.role is Role.BIDDER:
        _, lot, found = place.of_winner(request, code)
    else:
        _, lot = place.of_owner(request, code, Permission.LETTER_ISSUE)
        found = place.award(lot)
    if found.letter is not None and found.winner is not None and request.method != "POST":
        return _shown(request, lot, found, found.letter, found.winner)
    if actor.role is Role.BIDDER:
        raise Missing("招标人还没有发出中标通知书")
    return _issued(request, lot, found)


def _issued(request: Request, lot: LotFacts, found: AwardFacts) -> HttpResponse:
    tender = tendering.tender(lot.code)
    assert tender.terms is not None and tender.deadline is not None, "publicised"
    valid_until = rules.validity_end(tender.deadline, tender.terms.validity_days)
    verdict = rules.may_issue_letter(found, valid_until, request.at)
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda who, _: services.issue_letter(who, lot.code, at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, *TITLES, verdict, style="seal"),
            "rows": [("投标有效期至", show.day(valid_until))],
            "runners": place.runners((found.winner,) if found.winner else ()),
            "hint": "中标人和全部未中标人同时收到结果（招标投标法 §45）。",
        },
        done=f"/desk/lots/{lot.code}/letter/",
        words="中标通知书已发出",
    )


def _shown(
    request: Request, lot: LotFacts, found: AwardFacts, letter: LetterFacts, winner: Runner
) -> HttpResponse:
    by = queries.sign_by(lot, letter.issued_at, request.at)
    context = {
        **place.frame(lot, *TITLES, Verdict()),
        "state_word": found.state.label,
        "letter": letter,
        "lines": [
            ("标段", lot.title),
            ("标段编号", show.code(lot.code)),
            ("中标人", winner.bidder.name),
            ("中标价", price_text(winner.price)),
            ("工期", winner.period or "按招标文件"),
            ("质量", winner.quality or "按招标文件"),
            ("项目负责人", winner.leader or "—"),
            ("发出时间", show.instant(letter.issued_at)),
            ("依法最晚的签订", place.lawful(by, rules.BL46)),
            ("文件摘要", show.digest(letter.digest)),
        ],
        "files": place.files(letter.digest),
        "address": request.build_absolute_uri("/verify/" + show.query({"q": letter.code})),
    }
    return pages.show(request, "contracting/letter.html", context)
