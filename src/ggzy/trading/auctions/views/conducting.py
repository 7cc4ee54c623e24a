"""主持竞价: the centre's console of a room, and the view of who supervises it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.trading.auctions import access, queries, rules, services
from ggzy.trading.auctions.forms import conducting as forms
from ggzy.trading.auctions.queries import showing
from ggzy.trading.auctions.rules.alarming import alarms
from ggzy.trading.auctions.values import Bar, Room
from ggzy.trading.auctions.values.showing import Refused
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views import room as room_pages
from ggzy.trading.auctions.views import scene
from ggzy.trading.auctions.views.place import METHODS, Place
from ggzy.trading.projects import queries as projects

Run = Callable[[Actor, LotCode, dict[str, Any]], object]
REFUSALS = 200


@require_safe
@projects.reading()
def console(request: Request, code: str) -> HttpResponse:
    """竞价控制台: the room as everybody sees it, and what stops and starts it."""
    place = places.with_permission(request, code, Permission.AUCTION_CONDUCT)
    room = _room(place)
    base = f"{places.home(place.lot)}auction/room/"
    acts = [(ACTS[verb][2], f"{base}{verb}/", ACTS[verb][3](room, place)) for verb in ACTS]
    context = {
        **scene.standing(request, scene.seen(request, code)),
        "acts": acts,
        "barred": showing.barred(place.lot.code, place.lot.round),
        "crumbs": _crumbs(place, "竞价控制台"),
    }
    return room_pages.guarded(request, pages.show(request, "auctions/console.html", context), context["door"])


@require_http_methods(METHODS)
def act(request: Request, code: str, verb: str) -> HttpResponse:
    """控制台的一步. A refusal shows the step again with every reason."""
    place = places.with_permission(request, code, Permission.AUCTION_CONDUCT)
    if verb not in ACTS:
        raise Missing()
    form, run, title, judge, words, hint = ACTS[verb]
    home = f"{places.home(place.lot)}auction/room/"
    return pages.act(
        request,
        form,
        lambda actor, data: run(actor, place.lot.code, data),
        template="auctions/act.html",
        context=places.frame(
            place, title, verdict=judge(_room(place), place), hint=hint, cancel=home,
            style="seal" if verb in ("pause", "bar", "still") else "primary",
        ),
        done=home,
        words=words,
    )  # fmt: skip


def _room(place: Place) -> Room:
    room = queries.room(place.lot.code)
    if room is None:
        raise Missing(access.NO_ROOM)
    return room


def _crumbs(place: Place, here: str) -> list[tuple[str, str]]:
    return [("待办", "/desk/"), (place.lot.title, places.home(place.lot)), (here, "")]


def _may_bar(room: Room, place: Place) -> Verdict:
    """Whether any paddle could be stopped; which one is said in the form."""
    paddles = room.roster.paddles
    return rules.may_bar(room, paddles[0].number if paddles else 0, "—")


def _may_clear(room: Room, place: Place) -> Verdict:
    barred = [paddle.number for paddle in room.roster.paddles if paddle.bar is not None]
    return rules.may_clear(room, barred[0] if barred else 0, "—") if barred else Verdict((NONE_BARRED,))


NONE_BARRED = Reason("none_barred", "没有停用的号牌")
ACTS: dict[str, tuple[Any, Run, str, Callable[[Room, Place], Verdict], str, str]] = {
    "pause": (
        forms.PauseForm,
        lambda actor, lot, data: services.pause(actor, lot, data["reason"]),
        "暂停竞价",
        lambda room, place: rules.may_pause(room, "—", place.at),
        "竞价已暂停，时间停止计算",
        "暂停期间不受理报价；恢复后按剩余时间继续。原因向所有人公开，并记入日志。",
    ),
    "resume": (
        forms.ResumeForm,
        lambda actor, lot, data: services.resume(actor, lot),
        "恢复竞价",
        lambda room, place: rules.may_resume(room),
        "竞价已恢复",
        "按暂停时剩余的时间继续，不少于公告载明的最短时间。",
    ),
    "bar": (
        forms.BarForm,
        lambda actor, lot, data: services.bar_paddle(
            actor, lot, data["paddle"], Bar(data["ground"]), data["reason"]
        ),
        "停用号牌",
        _may_bar,
        "号牌已停用",
        "停用后不能再报价，自动出价随之停止；已经作出的报价仍然有效。",
    ),
    "clear": (
        forms.ClearForm,
        lambda actor, lot, data: services.clear_paddle(actor, lot, data["paddle"], data["reason"]),
        "恢复号牌",
        _may_clear,
        "号牌已恢复",
        "",
    ),
    "still": (
        forms.StillForm,
        lambda actor, lot, data: services.stand_still(actor, lot, data["outage"]),
        "平台中断停表",
        lambda room, place: Verdict(),
        "已按平台运行记录停表，请在恢复正常后恢复竞价",
        "只用于平台自身的中断：从运行记录显示的中断开始停止计时。停表后需要人工恢复竞价。",
    ),
}  # fmt: skip


@require_safe
@projects.reading()
def watch(request: Request, code: str) -> HttpResponse:
    """监督视图: the room, what is unusual in it, and after the end the refusals and who held which paddle."""
    place = places.of(request, code)
    seen = scene.seen(request, code)
    if seen.relation is not rules.Relation.SUPERVISOR:
        raise Forbidden()
    lot, round = place.lot.code, place.lot.round
    row = queries.row_of(lot, round)
    told = [frame.fact for frame in showing.frames(lot, round)]
    shows_refusals = seen.may_see(rules.Item.REFUSALS)
    shows_names = seen.may_see(rules.Item.IDENTITIES) and row is not None
    context = {
        **scene.standing(request, seen),
        "alarms": list(reversed(alarms(told))),
        "refusals": [_refusal(one) for one in showing.refusals(lot, round, limit=REFUSALS)] if shows_refusals else [],
        "shows_refusals": shows_refusals,
        "bidders": [
            (str(one.paddle), show.link(f"/parties/{one.party}/", one.name), show.code(one.party))
            for one in queries.bidders(row)
        ] if shows_names and row is not None else [],
        "crumbs": _crumbs(place, "竞价监督"),
    }  # fmt: skip
    return room_pages.guarded(request, pages.show(request, "auctions/watch.html", context), context["door"])


def _refusal(one: Refused) -> tuple[object, ...]:
    return (
        show.instant(one.at, seconds=True, year=False),
        str(one.paddle),
        str(one.amount or "—"),
        "；".join(one.reasons),
    )
