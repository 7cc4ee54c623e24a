"""公告的页面: compose → check → publish; the same again to change what was published."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.forms import announcing as forms
from ggzy.trading.auctions.forms import building
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.rules import captions, custody, notices
from ggzy.trading.auctions.values import AuctionTerms, Document
from ggzy.trading.auctions.views import papers, proposal
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place
from ggzy.trading.notices import queries as notice_queries

NAMES = dict.fromkeys(forms.PAPERS, "")
UNKEPT = Reason(
    "reserve_not_kept", "请先下载或者打印保留价凭证，并勾选确认", remedy="平台不保存保留价，丢失后无法公开"
)


@dataclass(frozen=True)
class Draft:
    """一份公告稿 on its way through the three steps; `is_change` where a published notice is changed."""

    place: Place
    form: forms.AnnounceForm
    files: tuple[Document, ...]
    is_change: bool = False

    @property
    def title(self) -> str:
        return "变更公告" if self.is_change else "发布公告"

    def terms(self) -> AuctionTerms:
        """公告条件 of the cleaned form; what was committed to stays committed."""
        before = self.place.auction.terms
        kept = before.format.reserve if self.is_change and before else ""
        return building.terms(self.form, self.files, kept)


@require_http_methods(METHODS)
def announce(request: Request, code: str) -> HttpResponse:
    """发布出让、转让、反向竞价公告. Nothing typed is lost on the way."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    if request.method != "POST":
        form = forms.AnnounceForm(place.lot, place.format, initial=_initial(place))
        return _compose(request, Draft(place, form, ()))
    return _step(request, place, forms.AnnounceForm, is_change=False)


@require_http_methods(METHODS)
def amend(request: Request, code: str) -> HttpResponse:
    """变更公告, through the channel of the first notice."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    terms = place.auction.terms
    if terms is None:
        return pages.redirect(f"{places.home(place.lot)}auction/announce/")
    if request.method != "POST":
        form = forms.AmendForm(
            place.lot, place.format, initial={**building.shown(terms), "is_material": "yes"}
        )
        return _compose(request, Draft(place, form, terms.documents, is_change=True))
    return _step(request, place, forms.AmendForm, is_change=True)


def _initial(place: Place) -> dict[str, Any]:
    """A later round begins with what the round before said, on lawful days; a first one with the rulebook."""
    fresh = proposal.initial(place)
    before = queries.auction(place.lot.code, place.lot.round - 1).terms if place.lot.round > 1 else None
    if before is None:
        return fresh
    dates = ("apply_from", "apply_until", "deposit_until", "starts_at", "ends_at")
    return {**building.shown(before), "viewings": "", **{name: fresh[name] for name in dates}}


def _step(request: Request, place: Place, kind: type[forms.AnnounceForm], *, is_change: bool) -> HttpResponse:
    data, files, refused = papers.received(request, place.actor, NAMES)
    if data.get("reserve") and not data.get("reserve_salt"):
        data["reserve_salt"] = secrets.token_hex(16)
    files = _without(data, files)
    _adopt(place, kind, data, files)
    draft = Draft(place, kind(place.lot, place.format, data), files, is_change)
    edits = request.POST.get("go") == "edit" or "adopt" in request.POST or "drop" in request.POST
    if refused or not draft.form.is_valid() or edits:
        draft.form.refuse(refused)
        return _compose(request, draft, 422 if refused or (draft.form.errors and not edits) else 200)
    if request.POST.get("go") != "publish":
        return _check(request, draft)
    return _publish(request, draft)


def _without(data: QueryDict, files: tuple[Document, ...]) -> tuple[Document, ...]:
    """Leaves out the file the owner takes back."""
    left = tuple(file for file in files if file.digest != data.get("drop"))
    data["carried"] = papers.papers.carried(left)
    return left


def _adopt(
    place: Place, kind: type[forms.AnnounceForm], data: QueryDict, files: tuple[Document, ...]
) -> None:
    """采用最早日期: one button, and the dates that hang on it move along."""
    name = data.get("adopt")
    form = kind(place.lot, place.format, data)
    if not name or not form.is_valid():
        return
    terms = building.terms(form, files)
    for line in rules.dates(place.lot, place.format, terms, catalog.calendar(), place.at):
        if proposal.FIELDS.get(line.name) == name:
            for field, value in proposal.moved(terms, line).items():
                if field in form.fields:
                    data[field] = ui_forms.InstantField().prepare_value(value)


def _compose(request: Request, draft: Draft, status: int = 200) -> HttpResponse:
    place = draft.place
    for name in forms.PAPERS:
        draft.form.fields[name].required = False  # what has arrived need not be chosen again
    book = place.lot.rulebook
    context = places.frame(
        place,
        draft.title,
        form=draft.form,
        files=draft.files,
        consent=queries.consent(place.lot.code, place.lot.round),
        asks_consent=places.percent(asked) if (asked := book.get("price.consent_rate_min")) else "",
        is_change=draft.is_change,
    )
    return pages.show(request, "auctions/announce.html", context, status=status)


def _check(request: Request, draft: Draft) -> HttpResponse:
    """检查页: everything that will be published, every date with its article, what is missing."""
    place, terms, calendar = draft.place, draft.terms(), catalog.calendar()
    consent = queries.consent(place.lot.code, place.lot.round)
    case = rules.Draft(place.lot, place.format, terms, consent)
    said = _said(draft, terms)
    context = places.frame(
        place,
        f"检查{draft.title.removeprefix('发布')}",
        form=draft.form,
        terms=terms,
        draft=said,
        done=draft.title,
        dates=rules.dates(place.lot, place.format, terms, calendar, place.at),
        fields=proposal.FIELDS,
        warnings=rules.warnings(case, calendar, place.at),
        findings=notice_queries.check(said).findings,
        verdict=_verdict(draft, case),
        sentences=captions.sentences(terms.format),
        slip=_slip(draft),
        is_change=draft.is_change,
    )
    return pages.show(request, "auctions/announce_check.html", context)


def _said(draft: Draft, terms: AuctionTerms) -> Any:
    place = draft.place
    if draft.is_change:
        notice = sales.notice_of(place.lot.code, place.lot.round)
        reason = draft.form.cleaned_data["reason"]
        return notice_queries.whole(notices.amendment(place.lot, place.format, terms, reason, notice))
    return notice_queries.whole(notices.transfer_notice(place.lot, place.format, terms))


def _verdict(draft: Draft, case: rules.Draft) -> Verdict:
    place, calendar = draft.place, catalog.calendar()
    if draft.is_change:
        data = draft.form.cleaned_data
        return rules.may_amend(
            place.auction,
            case,
            is_material=data["is_material"] == "yes",
            reason=data["reason"],
            calendar=calendar,
            at=place.at,
        )
    args = (place.lot, place.auction, place.format, case.terms, calendar, place.at, case.consent)
    return rules.may_announce(*args) & _follows(place, case) & _keepers(place)


def _keepers(place: Place) -> Verdict:
    """Sealed offers need holders of their key before anybody can seal one."""
    if not place.format.is_sealed:
        return Verdict()
    row = queries.row_of(place.lot.code, place.lot.round)
    plan = queries.custody_of(row) if row else None
    return custody.has_keys(plan, len(queries.keys_posted(row)) if row else 0)


def _follows(place: Place, case: rules.Draft) -> Verdict:
    """What binds a later round to the one before, as the command will judge it."""
    if place.lot.round == 1:
        return Verdict()
    before = queries.auction(place.lot.code, place.lot.round - 1)
    is_fresh = before.terms is not None and case.terms.appraisal != before.terms.appraisal
    return rules.may_relist(
        place.lot.rulebook, before, case.terms.floor, case.terms.appraisal, case.consent, place.at,
        has_new_appraisal=is_fresh,
    )  # fmt: skip


def _slip(draft: Draft) -> Mapping[str, str] | None:
    """保留价凭证: the amount and the salt, for the owner alone; the platform keeps neither."""
    data = draft.form.cleaned_data
    reserve = data.get("reserve")
    if not reserve:
        return None
    lot, made = draft.place.lot, building.commitment(data)
    lines = [
        "保留价凭证",
        f"标的：{lot.title}（{lot.code}，第{lot.round}次）",
        f"保留价：{reserve}",
        f"密钥：{data['reserve_salt']}",
        f"承诺值（随公告公布）：{made}",
        "平台不保存保留价和密钥。竞价结束后凭本凭证公开保留价；丢失的，无法确定成交。",
    ]
    file = base64.b64encode("\r\n".join(lines).encode()).decode()
    return {
        "amount": str(reserve),
        "words": reserve.money.characters() if reserve.measure.value == "money" else "",
        "salt": data["reserve_salt"],
        "commitment": made,
        "file": f"data:text/plain;charset=utf-8;base64,{file}",
        "name": f"保留价凭证-{lot.code}.txt",
    }


def _publish(request: Request, draft: Draft) -> HttpResponse:
    data, lot = draft.form.cleaned_data, draft.place.lot
    actor = replace(draft.place.actor, request=data["request"])
    try:
        judge([(not data.get("reserve") or data.get("reserve_kept", False), UNKEPT)]).require()
        receipt = _run(actor, draft)
    except Refused as refused:
        services.note_refused_announcement(
            actor, lot.code, refused.reasons, is_change=draft.is_change, at=draft.place.at
        )
        draft.form.refuse(refused.reasons)
    except Conflict as conflict:
        draft.form.refuse((Reason("conflict", conflict.message),))
    else:
        words = "变更公告已发布" if draft.is_change else "公告已发布"
        return pages.redirect(places.home(lot), words=words, receipt=receipt)
    return _compose(request, draft, 422)


def _run(actor: Actor, draft: Draft) -> object:
    place, data = draft.place, draft.form.cleaned_data
    if not draft.is_change:
        return services.announce(actor, place.lot.code, draft.terms(), at=place.at)
    return services.amend(
        actor, place.lot.code, draft.terms(), data["reason"], is_material=data["is_material"] == "yes",
        at=place.at,
    )  # fmt: skip
