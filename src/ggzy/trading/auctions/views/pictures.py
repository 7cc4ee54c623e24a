"""图片与平面图的页面: the owner shows the object, each picture with words; before the notice it may take one back."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.forms import acts as forms
from ggzy.trading.auctions.rules import pictures as rules
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS


@require_http_methods(METHODS)
def pictures(request: Request, code: str) -> HttpResponse:
    """图片与平面图: what is shown, and one more."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    shown = queries.pictures(place.lot.code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        file = data["file"]
        kept = services.keep_picture(place.lot.owner, str(file.name), file.read(), data["alt"])
        return services.add_picture(actor, place.lot.code, kept, at=place.at)

    return pages.act(
        request,
        forms.PictureForm,
        run,
        template="auctions/pictures.html",
        context=places.frame(
            place,
            "图片与平面图",
            submit="上传",
            pictures=shown,
            removing=rules.may_remove(place.auction, shown, shown[0].digest if shown else ""),
            verdict=rules.may_show(place.auction, shown),
            base=f"{places.home(place.lot)}auction/pictures/",
        ),
        done=f"{places.home(place.lot)}auction/pictures/",
        words="已上传",
    )


@require_http_methods(METHODS)
def remove(request: Request, code: str, digest: str) -> HttpResponse:
    """撤下一份图片, before the notice."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    shown = queries.pictures(place.lot.code)
    named = next((one for one in shown if one.digest == digest), None)
    if named is None:
        raise Missing()
    back = f"{places.home(place.lot)}auction/pictures/"
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda actor, data: services.remove_picture(actor, place.lot.code, digest, at=place.at),
        template="auctions/act.html",
        context=places.frame(
            place,
            "撤下图片",
            style="seal",
            rows=[("文件", named.name), ("说明", named.alt)],
            verdict=rules.may_remove(place.auction, shown, digest),
            cancel=back,
        ),
        done=back,
        words="图片已撤下",
    )
