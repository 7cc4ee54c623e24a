"""报价密钥保管的页面: the owner names who holds the shares; each holder hands in its key, then its shares."""

import base64
import json
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.sealing.plan import KeyStatement
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.offers import unless
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Refused
from ggzy.registers.parties import queries as parties
from ggzy.trading.auctions import access, queries, services
from ggzy.trading.auctions.forms import custody as forms
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.values import RoomPhase
from ggzy.trading.auctions.values.custody import OfferShare
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place
from ggzy.trading.projects.values import CustodyPlan, Holder, holder_kind

NAMES = {
    "centre": "交易中心",
    "supervisor": "监督部门",
    "notary": "公证、审计",
    "owner": "出让、采购一方",
    "audit": "审计",
    "other": "其他单位",
}
SHARES = "ggzy.custody.shares/1"
STRANGE = Reason("not_recognised", "这不是保管人工具生成的公钥声明或份额文件")


@require_http_methods(METHODS)
def custody(request: Request, code: str) -> HttpResponse:
    """指定报价密钥保管人, and whose key is still missing."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    if not place.format.is_sealed:
        raise Missing()
    candidates = _candidates()

    def run(actor: Actor, data: dict[str, Any]) -> object:
        chosen = [candidates[number] for number in data["holders"] if number in candidates]
        holders = tuple(replace(one, x=x) for x, one in enumerate(chosen, start=1))
        return services.name_custody(actor, place.lot.code, CustodyPlan(int(data["k"]), holders), at=place.at)

    choices = [(number, f"{one.name}（{NAMES[one.kind]}）") for number, one in candidates.items()]
    return pages.act(
        request,
        lambda *args, **kwargs: forms.CustodyForm(choices, *args, **kwargs),
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "指定报价密钥保管人",
            rows=holder_rows(place),
            verdict=unless(AUCTION.may(place.auction.state, "announce"), "本轮公告已经发布，保管人不能再改"),
            hint="公告前各保管人提交一把只用于本标的的公钥。同一单位、交易中心与出让（采购）方合计持有的份额须少于同开人数。"
            "重新指定的，已提交的公钥作废。",
        ),
        initial={"k": "2"},
        done=f"{places.home(place.lot)}auction/custody/",
        words="已指定保管人，请他们提交本标的的公钥",
    )  # fmt: skip


def _candidates() -> dict[str, Holder]:
    """Everybody who holds a custodian's membership, by the number of the membership."""
    held = [one for one in identity.serving(Role.CUSTODIAN) if one.organisation]
    known = parties.parties([one.organisation for one in held if one.organisation])
    found = {}
    for one in held:
        party = known.get(one.organisation) if one.organisation else None
        if one.organisation is not None:
            kind = holder_kind(party.roles if party else ())
            name = party.name if party else one.person_name
            found[str(one.id)] = Holder(0, one.person, name, one.organisation, kind)
    return found  # fmt: skip


def holder_rows(place: Place) -> list[tuple[str, object]]:
    """保管人与公钥, as rows."""
    row = queries.row_of(place.lot.code, place.lot.round)
    plan = queries.custody_of(row) if row else None
    if row is None or plan is None:
        return []
    posted = queries.keys_posted(row)
    told = [(one.name, "公钥已提交" if one.x in posted else "公钥未提交") for one in plan.holders]
    return [("同开人数", f"{plan.k} 位（共 {len(plan.holders)} 位）"), *told]


@require_http_methods(METHODS)
def keys(request: Request, code: str) -> HttpResponse:
    """报价密钥保管: what this auction asks of the holder; the files of its own tool are taken here."""
    place = places.of_keeper(request, code)
    holder = _holder(place)
    row = queries.row_of(place.lot.code, place.lot.round)
    room = queries.room(place.lot.code) if place.auction.is_prepared else None
    waits = room is not None and room.phase is RoomPhase.UNSEALING
    has_key = row is not None and holder.x in queries.keys_posted(row)
    has_released = row is not None and room is not None and holder.x in queries.released(row, room.turn)
    due = not has_key or (waits and not has_released)
    return pages.act(
        request,
        forms.StatementForm,
        lambda actor, data: _take(actor, place, data["file"].read()),
        template="auctions/keys.html",
        context=places.frame(
            place,
            "报价密钥保管",
            submit="上传",
            holder=holder,
            holders=holder_rows(place),
            has_key=has_key,
            waits=waits,
            has_released=has_released,
            verdict=unless(due, "现在没有待办理的事项：报价截止后请核对并释放份额"),
        ),
        done=f"{places.home(place.lot)}auction/keys/",
        words="已收到",
    )


def _take(actor: Actor, place: Place, data: bytes) -> object:
    """A key before the notice, or the shares of all offers after the end."""
    try:
        said = json.loads(data)
        if said.get("fmt") == SHARES:
            return services.release_offer_shares(actor, place.lot.code, shares_of(place.lot.code, said))
        return services.post_offer_key(actor, place.lot.code, KeyStatement.read(said), at=place.at)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused([STRANGE]) from None


def shares_of(lot: LotCode, said: dict[str, Any]) -> tuple[OfferShare, ...]:
    """份额文件的内容: the tool names an offer by its paddle; the room knows the manifest behind it.

    Raises ValueError, KeyError, TypeError, AttributeError for anything else.
    """
    room = queries.room(lot)
    digests = {str(one.paddle): one.digest for one in room.sealed} if room else {}
    return tuple(
        OfferShare(digests[str(row["bid"])], _bytes(str(row["m"])))
        for row in said["shares"]
        if str(row["bid"]) in digests
    )


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@require_safe
def case(request: Request, code: str) -> HttpResponse:
    """开启案: all the holder's tool needs to decide by itself; to be carried to a machine without a network."""
    place = places.of_keeper(request, code)
    _holder(place)
    found = queries.offer_case(place.lot.code, place.lot.round)
    answer = HttpResponse(found.encoded(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="case-{place.lot.code}.json"'
    return answer


def _holder(place: Place) -> Holder:
    """The place of this person among the holders. Raises Missing to everybody else."""
    row = queries.row_of(place.lot.code, place.lot.round)
    if row is None:
        raise Missing()
    return access.holder_of(place.actor, row)
