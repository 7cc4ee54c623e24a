"""信用公开: bans, lists and records while they are shown; a party's credit and how it comes about."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.forms import whole_number
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import queries
from ggzy.registers.credit.values import Applied, Ban, Grade, Listing, RecordKind
from ggzy.registers.parties import queries as parties

PAGE = 20
LISTS = {
    "bans": "市场禁入",
    "lists": "严重失信主体名单",
    **{kind.value: kind.label for kind in RecordKind},
}


@require_safe
def credit(request: Request) -> HttpResponse:
    """信用公开: bans in force, lists, and the records whose term of publication runs."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    chosen = request.GET.get("list", "bans")
    chosen = chosen if chosen in LISTS else "bans"
    bans = queries.bans_in_force(request.at, words=words)
    listed = queries.listings_in_force(request.at, words=words)
    counts = {kind.value: queries.shown_count(request.at, words=words, kind=kind) for kind in RecordKind}
    counts |= {"bans": len(bans), "lists": len(listed)}
    last = max(1, -(-counts[chosen] // PAGE))
    page = whole_number(request.GET.get("page", ""), 1, 1, last)
    first = (page - 1) * PAGE
    current = {"q": words, "list": chosen}
    found = _rows(chosen, bans, listed, request.at, words, first)
    context = {
        "words": words,
        "chosen": chosen,
        "lists": [
            (label, show.query(current, list=code), counts[code], code == chosen)
            for code, label in LISTS.items()
        ],
        "title": LISTS[chosen],
        **found,
        "page": page,
        "pages": last,
        "total": counts[chosen],
        "current": current,
    }
    return pages.show(request, "credit/credit.html", context)


def _rows(
    chosen: str,
    bans: Sequence[Ban],
    listed: Sequence[Listing],
    at: datetime,
    words: str,
    first: int,
) -> dict[str, object]:
    """The rows of the list chosen, on one page, and which of them are disputed."""
    upto, today = first + PAGE, local_date(at)
    read: dict[str, Callable[[], Sequence[Ban | Listing]]] = {
        "bans": lambda: bans[first:upto],
        "lists": lambda: listed[first:upto],
    }
    if chosen in read:
        rows = read[chosen]()
        told = [ban_row(one, today) if isinstance(one, Ban) else list_row(one) for one in rows]
        return {chosen if chosen == "bans" else "listed": told, "disputed": _disputed(rows)}
    records = queries.shown(at, words=words, kind=RecordKind(chosen), offset=first, limit=PAGE)
    return {"records": records, "disputed": _disputed(records)}


def _disputed(rows: Sequence[object]) -> frozenset[str]:
    return queries.disputed([str(getattr(row, "code", "")) for row in rows])


def ban_row(ban: Ban, today: date) -> dict[str, object]:
    return {"facts": ban, "ground": queries.ground_name(ban.ground), "days": (ban.end - today).days + 1}


def list_row(listing: Listing) -> dict[str, object]:
    kind = queries.blacklists()[listing.list]
    return {"facts": listing, "list": kind.name, "scope": kind.scope, "bar": kind.article_bar}


@require_safe
def party(request: Request, code: str) -> HttpResponse:
    """主体信用: the grade line by line, what follows from it, and every entry that is shown.

    Who is on a list and not registered here has no grade, only its entries.
    """
    known, at, today = _code(code), request.at, local_date(request.at)
    bans = [ban for ban in queries.bans_of(known) if at in ban.period and not ban.lifted_at]
    records = queries.shown(at, party=known, limit=200)
    listed = queries.listings_in_force(at, party=known)
    is_registered = parties.is_registered(known)
    if not is_registered and not listed:
        raise Missing("没有找到这个主体")
    context = {
        "code_of": known,
        "about": parties.name(known) if is_registered else listed[0].name,
        "is_registered": is_registered,
        "bans": [ban_row(ban, today) for ban in bans],
        "listed": [list_row(one) for one in listed],
        "records": records,
        "disputed": _disputed([*bans, *listed, *records]),
        **(_graded(known, at) if is_registered else {}),
    }
    return pages.show(request, "credit/party.html", context)


def _graded(party: CreditCode, at: datetime) -> dict[str, object]:
    grade = queries.grade(party, at)
    return {
        "grade": grade,
        "model": queries.model(),
        "lines": lines(grade),
        "effects": effects(queries.effects_of(party, at)),
    }


def lines(grade: Grade) -> list[list[object]]:
    """计分明细 as rows of a table, the base first."""
    told: list[list[object]] = [["基础分", "", "", "", _signed(str(grade.base))]]
    for line in grade.lines:
        title = f"{line.title}（{line.note}）" if line.note else line.title
        told.append(
            [line.name, title, show.day(line.on), f"{line.points} × {line.factor}", _signed(line.value)]
        )
    return told


def _signed(value: object) -> str:
    text = str(value)
    return text if text.startswith("-") else f"+{text}"


def effects(found: Sequence[Applied]) -> list[list[object]]:
    """措施 as rows of a table."""
    return [[one.effect.kind.label, one.effect.name, one.because, one.effect.article] for one in found]


@require_safe
def model(request: Request) -> HttpResponse:
    """信用规则: how a grade comes about, what follows from it, which lists there are, how they end."""
    told = queries.model()
    context = {
        "model": told,
        "items": [
            [
                item.name,
                _signed(item.points),
                f"每{told.half_life}个月减半" if item.decays else "不随时间减少",
                f"本类累计不超过{item.cap}分" if item.cap is not None else "",
            ]
            for item in told.items
        ],
        "cuts": [[cut.grade, cut.name, f"{cut.score} 分以上"] for cut in told.cuts],
        "effects": [
            [
                effect.kind.label,
                effect.name,
                _causes(effect.grades, effect.gravities),
                effect.article,
                effect.source.label,
            ]
            for effect in queries.effects()
        ],
        "lists": [
            [
                kind.name,
                kind.authority,
                kind.scope.label if kind.scope else "不限制参加",
                kind.article,
                kind.source.label,
            ]
            for kind in queries.blacklists().values()
        ],
        "grounds": [_ground(code) for code in queries.grounds()],
        "terms": [
            [
                gravity.label,
                f"{term.shown_max}个月" if term.shown_max else "不公示",
                f"满{term.repair_min}个月" if term.repair_min else "义务履行后即可",
            ]
            for gravity, term in queries.terms().items()
        ],
    }
    return pages.show(request, "credit/model.html", context)


def _causes(grades: Sequence[str], gravities: Sequence[str]) -> str:
    labels = {gravity.value: gravity.label for gravity in queries.terms()}
    said = [f"信用等级{grade}" for grade in grades] + [f"{labels[one]}失信" for one in gravities]
    return "、".join(said) or "表彰奖励"


def _code(text: str) -> CreditCode:
    try:
        return CreditCode.parse(text)
    except ValueError as mistake:
        raise Missing("没有找到这个主体") from mistake


def _ground(code: str) -> list[str]:
    ground = queries.grounds()[code]
    term = f"{ground.months_min // 12}年至{ground.months_max // 12}年"
    return [ground.name, ground.scope.label, term, ground.article]
