"""开标的页面: the owner's console and the bidder's hall. Counters move; no price before its moment."""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.sealing.opening import FAILURES
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.registers.credit import queries as credit
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections.values import Stage as ObjectionStage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import access, forms, queries, rules, services
from ggzy.trading.tendering.lifecycle import BID
from ggzy.trading.tendering.queries import envelopes
from ggzy.trading.tendering.rules import Item, Moment, Relation, drafting
from ggzy.trading.tendering.values import (
    PARTS,
    BidFacts,
    BidState,
    Cause,
    OpenedFile,
    OpeningFacts,
    OpeningFailure,
    TenderFacts,
    TenderState,
)
from ggzy.trading.tendering.views import place

PAGE = 100
ATTRIBUTED = {
    Cause.BIDDER: "视为撤销投标文件，保证金可以不退还",
    Cause.PLATFORM: "视为撤回投标文件，退还保证金",
}


@require_safe
def console(request: Request, code: str) -> HttpResponse:
    """开标控制台: one step after another, each alive or with its reasons."""
    actor = place.actor(request)
    lot = access.lot_in_hall(actor, place.code(code))
    services.close_if_due(Actor.system(f"close:{lot.code}:{lot.round}"), lot.code)
    tender, opening = queries.tender(lot.code, at=request.at), queries.opening(lot.code, at=request.at)
    relation, moment = access.relation(actor, lot), Moment.of(tender, opening)
    names = rules.may_see(Item.BIDDER_NAMES, relation, moment)
    prices = rules.may_see(Item.READ_OUT, relation, moment)
    failures = queries.failures(lot.code) if opening and opening.read_out_at and names else ()
    pending = objections.open_objections(lot.code, stage=ObjectionStage.OPENING)
    words, page = request.GET.get("q", "").strip()[:100], _page_number(request)
    shown = (
        queries.bids_in_hall(
            lot.code, lot.round, shows_prices=prices, offset=(page - 1) * PAGE, limit=PAGE, words=words
        )
        if names
        else ()
    )
    undecided = sum(one.decided is None for one in failures)
    total = opening.submitted if opening else 0
    context = {
        "lot": lot,
        "tender": tender,
        "opening": opening,
        "now": request.at,
        "may_conduct": actor.has(Permission.OPENING_CONDUCT) and relation is Relation.OWNER,
        "steps": _steps(tender, opening),
        "read_out": rules.may_read_out(tender, opening, request.at),
        "conclude": rules.may_conclude(tender, opening, [one.id for one in pending], undecided),
        "failures": failures,
        "objections": pending,
        "rows": [_row(one, opening) for one in shown],
        "warned": _warned(lot, shown, request.at),
        "words": words,
        "page": page,
        "pages": max(1, -(-total // PAGE)),
        "total": total,
        "count_shown": rules.may_see(Item.BIDDER_COUNT, relation, moment),
        "window_form": forms.WindowForm(auto_id="window-%s"),
        "failure_forms": [(one, _failure_form(one)) for one in failures],
        "words_of": {code: f"{code} {one.text}" for code, one in FAILURES.items()},
        "base_form": forms.BasePriceForm(auto_id="base-%s"),
        "needs_base": tender.terms is not None and tender.terms.base_price is not None,
        "crumbs": place.crumbs(lot, "开标控制台"),
    }
    return pages.show(request, "tendering/opening.html", context)


def _warned(lot: LotFacts, shown: Sequence[BidFacts], at: datetime) -> list[tuple[str, str]]:
    """同名提示: each bidder, and who bears the name of its representative; for whoever may see the bidders."""
    parties = {party for bid in shown for party in bid.bidder.parties}
    found = credit.namesakes(parties, at, side=(lot.owner, lot.agency))
    return [
        (bid.bidder.name, line)
        for bid in shown
        for party in bid.bidder.parties
        for line in found.get(party, ())
    ]


def _failure_form(one: OpeningFailure) -> forms.FailureForm:
    """Ready with what the evidence says; the owner's side decides."""
    return forms.FailureForm(
        initial={"bid": one.bid, "cause": one.attributed_to.value, "reason": one.evidence},
        auto_id=f"{one.bid}-%s",
    )


def _page_number(request: Request) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdigit() else 1


def _steps(tender: TenderFacts, opening: OpeningFacts | None) -> list[tuple[str, str]]:
    """截止 · 解密 · 唱标 · 异议与确认 · 记录."""
    reached = 0
    if opening is not None:
        reached = 1
        if opening.pending == 0 or opening.read_out_at:
            reached = 2
        if opening.read_out_at:
            reached = 3
        if opening.concluded_at:
            reached = 5
    names = ("截止", "解密", "唱标", "异议与确认", "开标记录")
    if tender.state is TenderState.FAILED and opening is None:
        return [("截止", "done"), ("流标", "current")]
    return [
        (name, "done" if place < reached else "current" if place == reached else "coming")
        for place, name in enumerate(names)
    ]


def _row(bid: BidFacts, opening: OpeningFacts | None) -> dict[str, object]:
    was_read_out = opening is not None and opening.read_out_at is not None
    waiting = "未能解密" if was_read_out else "待解密"
    return {
        "number": bid.seq,
        "name": bid.bidder.name,
        "members": (),
        "price": drafting.price_text(bid.price) if was_read_out else "—",
        "period": bid.period,
        "quality": bid.quality,
        "state": BID.name(bid.state) if bid.state is not BidState.SUBMITTED else waiting,
    }


@require_POST
def act(request: Request, code: str, verb: str) -> HttpResponse:
    """控制台的一步. A refusal shows the step again with every reason."""
    lot = access.lot_in_hall(place.actor(request), place.code(code))
    if verb not in ACTS:
        raise Missing()
    kind, run, title, words = ACTS[verb]
    return pages.act(
        request,
        kind,
        lambda person, data: run(person, lot, data),
        template="tendering/act.html",
        context={
            "title": title,
            "back": f"/desk/lots/{lot.code}/opening/",
            "crumbs": place.crumbs(lot, "开标控制台"),
        },
        done=f"/desk/lots/{lot.code}/opening/",
        words=words,
    )


def _decrypt(actor: Actor, lot: LotFacts, data: dict[str, Any]) -> object:
    return services.open_bids(actor, lot.code)


def _read_out(actor: Actor, lot: LotFacts, data: dict[str, Any]) -> object:
    return services.read_out(actor, lot.code)


def _extend(actor: Actor, lot: LotFacts, data: dict[str, Any]) -> object:
    return services.extend_window(actor, lot.code, data["minutes"], data["reason"])


def _decide(actor: Actor, lot: LotFacts, data: dict[str, Any]) -> object:
    return services.decide_failure(actor, lot.code, data["bid"], Cause(data["cause"]), data["reason"])


def _base_price(actor: Actor, lot: LotFacts, data: dict[str, Any]) -> object:
    return services.announce_base_price(actor, lot.code, data["amount"], data["salt"])


def _conclude(actor: Actor, lot: LotFacts, data: dict[str, Any]) -> object:
    return services.conclude_opening(actor, lot.code)


ACTS: dict[str, tuple[Any, Any, str, str]] = {
    "decrypt": (forms.ConfirmForm, _decrypt, "解密", "已解密到齐的投标文件"),
    "read-out": (forms.ConfirmForm, _read_out, "唱标", "已唱标，报价向各方公开"),
    "extend": (forms.WindowForm, _extend, "延长解密时间", "解密时间已延长"),
    "decide": (forms.FailureForm, _decide, "认定未能解密的原因", "已认定"),
    "base-price": (forms.BasePriceForm, _base_price, "公布标底", "标底已公布"),
    "conclude": (forms.ConfirmForm, _conclude, "结束开标", "开标结束，开标记录已公布"),
}


@require_http_methods(["GET", "POST"])
def hall(request: Request, code: str) -> HttpResponse:
    """开标大厅, the bidder's side: release the key, watch the counters, confirm or object."""
    actor = place.actor(request)
    if actor.role is not Role.BIDDER or actor.organisation is None:
        raise Forbidden()
    lot = queries.tendered(projects.seen(actor, place.code(code)))
    services.close_if_due(Actor.system(f"close:{lot.code}:{lot.round}"), lot.code)
    tender, opening = queries.tender(lot.code, at=request.at), queries.opening(lot.code, at=request.at)
    own = queries.my_bid(lot.code, actor.organisation)
    if own is None:
        raise Missing()

    def run(person: Actor, data: dict[str, Any]) -> object:
        receipt = services.release_bidder_key(person, lot.code, data["secrets"])
        services.open_bids(Actor.system(f"open:{receipt.code}"), lot.code)
        return receipt

    moment = Moment.of(tender, opening)
    prices = rules.may_see(Item.READ_OUT, Relation.BIDDER, moment) and own.seq > 0
    shown = (
        queries.bids_in_hall(
            lot.code, lot.round, shows_prices=True, offset=(_page_number(request) - 1) * PAGE, limit=PAGE
        )
        if prices
        else ()
    )
    context = {
        "lot": lot,
        "tender": tender,
        "opening": opening,
        "own": own,
        "now": request.at,
        "steps": _steps(tender, opening),
        "upload_form": forms.UploadForm(auto_id="upload-%s"),
        "release": rules.may_release_key(tender, opening, own.state, request.at, released=own.has_released),
        "rows": [_row(one, opening) for one in shown],
        "page": _page_number(request),
        "pages": max(1, -(-(opening.submitted if opening else 0) // PAGE)),
        "crumbs": place.crumbs(lot, "开标大厅"),
    }
    return pages.act(
        request,
        forms.KeyForm,
        run,
        template="tendering/hall.html",
        context=context,
        done=f"/desk/lots/{lot.code}/hall/",
        words="解密密钥已收到",
    )


@require_POST
def present(request: Request, code: str, verb: str) -> HttpResponse:
    """签到 and 确认开标记录, one button each."""
    lot = queries.tendered(projects.seen(place.actor(request), place.code(code)))
    run, words = {
        "sign-in": (services.sign_in, "已签到"),
        "confirm": (services.confirm_record, "已确认开标记录"),
    }.get(verb, (None, ""))
    if run is None:
        raise Missing()
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda person, data: run(person, lot.code),
        template="tendering/act.html",
        context={
            "title": words,
            "back": f"/desk/lots/{lot.code}/hall/",
            "crumbs": place.crumbs(lot, "开标大厅"),
        },
        done=f"/desk/lots/{lot.code}/hall/",
        words=words,
    )


@require_http_methods(["GET", "POST"])
def remedy(request: Request, code: str) -> HttpResponse:
    """明文补救: for a lost key or a faulty envelope, if the terms allow it."""
    actor = place.actor(request)
    if actor.role is not Role.BIDDER or actor.organisation is None:
        raise Forbidden()
    lot = queries.tendered(projects.seen(actor, place.code(code)))
    owner = str(actor.organisation)

    def run(person: Actor, data: dict[str, Any]) -> object:
        files = tuple(
            OpenedFile(part, _kept(data[part], f"{part}.bin", owner), data[part].size) for part, _ in PARTS
        )
        return services.supply_plaintext(person, lot.code, files)

    return pages.act(
        request,
        forms.RemedyForm,
        run,
        template="tendering/act.html",
        context={
            "title": "提交明文补救",
            "back": f"/desk/lots/{lot.code}/hall/",
            "crumbs": place.crumbs(lot, "提交明文补救"),
        },
        done=f"/desk/lots/{lot.code}/hall/",
        words="明文与密封时的承诺一致，投标文件已开启",
    )


def _kept(upload: Any, name: str, owner: str) -> str:
    return vault.put(
        upload, name=name, media_type="application/octet-stream", owner=owner, cap=forms.PLAINTEXT_BYTES_MAX
    )


@require_safe
def unlock(request: Request, code: str) -> JsonResponse:
    """解密单 (unlock.json): the bidder's own manifest and the parts that are due."""
    actor = place.actor(request)
    lot = queries.tendered(projects.seen(actor, place.code(code)))
    row = queries.row_of(lot.code, lot.round)
    own = queries.own_bid(row, actor.organisation) if actor.organisation else None
    if own is None:
        raise Missing()
    manifest = envelopes.manifest(own.package)
    encoded = base64.urlsafe_b64encode(manifest.encoded()).rstrip(b"=").decode()
    return JsonResponse(
        {"fmt": "ggzy.unlock/1", "manifest": encoded, "parts": [part.id for part in manifest.parts]}
    )
