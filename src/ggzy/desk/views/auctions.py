"""竞价标的的公开页: its conditions, viewings, papers, course and result; nothing of who applies before the end."""

from django.http import HttpResponse
from markupsafe import Markup

from ggzy.desk import queries
from ggzy.desk.views import standing
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.service.portal import queries as portal
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.values import AuctionFacts, AuctionState
from ggzy.trading.auctions.values.pages import Deal
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.values import Stage, Summary
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

S = AuctionState
OVER = (Stage.ARCHIVED, Stage.TERMINATED)
SOLD = (S.SOLD, S.CONFIRMED, S.DEFAULTED)
RESULTS = ("sale_notice", "failure", "contract_notice")
LATEST = 12


def lot(request: Request, facts: LotFacts, summary: Summary) -> HttpResponse:
    """标的."""
    auction = auctions.auction(facts.code)
    deal = sales.deal(facts) if auction.state in SOLD else None
    course = standing.course(summary, facts, request.at)
    published = notices.notices(lot=facts.code)
    context = {
        "lot": summary,
        "facts": facts,
        "auction": auction,
        "word": course.word,
        "lot_word": _words(facts)[1],
        "bands": standing.bands(summary, facts, request.at),
        "next": course.next,
        "is_over": summary.stage in OVER,
        "entries": _entries(request, facts, summary, auction),
        "rows": _overview(facts, summary),
        "conditions": sales.key_facts(auctions.formats()[facts.method], auction),
        "viewings": sales.viewings(auction.terms),
        "documents": auction.terms.documents if auction.terms else (),
        "timeline": course.way,
        "notices": published,
        "result": _result(auction, deal, summary),
        "failure": sales.failure_of(facts.code, facts.round) if auction.state in (S.FAILED, S.DEFAULTED) else "",
        "results": [one for one in published if one.kind in RESULTS],
        "has_room": auction.is_prepared,
        "facts_told": queries.latest(facts.code, limit=LATEST),
        "archived": dossiers.archived(facts.code),
        "address": request.build_absolute_uri(f"/lots/{facts.code}/"),
        "now": request.at,
    }  # fmt: skip
    return pages.show(request, "desk/auction.html", context)


def _words(facts: LotFacts) -> tuple[str, str]:
    """What this trade calls the owner and the lot."""
    found = catalog.find_category(facts.category)
    return (found.owner_word, found.lot_word) if found else ("转让方", "标的")


def _entries(
    request: Request, facts: LotFacts, summary: Summary, auction: AuctionFacts
) -> list[tuple[str, str]]:
    """我能做什么: the doors from here, as (address, words); a stranger passes the sign-in first."""
    desk = f"/desk/lots/{facts.code}/"
    found = []
    if request.actor:
        if projects.may_see(request.actor, facts):
            found.append((desk, "在工作台办理"))
    elif not summary.is_suspended and facts.standing is None and _takes(auction, request):
        found.append(("/sign-in/" + show.query({"next": f"{desk}auction/apply/"}), "登录后报名"))
    if auction.is_prepared:
        found.append((f"/auctions/{facts.code}/", "看竞价"))
    return found


def _takes(auction: AuctionFacts, request: Request) -> bool:
    end = auction.apply_end
    return auction.state in (S.ANNOUNCED, S.OPEN) and end is not None and request.at < end


def _overview(facts: LotFacts, summary: Summary) -> list[tuple[str, object]]:
    names = parties.names([code for code in (facts.owner, facts.agency) if code])
    owner, thing = _words(facts)
    rows: list[tuple[str, object]] = [
        (f"{thing}编号", show.code(facts.code)),
        ("项目", facts.project_title),
        (owner, show.link(f"/parties/{facts.owner}/", names.get(facts.owner, str(facts.owner)))),
        ("代理机构", _agency(facts, names.get(facts.agency, "") if facts.agency else "")),
        ("地区", portal.region_names([facts.region])[facts.region]),
        ("交易分类", portal.category_name(facts.category)),
        ("交易方式", catalog.method_name(facts.method)),
        ("估算价", show.money(facts.estimate)),
        ("内容", facts.content),
        *((one.name, one.text) for one in facts.particulars),
        ("轮次", f"第 {summary.round} 次公告" if summary.round > 1 else ""),
    ]
    return [row for row in rows if row[1]]


def _agency(facts: LotFacts, name: str) -> Markup | str:
    return show.link(f"/parties/{facts.agency}/", name) if facts.agency else ""


def _result(auction: AuctionFacts, deal: Deal | None, summary: Summary) -> list[tuple[str, object]]:
    """成交结果, with the contract once there is one."""
    if deal is None:
        return []
    rows: list[tuple[str, object]] = list(sales.result(auction, deal))
    rows[0] = (
        rows[0][0],
        Markup("{}（{} 号牌）").format(show.link(f"/parties/{deal.winner}/", deal.name), deal.paddle),
    )
    if summary.contract_amount:
        rows.append(("合同价", show.money(summary.contract_amount)))
    return rows  # fmt: skip
