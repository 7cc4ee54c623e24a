"""同一查询的其他格式: what is exported is what is shown, plus codes."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import xlsxwriter
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import show
from ggzy.foundation.ui.pages import Request
from ggzy.registers.catalog import queries as catalog
from ggzy.service.portal import queries
from ggzy.service.portal.views.notices import asked_of
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices.values import Found, NoticeRow

EXPORT_MAX = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = (
    "标题", "信息类型", "标段编号", "轮次", "招标人", "招标人代码", "地区代码", "交易方式", "估算价（元）",
    "发布时间（北京）", "地址",
)  # fmt: skip
WIDTHS = (60, 14, 36, 6, 36, 22, 10, 14, 18, 20, 60)
ROUND, AMOUNT = HEAD.index("轮次"), HEAD.index("估算价（元）")
NUMBERS = (ROUND, AMOUNT)


@require_safe
def export(request: Request, ending: str) -> HttpResponse:
    """同一查询的其他格式: rss, atom, json, csv or xlsx; what is exported is what is shown, plus codes."""
    asked = asked_of(request)
    size = EXPORT_MAX if ending in ("csv", "xlsx") else 100
    found = notices.search(asked.wanted, page=asked.page, size=size)
    writers = {"rss": _feed, "atom": _feed, "json": _json, "csv": _csv, "xlsx": _xlsx}
    if ending not in writers:
        raise Http404
    return writers[ending](request, found, ending)


def _feed(request: Request, found: Found, ending: str) -> HttpResponse:
    kind = Rss201rev2Feed if ending == "rss" else Atom1Feed
    feed = kind(
        title="交易公开",
        link=request.build_absolute_uri("/notices/"),
        description="公共资源交易公告",
        language="zh-cn",
    )
    for row in found.rows:
        link = request.build_absolute_uri(f"/notices/{row.id}/")
        feed.add_item(row.title, link, row.kind_name, unique_id=link, pubdate=row.published_at)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _record(row: NoticeRow) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "kind_name": row.kind_name,
        "lot": str(row.lot),
        "round": row.round,
        "owner": str(row.owner),
        "region": str(row.region),
        "category": row.category,
        "nature": row.nature,
        "published_at": show.iso(row.published_at),
        "version": row.version,
    }


def _json(request: Request, found: Found, ending: str) -> HttpResponse:
    body = {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "notices": [_record(r) for r in found.rows],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _table(request: Request, found: Found) -> Iterator[tuple[str, ...]]:
    """The rows of a sheet, without their head."""
    owners = queries.names(row.owner for row in found.rows)
    for row in found.rows:
        yield (
            row.title,
            row.kind_name,
            str(row.lot),
            str(row.round),
            owners.get(row.owner, ""),
            str(row.owner),
            str(row.region),
            catalog.method_name(row.method),
            row.estimate.figures().replace(",", ""),
            row.published_at.astimezone(show.BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
            request.build_absolute_uri(f"/notices/{row.id}/"),
        )


def _csv(request: Request, found: Found, ending: str) -> HttpResponse:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEAD)
    sheet.writerows([_plain(cell) for cell in cells] for cells in _table(request, found))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="notices.csv"'
    return answer


def _plain(text: str) -> str:
    # A cell that begins like a formula would run in a spreadsheet.
    return "'" + text if text[:1] in "=+-@\t" else text


def _xlsx(request: Request, found: Found, ending: str) -> HttpResponse:
    """Every cell but an amount and a count is text: no code becomes a number, and nothing a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("公告")
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(found.rows)), len(HEAD) - 1)
        bold, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        for place, (title, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, bold)
        for number, cells in enumerate(_table(request, found), start=1):
            for place, cell in enumerate(cells):
                if place in NUMBERS:
                    sheet.write_number(number, place, Decimal(cell), amount if place == AMOUNT else None)
                else:
                    sheet.write_string(number, place, cell)
    answer = HttpResponse(out.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="notices.xlsx"'
    return answer
