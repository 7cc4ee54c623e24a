"""标段页: its whole life on one page; the most important page of the platform."""

from collections.abc import Mapping

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from ggzy.desk import queries
from ggzy.desk.views import auctions, standing
from ggzy.foundation.ui import forms, pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Side
from ggzy.registers.parties import queries as parties
from ggzy.service.portal import queries as portal
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.values import Chapter, OpenedBid, Stage, Summary
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections.values import ObjectionFacts, ObjectionState
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts, Phase
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import TenderFacts, TenderState

ROWS = 100
LINES = 100
LATEST = 12


def code_of(text: str) -> LotCode:
    """A typed or linked lot code. Raises Missing for anything else."""
    try:
        return LotCode.parse(text)
    except ValueError as mistake:
        raise Missing() from mistake


@require_safe
@projects.reading()
def lot(request: Request, code: str) -> HttpResponse:
    """标段."""
    facts = _seen(request, code)
    summary = standing.summary_of(request, facts)
    if queries.is_auction(facts.method):
        return auctions.lot(request, facts, summary)
    course = standing.course(summary, facts, request.at)
    opening = dossiers.opening(facts.code, limit=ROWS)
    bids = opening.bids if opening else ()
    published = notices.notices(lot=facts.code)
    tender = tendering.tender(facts.code, facts.round, request.at)
    context = {
        "lot": summary,
        "facts": facts,
        "word": course.word,
        "rows": _overview(facts, summary),
        "bands": standing.bands(summary, facts, request.at),
        "next": course.next,
        "is_over": summary.stage in OVER,
        "entry": _entry(request, facts, summary),
        "timeline": course.way,
        "notices": published,
        "documents": _documents(tender),
        "ceiling": tender.terms.ceiling.amount if tender.terms and tender.terms.ceiling else None,
        "opening": opening,
        "bids": [_bid(bid) for bid in bids],
        "total": dossiers.opened_count(facts.code) if len(bids) == ROWS else len(bids),
        "prices": [bid.amount for bid in dossiers.opened_prices(facts.code) if bid.amount] if bids else [],
        "objections": _objections(facts),
        "objectable": () if facts.standing else objections.open_until(facts.code, request.at),
        "winner": _winner(summary),
        "results": [one for one in published if one.kind in RESULTS],
        "facts_told": queries.latest(facts.code, limit=LATEST),
        "archived": dossiers.archived(facts.code),
        "address": request.build_absolute_uri(f"/lots/{facts.code}/"),
        "now": request.at,
    }
    return pages.show(request, "desk/lot.html", context)


RESULTS = ("candidates", "award_notice", "failure", "contract_notice")
OVER = (Stage.ARCHIVED, Stage.TERMINATED)


def _entry(request: Request, facts: LotFacts, summary: Summary) -> tuple[str, str] | None:
    """我能做什么: the one door from here, as (address, words); a stranger passes the sign-in first."""
    desk = f"/desk/lots/{facts.code}/"
    if request.actor:
        return (desk, "在工作台办理") if projects.may_see(request.actor, facts) else None
    if summary.is_suspended or facts.standing is not None:
        return None
    doors = {Stage.ANNOUNCED: (desk, "登录后投标"), Stage.PUBLICITY: (f"{desk}objections/", "登录后提出异议")}
    found = doors.get(summary.stage)
    return ("/sign-in/" + show.query({"next": found[0]}), found[1]) if found else None


def _seen(request: Request, code: str) -> LotFacts:
    """The lot, unless it has not been announced yet and this visitor may not know of it. Raises Missing."""
    facts = projects.lot(code_of(code))
    is_untold = facts.phase is Phase.REGISTERED and facts.round == 1
    if is_untold and not (request.actor and projects.may_see(request.actor, facts)):
        raise Missing()
    return facts


def _overview(facts: LotFacts, summary: Summary) -> list[tuple[str, object]]:
    names = parties.names([code for code in (facts.owner, facts.agency) if code])
    category = catalog.find_category(facts.category)
    owner, lot = (category.owner_word, category.lot_word) if category else ("招标人", "标段")
    is_sale = category is not None and category.side is Side.SELL
    rows: list[tuple[str, object]] = [
        (f"{lot}编号", show.code(facts.code)),
        ("项目", facts.project_title),
        (owner, _party(facts.owner, names)),
        ("代理机构", _party(facts.agency, names) if facts.agency else f"无，{owner}自行办理"),
        ("地区", portal.region_names([facts.region])[facts.region]),
        ("交易分类", portal.category_name(facts.category)),
        ("交易方式", catalog.method_name(facts.method)),
        ("评标办法", catalog.scoring_name(facts.scoring)),
        ("评估价（估价）" if is_sale else "估算价", show.money(facts.estimate)),
        ("是否必须招标", ("必须招标" if facts.must_tender else "自愿招标") if facts.scoring else ""),
        (f"{lot}内容", facts.content),
        *((one.name, one.text) for one in facts.particulars),
        ("工期或交货期", facts.period),
        ("质量要求", facts.quality),
        ("资金来源", facts.funding),
        ("轮次", f"第 {summary.round} 次交易" if summary.round > 1 else ""),
        ("竞得人" if is_sale else "中标人", _winner(summary)),
        ("成交价" if is_sale else "中标价", _price(summary)),
        ("合同价", show.money(summary.contract_amount) if summary.contract_amount else ""),
    ]
    return [row for row in rows if row[1]]


def _party(code: CreditCode, names: Mapping[CreditCode, str]) -> Markup:
    return show.link(f"/parties/{code}/", names.get(code, str(code)))


def _winner(summary: Summary) -> Markup | str:
    code = summary.winner_code
    return show.link(f"/parties/{code}/", summary.winner) if code else summary.winner


def _price(summary: Summary) -> Markup | str:
    return show.money(summary.award_amount) if summary.award_amount else summary.award_text


def _documents(tender: TenderFacts) -> list[dict[str, object]]:
    if tender.state is TenderState.DRAFTED:
        return []
    return [
        {
            "version": version.version,
            "issued_at": version.issued_at,
            "text": version.text,
            "is_current": version.version == tender.documents_version,
            "files": [(file.name, show.size(file.bytes), file.digest) for file in version.files],
        }
        for version in tender.documents
    ]


def _bid(bid: OpenedBid) -> dict[str, object]:
    return {
        "number": bid.seq,
        "name": show.link(f"/parties/{bid.code}/", bid.bidder),
        "members": [],
        "price": bid.price or (show.money(bid.amount) if bid.amount else "—"),
        "period": bid.period,
        "quality": bid.quality,
        "state": show.state("已解密"),
    }


def _objections(facts: LotFacts) -> list[tuple[object, ...]]:
    """异议: how many, about what, answered when. Who objects and what is said is for the two sides."""
    return [
        (
            f"第 {one.round} 轮 {one.stage.label}" if facts.round > 1 else one.stage.label,
            show.instant(one.raised_at),
            _answer(one),
        )
        for one in objections.objections(facts.code)
    ]


def _answer(one: ObjectionFacts) -> Markup | str:
    if one.state is ObjectionState.PENDING:
        return Markup("待答复，最迟 {}").format(show.day(one.due_on))
    if one.state is ObjectionState.ANSWERED and one.answered_at:
        return Markup("{} 答复{}").format(show.instant(one.answered_at), "（逾期）" if one.is_late else "")
    return one.state.label


@require_safe
def record(request: Request, code: str) -> HttpResponse:
    """全过程记录: every fact this visitor may read, chapter by chapter, each with its height."""
    facts = _seen(request, code)
    summary = dossiers.summary(facts.code)
    view = queries.view_of(request.actor, facts)
    chosen = request.GET.get("chapter") or None
    page = forms.whole_number(request.GET.get("page", ""), 1, 1, 10_000)
    told = dossiers.dossier(facts.code, view, chapter=chosen)
    context = {
        "lot": summary,
        "word": standing.word(summary, facts, request.at),
        "chapters": [_chapter(chapter, page if chosen else 1) for chapter in told.chapters if chapter.lines],
        "chosen": chosen,
        "view": view,
        "archived": dossiers.archived(facts.code),
    }
    return pages.show(request, "desk/record.html", context)


def _chapter(chapter: Chapter, page: int) -> dict[str, object]:
    total = len(chapter.lines)
    return {
        "code": chapter.code,
        "name": chapter.name,
        "total": total,
        "lines": chapter.lines[(page - 1) * LINES : page * LINES],
        "page": page,
        "pages": max(1, -(-total // LINES)),
        "current": {"chapter": chapter.code},
    }


@require_safe
def data(request: Request, code: str) -> JsonResponse:
    """标段 as data."""
    summary = dossiers.summary(_seen(request, code).code)
    return JsonResponse(portal.lot_record(summary, request.at), json_dumps_params={"ensure_ascii": False})


@require_safe
def feed(request: Request, code: str) -> HttpResponse:
    """标段日程 for a calendar program: the deadline and the end of the publicity."""
    summary = dossiers.summary(_seen(request, code).code)
    moments = [("投标截止、开标", summary.deadline), ("公示期满", summary.publicity_until)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ggzy//lot//ZH"]
    for index, (name, at) in enumerate(moments):
        if at is not None:
            lines += [
                "BEGIN:VEVENT",
                f"UID:{summary.lot}-{index}@ggzy",
                f"DTSTAMP:{show.compact(request.at)}",
            ]
            lines += [f"DTSTART:{show.compact(at)}", f"SUMMARY:{name}", "END:VEVENT"]
    return HttpResponse(
        "\r\n".join([*lines, "END:VCALENDAR", ""]), content_type="text/calendar; charset=utf-8"
    )
