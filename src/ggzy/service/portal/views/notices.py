"""交易公开: the search over all notices, and one notice."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.registers.catalog import queries as catalog
from ggzy.service.portal import forms, queries
from ggzy.service.portal.values import Group, Option
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.values import Summary
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices.values import KINDS, Found, NoticeFacts

DOCUMENTS = frozenset({"tender_notice", "retender", "correction", "clarification", "addendum"})


@require_safe
def search(request: Request) -> HttpResponse:
    """检索: words, codes and names; every filter is an address."""
    asked = asked_of(request)
    found = notices.search(asked.wanted, page=asked.page, size=asked.size)
    context = {
        "asked": asked,
        "current": dict(asked.current),
        "found": found,
        "rows": queries.notice_rows(found.rows, request.at),
        "words": asked.wanted.text.split(),
        "kept": {key: value for key, value in asked.current.items() if key not in ("q", "size")},
        "groups": _groups(asked, found),
        "chips": _chips(asked),
        "relaxed": _relaxed(asked) if not found.total else (),
        "now": request.at,
        "sizes": forms.SIZES,
        "sorts": [(code, name, order == asked.wanted.order) for code, (order, name) in forms.SORTS.items()],
    }
    return pages.show(request, "portal/search.html", context)


def asked_of(request: Request) -> forms.Asked:
    """查询, with the state of the lots looked up: a notice does not know how far its lot has come."""
    asked = forms.read(request.GET, local_date(request.at))
    lots = queries.lots_in(asked.current.get("state", ""), request.at)
    return replace(asked, wanted=replace(asked.wanted, lots=lots))


def _groups(asked: forms.Asked, found: Found) -> tuple[Group, ...]:
    kinds = [(code, name, number) for code, name, number in found.by_kind if number]
    names = queries.region_names([code for code, _ in found.by_region])
    regions = [(code, names[code], number) for code, number in found.by_region if number]
    by_nature = dict(found.by_nature)
    natures = [(code, name, by_nature.get(code, 0)) for code, name in forms.NATURES.items()]
    return tuple(
        group
        for group in (
            _group(asked, "信息类型", "kind", kinds),
            _group(asked, "地区", "region", regions),
            _group(asked, "标段状态", "state", [(code, name, None) for code, name in forms.STATES.items()]),
            _group(asked, "标的性质", "nature", natures),
            _group(
                asked,
                "交易方式",
                "method",
                [(code, catalog.method_name(code), number) for code, number in found.by_method],
            ),
            _group(
                asked, "金额", "amount", [(code, name, None) for code, (*_, name) in forms.AMOUNTS.items()]
            ),
            _group(asked, "招标人", "owner", _owners(found)),
            _group(
                asked, "发布时间", "period", [(code, name, None) for code, (_, name) in forms.PERIODS.items()]
            ),
        )
        if group.options
    )


def _group(asked: forms.Asked, label: str, key: str, options: Sequence[tuple[str, str, int | None]]) -> Group:
    chosen = asked.current.get(key, "")
    return Group(
        label,
        tuple(
            Option(
                name,
                show.query(asked.current, **{key: None if code == chosen else code}),
                number,
                code == chosen,
            )
            for code, name, number in options
        ),
    )


def _owners(found: Found) -> list[tuple[str, str, int | None]]:
    names = queries.names(code for code, _ in found.by_owner)
    return [(str(code), names.get(code, str(code)), number) for code, number in found.by_owner]


def _chips(asked: forms.Asked) -> list[tuple[str, str]]:
    names: dict[str, Callable[[str], str]] = {
        "q": lambda text: f"“{text}”",
        "kind": lambda code: KINDS[code].name if code in KINDS else code,
        "group": str,
        "region": _region,
        "nature": lambda code: forms.NATURES.get(code, code),
        "state": lambda code: forms.STATES.get(code, code),
        "category": queries.category_name,
        "period": lambda code: forms.PERIODS.get(code, (0, code))[1],
        "since": lambda text: f"{text} 起",
        "until": lambda text: f"至 {text}",
        "method": catalog.method_name,
        "amount": lambda code: forms.AMOUNTS[code][2] if code in forms.AMOUNTS else code,
        "owner": _owner,
        "lot": str,
    }
    return [
        (names[key](value), show.query(asked.current, **{key: None}))
        for key, value in asked.current.items()
        if key in names
    ]


def _region(code: str) -> str:
    return queries.region_names([RegionCode(code)])[RegionCode(code)]


def _owner(code: str) -> str:
    return queries.names([CreditCode(code)]).get(CreditCode(code), code)


def _relaxed(asked: forms.Asked) -> list[tuple[str, int, str]]:
    """The two best relaxations: which condition to drop, and how many it would give."""
    offers = [("检索词", ("q",)), ("时间", ("period", "since", "until")), ("信息类型", ("kind", "group"))]
    offers += [("金额", ("amount",)), ("交易方式", ("method",)), ("招标人", ("owner",))]
    offers += [("地区", ("region",)), ("标段状态", ("state",)), ("标的性质", ("nature", "category"))]
    tried = []
    for label, keys in offers:
        if not set(keys) & set(asked.current):
            continue
        wider = forms.without(asked, *keys)
        total = notices.search(wider.wanted, page=1, size=1).total
        if total:
            tried.append((label, total, show.query(wider.current)))
    return sorted(tried, key=lambda offer: offer[1])[:2]


@require_safe
def notice(request: Request, notice: str) -> HttpResponse:
    """一份公告: key facts, body, attachments, versions with their difference."""
    facts = notices.notice(notice)
    lot = dossiers.summary(facts.lot)
    versions = notices.versions(facts.id)
    is_still = queries.is_still(lot)
    runs_until = lot.deadline if lot.round == facts.round and not is_still and not lot.is_suspended else None
    context = {
        "notice": facts,
        "kind": KINDS[facts.kind],
        "articles": _articles(facts),
        "address": request.build_absolute_uri(f"/notices/{facts.id}/"),
        "lot": lot,
        "word": queries.word(lot, request.at, is_still=is_still),
        "deadline": runs_until,
        "publisher": queries.names([facts.publisher]).get(facts.publisher, "") if facts.publisher else "",
        "region": queries.region_names([lot.region])[lot.region],
        "method": catalog.method_name(lot.method),
        "owner": queries.names([lot.owner]).get(lot.owner, str(lot.owner)),
        "says": _says(lot),
        "versions": versions,
        "differences": notices.difference(facts.id) if facts.amends else (),
        "attachments": _attachments(facts),
        "others": [other for other in notices.notices(lot=facts.lot) if other.id != facts.id],
        "now": request.at,
        "sentence": _sentence(facts, lot, runs_until, request.at),
        "minutes": max(1, sum(len(block.text) for block in facts.body) // 400),
    }
    return pages.show(request, "portal/notice.html", context)


def _says(lot: Summary) -> tuple[str, str, str]:
    """称谓: what this trade calls the owner, the lot and the last moment to come."""
    category = catalog.find_category(lot.category)
    if catalog.is_scored(lot.method) or category is None:
        return "招标人", "标段", "投标截止"
    return category.owner_word, category.lot_word, "报名截止"


def _articles(facts: NoticeFacts) -> dict[str, str]:
    """法定时间与保证金的依据, by label."""
    return {
        label: item.article
        for item in KINDS[facts.kind].items
        for label in (item.name, *item.labels)
        if any(word in label for word in ("时间", "期", "保证金"))
    }


def _attachments(facts: NoticeFacts) -> list[dict[str, object]]:
    return [
        {
            "name": file.name,
            "bytes": file.bytes,
            "digest": file.digest,
            "url": f"/notices/{facts.id}/files/{index}/",
        }
        for index, file in enumerate(facts.attachments)
    ]


def _sentence(facts: NoticeFacts, lot: Summary, deadline: datetime | None, at: datetime) -> str:
    """一句话: what, how much, until when or who won, in plain words."""
    text = f"{lot.title}，估算价 {lot.estimate.figures()} 元"
    if facts.kind in queries.RESULTS and lot.winner and lot.round == facts.round:
        price = f"{lot.award_amount.figures()} 元" if lot.award_amount else lot.award_text
        who, worth = ("中标人", "中标价") if catalog.is_scored(lot.method) else ("竞得人", "成交价")
        return f"{text}，{who}{lot.winner}" + (f"，{worth} {price}。" if price else "。")
    if facts.kind in (*DOCUMENTS, "transfer_notice") and deadline and deadline > at:
        local = deadline.astimezone(show.BEIJING)
        return f"{text}，{local.month}月{local.day}日 {local:%H:%M} 前可以{'投标' if catalog.is_scored(lot.method) else '报名'}。"
    if facts.kind == "candidates" and lot.publicity_until and lot.publicity_until > at:
        return f"{text}，{show.until(lot.publicity_until, year=False).striptags()} 前可以提出异议。"
    return text + "。"


@require_safe
def attachment(request: Request, notice: str, number: int) -> FileResponse:
    """公告附件 as it was published, by its digest."""
    facts = notices.notice(notice)
    if number >= len(facts.attachments):
        raise Http404
    file = facts.attachments[number]
    answer = FileResponse(vault.open_file(file.digest), as_attachment=True, filename=file.name)
    answer.headers["Content-Length"] = str(file.bytes)
    answer.headers["ETag"] = f'"{file.digest}"'
    return answer
