"""抽取: one console for everybody concerned; it shows counts and hashes, never a name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.offers import Offer
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.experts import queries as experts
from ggzy.trading.evaluation import access, queries, services
from ggzy.trading.evaluation.forms import work
from ggzy.trading.evaluation.rules import draws as rules
from ggzy.trading.evaluation.values import (
    DrawFacts,
    DrawState,
    EvaluationState,
    Exclusion,
    GroupCount,
    Purpose,
)
from ggzy.trading.evaluation.views import place
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import TenderState

PURPOSES = {Purpose.COMMITTEE: "评标专家", Purpose.COEFFICIENT: "评标基准价系数", Purpose.TIE: "并列排序"}
STATES = {
    DrawState.REQUESTED: "征集随机数承诺",
    DrawState.REVEALING: "公开随机数",
    DrawState.DRAWN: "已抽取",
    DrawState.ABANDONED: "已中止",
}
EXCLUSIONS = {
    Exclusion.INACTIVE: "不在聘",
    Exclusion.TOO_NEW: "入库时间过短",
    Exclusion.EMPLOYER_OWNER: "与招标人同一单位",
    Exclusion.EMPLOYER_AGENCY: "与代理机构同一单位",
    Exclusion.EMPLOYER_BIDDER: "与投标人同一单位",
    Exclusion.BUSY: "正在参加其他项目评标",
    Exclusion.CALLED_BEFORE: "本项目已抽取过",
}
COEFFICIENTS = {"q": "限价权重 Q", "k": "系数 K", "delta": "下浮系数"}


@dataclass(frozen=True)
class DrawView:
    """一次抽取 on the console, with what this person can do about it."""

    facts: DrawFacts
    title: str
    state: str
    groups: tuple[tuple[str, int, int, str], ...]
    givers: tuple[tuple[str, str], ...]
    offers: tuple[Offer, ...]


@require_safe
@projects.reading()
def console(request: Request, code: str) -> HttpResponse:
    """抽取控制台."""
    actor, lot = place.draw_page(request, code)
    return pages.show(request, "evaluation/draw.html", _context(request, actor, lot))


@require_http_methods(["GET", "HEAD", "POST"])
def request_committee(request: Request, code: str) -> HttpResponse:
    """申请抽取评标专家."""
    _, lot = place.owner_page(request, code)
    held: list[work.RequestForm] = []

    def made(*args: Any, **kwargs: Any) -> work.RequestForm:
        held.append(work.RequestForm(*args, **kwargs))
        return held[-1]

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.request_draw(actor, lot.code, held[-1].plan(data), at=request.at)

    return pages.act(
        request,
        made,
        run,
        template="evaluation/draw_request.html",
        context={
            "lot": lot,
            "crumbs": place.crumbs(lot, "申请抽取评标专家", ("抽取", f"{place.base(lot)}/draw/")),
            "specialties": [item for item in experts.specialties().values() if item.level == 2],
        },
        done=f"{place.base(lot)}/draw/",
        words="抽取申请已提交，候选池已固定",
        initial={"region": lot.region},
    )


@require_http_methods(["POST"])
def step(request: Request, code: str, move: str) -> HttpResponse:
    """申请系数抽取、并列抽签: one press, on the console."""
    actor, lot = place.draw_page(request, code)
    moves: dict[str, tuple[Callable[..., object], str]] = {
        "coefficients": (services.request_coefficients, "系数抽取已申请"),
        "ties": (services.request_tie_draw, "并列抽签已申请"),
    }
    if move not in moves:
        raise Missing()
    command, words = moves[move]
    return _pressed(request, actor, lot, partial(command, lot=lot.code), words)


@require_http_methods(["POST"])
def press(request: Request, code: str, draw: str, move: str) -> HttpResponse:
    """截止承诺、抽取: one press by the centre."""
    actor, lot = place.draw_page(request, code)
    moves: dict[str, tuple[Callable[..., object], str]] = {
        "close": (services.close_commits, "承诺已截止，请各方公开随机数"),
        "run": (services.draw, "已抽取"),
    }
    if move not in moves:
        raise Missing()
    command, words = moves[move]
    return _pressed(request, actor, lot, partial(command, lot=lot.code, draw=draw), words)


@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: Request, code: str, draw: str) -> HttpResponse:
    """提交随机数承诺: computed in the giver's own browser, or by any tool of its own."""

    def run(lot: LotFacts, actor: Actor, data: dict[str, Any]) -> object:
        return services.commit_nonce(actor, lot.code, draw, data["commitments"], at=request.at)

    return _nonce_page(request, code, draw, work.CommitForm, run, "提交随机数承诺", "承诺已提交")


@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: Request, code: str, draw: str) -> HttpResponse:
    """公开本轮随机数."""

    def run(lot: LotFacts, actor: Actor, data: dict[str, Any]) -> object:
        return services.reveal_nonce(actor, lot.code, draw, data["nonce"][0], at=request.at)

    return _nonce_page(request, code, draw, work.RevealForm, run, "公开随机数", "随机数已公开")


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: Request, code: str, draw: str) -> HttpResponse:
    """中止抽取, with the reason everybody will read."""
    _, lot = place.draw_page(request, code)
    facts = _draw(lot, draw)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.abandon_draw(actor, lot.code, draw, data["text"], at=request.at)

    return _reason_page(request, lot, run, f"中止{PURPOSES[facts.purpose]}抽取", "抽取已中止")


@require_http_methods(["GET", "HEAD", "POST"])
def vacate(request: Request, code: str, seat: int, move: str) -> HttpResponse:
    """席位联络记录: who could not be reached or did not come; the centre sees no name."""
    _, lot = place.draw_page(request, code)
    moves = {"unreached": services.report_unreached, "absent": services.report_absent}
    titles = {"unreached": "登记未能联系上", "absent": "登记未按时到场"}
    if move not in moves:
        raise Missing()

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return moves[move](actor, lot.code, seat, data["text"], at=request.at)

    return _reason_page(request, lot, run, f"评委{seat}：{titles[move]}", "已登记，该席位进入补抽")


def _pressed(
    request: Request, actor: Actor, lot: LotFacts, command: Callable[..., object], words: str
) -> HttpResponse:
    def run(actor: Actor, data: dict[str, Any]) -> object:
        return command(actor, at=request.at)

    return pages.act(
        request,
        work.PlainForm,
        run,
        template="evaluation/draw.html",
        context=_context(request, actor, lot),
        done=f"{place.base(lot)}/draw/",
        words=words,
    )


def _nonce_page(
    request: Request,
    code: str,
    draw: str,
    form: type[work.CommitForm] | type[work.RevealForm],
    run: Callable[[LotFacts, Actor, dict[str, Any]], object],
    title: str,
    words: str,
) -> HttpResponse:
    actor, lot = place.draw_page(request, code)
    facts = _draw(lot, draw)
    return pages.act(
        request,
        form,
        partial(run, lot),
        template="evaluation/nonce.html",
        context={
            "lot": lot,
            "draw": facts,
            "party": access.party_of(actor, lot, facts.purpose),
            "title": title,
            "is_commit": form is work.CommitForm,
            "crumbs": place.crumbs(lot, title, ("抽取", f"{place.base(lot)}/draw/")),
        },
        done=f"{place.base(lot)}/draw/",
        words=words,
    )


def _reason_page(
    request: Request, lot: LotFacts, run: Callable[[Actor, dict[str, Any]], object], title: str, words: str
) -> HttpResponse:
    return pages.act(
        request,
        work.ReasonForm,
        run,
        template="evaluation/reason.html",
        context={
            "lot": lot,
            "title": title,
            "crumbs": place.crumbs(lot, title, ("抽取", f"{place.base(lot)}/draw/")),
        },
        done=f"{place.base(lot)}/draw/",
        words=words,
    )


def _draw(lot: LotFacts, draw: str) -> DrawFacts:
    found = next((item for item in queries.draws(lot.code) if item.id == draw), None)
    if found is None:
        raise Missing(access.NO_DRAW)
    return found


def _context(request: Request, actor: Actor, lot: LotFacts) -> dict[str, Any]:
    is_open = tendering.tender(lot.code).state is TenderState.OPENED
    draws = queries.draws(lot.code)
    return {
        "lot": lot,
        "now": request.at,
        "crumbs": place.crumbs(lot, "抽取"),
        "seats": queries.seats(lot.code),
        "draws": [_view(actor, lot, facts, is_open) for facts in reversed(draws)],
        "starts": _starts(actor, lot, draws, is_open),
        "scheme": queries.scheme(lot.code),
        "serves": actor.has(Permission.DRAW_CONDUCT),
        "called": queries.waiting_seats(lot.code) if actor.has(Permission.DRAW_CONDUCT) else (),
    }


def _starts(
    actor: Actor, lot: LotFacts, draws: tuple[DrawFacts, ...], is_open: bool
) -> tuple[tuple[str, str, bool], ...]:
    """What may be requested now, as (words, address, whether it is a form of its own)."""
    if not actor.has(Permission.DRAW_REQUEST):
        return ()
    live = {facts.purpose for facts in draws if facts.state is not DrawState.ABANDONED}
    scheme = queries.scheme(lot.code)
    found = []
    if is_open and Purpose.COMMITTEE not in live:
        found.append(("申请抽取评标专家", f"{place.base(lot)}/draw/request/", True))
    if scheme and scheme.coefficients and Purpose.COEFFICIENT not in live:
        found.append(("申请抽取系数", f"{place.base(lot)}/draw/ask/coefficients/", False))
    if queries.state(lot.code) is EvaluationState.SCORING and Purpose.TIE not in live:
        found.append(("申请并列抽签", f"{place.base(lot)}/draw/ask/ties/", False))
    return tuple(found)


def _view(actor: Actor, lot: LotFacts, facts: DrawFacts, is_open: bool) -> DrawView:
    groups = tuple((_group_name(facts, g), g.wanted, g.pool, _left_out(g)) for g in facts.groups)
    givers = tuple(
        (
            rules.giver_names([giver.party]),
            "已公开本轮随机数"
            if facts.turn in giver.revealed
            else "待公开"
            if facts.state is DrawState.REVEALING
            else "已承诺",
        )
        for giver in facts.givers
    )
    missing = tuple((rules.giver_names([party]), "未承诺") for party in facts.uncommitted)
    return DrawView(
        facts,
        PURPOSES[facts.purpose],
        STATES[facts.state],
        groups,
        (*givers, *missing),
        tuple(_offers(actor, lot, facts, is_open)),
    )


def _offers(actor: Actor, lot: LotFacts, facts: DrawFacts, is_open: bool) -> list[Offer]:
    base = f"{place.base(lot)}/draw/{facts.id}"
    is_ripe = is_open or facts.purpose is not Purpose.COEFFICIENT
    found: list[Offer] = []
    try:
        party = access.party_of(actor, lot, facts.purpose)
    except Missing:
        return found
    mine = next((giver for giver in facts.givers if giver.party == party), None)
    if facts.state is DrawState.REQUESTED and mine is None:
        found.append(Offer("提交随机数承诺", f"{base}/commit/", is_turn=True))
    if facts.state is DrawState.REVEALING and mine and facts.turn not in mine.revealed:
        found.append(Offer("公开随机数", f"{base}/reveal/", is_turn=True, until=facts.reveal_until))
    if actor.has(Permission.DRAW_CONDUCT):
        if facts.state is DrawState.REQUESTED:
            found.append(Offer("截止承诺", f"{base}/close/", rules.may_close_commits(facts, is_ripe)))
        if facts.state is DrawState.REVEALING:
            found.append(Offer("抽取", f"{base}/run/", rules.may_draw(facts)))
        if facts.state in (DrawState.REQUESTED, DrawState.REVEALING):
            found.append(Offer("中止抽取", f"{base}/abandon/", note="中止会公开记录"))
    return found


def _group_name(facts: DrawFacts, group: GroupCount) -> str:
    if facts.purpose is Purpose.COMMITTEE:
        return f"{experts.specialty_name(group.group)}（{group.group}）"
    return COEFFICIENTS.get(group.group, "并列投标")


def _left_out(group: GroupCount) -> str:
    return "、".join(f"{EXCLUSIONS[item.reason]} {item.count} 人" for item in group.excluded) or "无"
