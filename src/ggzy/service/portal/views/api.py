"""数据接口: the public data as JSON, described by OpenAPI, with examples that run."""

from typing import Annotated, Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.events import Audience, body
from ggzy.kernel.instants import local_date
from ggzy.service.portal import forms, queries
from ggzy.service.portal.views import credit
from ggzy.service.portal.views.shapes import (
    Checkpoint,
    Fact,
    FullNotice,
    Lot,
    Lots,
    Mistake,
    Notices,
    Opening,
)
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices.values import NoticeFacts, NoticeRow

API = NinjaAPI(
    title="公共资源交易数据接口",
    version="1.0",
    description="只读、免登录。金额以分为单位，时间为 UTC，编码为国家标准编码。",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


Words = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Path(max_length=100, pattern=r"^[^\x00]*$")]


@API.exception_handler(Missing)
def _missing(request: Request, missing: Missing) -> HttpResponse:
    return API.create_response(request, {"message": "没有找到，或者不公开。"}, status=404)


@API.exception_handler(ValidationError)
def _invalid(request: Request, mistake: ValidationError) -> HttpResponse:
    fields = [".".join(str(step) for step in error["loc"][1:]) for error in mistake.errors]
    return API.create_response(request, {"message": "参数不符合要求。", "fields": fields}, status=422)


@API.get("/notices", response={200: Notices, 422: Mistake}, summary="检索公告", tags=["公告"])
def list_notices(
    request: Request,
    q: Words = "",
    kind: Words = "",
    region: Words = "",
    lot: Words = "",
    since: Words = "",
    until: Words = "",
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(20, ge=1, le=100),
):
    """The same query as the search page, with the same words."""
    given = {"q": q, "kind": kind, "region": region, "lot": lot, "since": since, "until": until}
    asked = forms.read(given, local_date(request.at))
    found = notices.search(asked.wanted, page=page, size=size)
    return {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "notices": [_notice(r) for r in found.rows],
    }


@API.get(
    "/notices/{id}",
    response={200: FullNotice, 404: Mistake, 422: Mistake},
    summary="一份公告全文",
    tags=["公告"],
)
def read_notice(request: Request, id: Name):
    """公告全文 with its attachments' digests."""
    return _full(notices.notice(id), request)


@API.get("/lots", response={200: Lots, 422: Mistake}, summary="标段清单", tags=["标段"])
def list_lots(
    request: Request,
    q: Words = "",
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(20, ge=1, le=100),
):
    """标段 newest first."""
    wanted = dossiers.Wanted(words=q)
    rows = dossiers.summaries(wanted, offset=(page - 1) * size, limit=size)
    return {
        "total": dossiers.count(wanted),
        "page": page,
        "lots": [queries.lot_record(row, request.at) for row in rows],
    }


@API.get("/lots/{code}", response={200: Lot, 404: Mistake, 422: Mistake}, summary="一个标段", tags=["标段"])
def read_lot(request: Request, code: Name):
    """标段 as it stands."""
    return queries.lot_record(dossiers.summary(_code(code)), request.at)


@API.get(
    "/openings/{code}", response={200: Opening, 404: Mistake, 422: Mistake}, summary="开标记录", tags=["开标"]
)
def read_opening(
    request: Request,
    code: Name,
    page: int = Query(1, ge=1, le=10_000),
    size: int = Query(100, ge=1, le=500),
):
    """开标: counters at once, rows after they were read out."""
    lot = _code(code)
    found = dossiers.opening(lot, offset=(page - 1) * size, limit=size)
    if found is None:
        raise Missing()
    return {
        "lot": str(lot),
        "round": found.round,
        "began_at": found.began_at,
        "concluded_at": found.concluded_at,
        "submitted": found.submitted,
        "decrypted": found.decrypted,
        "failed": found.failed,
        "total": dossiers.opened_count(lot),
        "page": page,
        "bids": [{**_named(bid, BID), "amount": queries.amount_record(bid.amount)} for bid in found.bids],
    }


@API.get("/journal/checkpoint", response={200: Checkpoint, 404: Mistake}, summary="最新存证头", tags=["存证"])
def read_checkpoint(request: Request):
    """The signed head of the journal."""
    head = journal.checkpoint()
    if head is None:
        raise Missing()
    return {"size": head.size, "note": head.note, "issued_at": head.issued_at}


@API.get(
    "/journal/lots/{code}",
    response={200: list[Fact], 404: Mistake, 422: Mistake},
    summary="标段的公开事实",
    tags=["存证"],
)
def read_facts(
    request: Request,
    code: Name,
    after: int = Query(0, ge=0, le=2**53),
    limit: int = Query(100, ge=1, le=500),
):
    """Facts that anyone may read, in the order of the journal."""
    lot = _code(code)
    dossiers.summary(lot)
    found = (fact for fact in dossiers.facts_of(lot, after=after) if fact.audience is Audience.PUBLIC)
    return [
        {
            "height": f.height,
            "subject": f.subject,
            "seq": f.seq,
            "kind": f.kind,
            "at": f.at,
            "body": body(f.event),
        }
        for _, f in zip(range(limit), found, strict=False)
    ]


API.add_router("/credit", credit.ROUTER)

ROW = ("id", "title", "kind", "kind_name", "round", "published_at", "version")
BID = ("seq", "bidder", "code", "price", "period", "quality")


def _named(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _code(text: str) -> LotCode:
    try:
        return LotCode.parse(text)
    except ValueError as mistake:
        raise Missing() from mistake


def _notice(row: NoticeRow) -> dict[str, Any]:
    return {**_named(row, ROW), "lot": str(row.lot), "owner": str(row.owner), "region": str(row.region)}


def _full(facts: NoticeFacts, request: Request) -> dict[str, Any]:
    return {
        **_named(facts, (*ROW, "amends", "amended_by", "digest")),
        "lot": str(facts.lot),
        "facts": [{"label": fact.label, "text": fact.text} for fact in facts.facts],
        "body": [{"label": block.heading, "text": block.text} for block in facts.body],
        "attachments": [
            {
                **_named(file, ("name", "digest", "bytes")),
                "url": request.build_absolute_uri(f"/notices/{facts.id}/files/{index}/"),
            }
            for index, file in enumerate(facts.attachments)
        ],
    }


@require_safe
def description(request: Request) -> JsonResponse:
    """接口的机器描述, OpenAPI 3."""
    return JsonResponse(
        API.get_openapi_schema(path_prefix="/api/"), json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def document(request: Request) -> HttpResponse:
    """接口说明: read from the description itself, with examples that run on this installation."""
    schema = API.get_openapi_schema(path_prefix="/api/")
    example = queries.example_lot()
    newest = notices.search(forms.read({}, local_date(request.at)).wanted, page=1, size=1).rows
    values = {"code": example, "id": newest[0].id if newest else ""}
    values["party"] = str(newest[0].owner) if newest else ""
    operations = [
        _operation(path, call, values) for path, calls in schema["paths"].items() for call in calls.values()
    ]
    return pages.show(
        request, "portal/api.html", {"operations": operations, "api": API, "iso": show.iso(request.at)}
    )


def _operation(path: str, call: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    address = path
    for name, value in values.items():
        address = address.replace("{" + name + "}", value)
    return {
        "path": path,
        "summary": call["summary"],
        "rows": [
            (p["name"], _kind(p["schema"]), "必填" if p["required"] else "选填")
            for p in call.get("parameters", [])
        ],
        "answers": sorted(str(status) for status in call["responses"]),
        "example": address if "//" not in address and not address.endswith("/") else "",
    }


def _kind(schema: dict[str, Any]) -> str:
    bounds = [f"{schema[k]}" for k in ("minimum", "maximum") if k in schema]
    return {"integer": "整数", "string": "文字"}.get(schema.get("type", ""), "文字") + (
        f"（{'–'.join(bounds)}）" if bounds else ""
    )
