"""目录的页面: what must enter, by which methods, within which limits, on which article."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries
from ggzy.registers.catalog.forms import Question
from ggzy.registers.catalog.values import Category, Limit

SCOPES = {
    "threshold": "达到法定限额的必须进场，其余可以进场",
    "amount": "达到限额的必须进场，其余可以进场",
    "always": "全部必须进场",
    "listed": "按本地目录确定",
}
SECTIONS = {
    "tender": "招标、投标、定标、合同",
    "prequalification": "资格预审",
    "committee": "评标委员会",
    "objection": "异议",
    "complaint": "投诉",
    "deposit": "保证金",
    "disclosure": "公告、信息披露",
    "viewing": "展示、踏勘",
    "price": "起始价与评估",
    "increase": "增资",
    "ascending": "拍卖、增价竞价",
    "listing": "挂牌",
    "reverse": "反向竞价",
    "contest": "竞价时间",
    "sale": "成交确认、公示与合同",
    "payment": "价款支付",
    "commission": "佣金",
    "relisting": "再次交易",
    "term": "使用期限",
    "notice": "公告公示",
    "lot": "暂停交易",
}
UNITS = {"d": " 日", "wd": " 个工作日", "year": " 年", "count": "", "flag": ""}
UNITS |= {"h": " 小时", "min": " 分钟", "month": " 个月", "yuan": " 元"}
WORDS = {"min": "不少于 ", "max": "不超过 ", "eq": ""}
STATUSES = {"found": "已核对原文", "memory": "待核对原文", "local": "本地规则"}


@require_safe
def catalog(request: Request) -> HttpResponse:
    """交易目录, with a question anyone may ask of it."""
    form = Question(request.GET) if "category" in request.GET else Question()
    found = None
    if form.is_bound and form.is_valid():
        found = queries.classify(form.subject(), local_date(request.at))
    context = {
        "form": form,
        "found": found,
        "found_methods": [queries.method_name(code) for code in found.methods] if found else [],
        "found_scoring": [queries.scoring_name(code) for code in found.scoring] if found else [],
        "open": [_row(category) for category in queries.categories() if category.is_open],
        "others": [_row(category) for category in queries.categories() if not category.is_open],
    }
    return pages.show(request, "catalog/catalog.html", context, status=422 if form.errors else 200)


@require_safe
def category(request: Request, key: str) -> HttpResponse:
    """目录条目: one category with its codes, methods, thresholds and the numbers that bind it."""
    entry = next((entry for entry in queries.categories() if entry.key == key), None)
    if entry is None:
        raise Missing("目录中没有这一类交易")
    region, today = _region(request.GET.get("region", "")), local_date(request.at)
    limits = queries.rulebook(entry.rulebook, region, today) if entry.rulebook else None
    thresholds = queries.thresholds(today) if entry.scope == "threshold" else None
    context = {
        "category": entry,
        "scope": SCOPES[entry.scope],
        "status": STATUSES[entry.status],
        "limit": _limit(entry),
        "method_rows": [
            [method.name, method.condition or "—", method.article]
            for method in (queries.methods()[code] for code in entry.methods)
        ],
        "scoring_rows": [
            [scoring.name, scoring.article]
            for scoring in (queries.scorings()[code] for code in entry.scoring)
        ],
        "code_rows": [[code.code, code.name, code.authority or entry.authority] for code in entry.codes],
        "trait_rows": [
            [trait.label, "必填" if trait.is_required else "选填", trait.example] for trait in entry.traits
        ],
        "thresholds": thresholds,
        "exemptions": queries.exemptions() if thresholds else (),
        "rulebook": limits,
        "sections": _sections(limits.limits) if limits else [],
        "region_name": "" if region == RegionCode.COUNTRY else queries.region(region).full_name,
        "regions": [
            (facts.name, f"?region={facts.code}", None, facts.code == region) for facts in queries.regions()
        ],
        "today": today,
    }
    return pages.show(request, "catalog/category.html", context)


def _row(entry: Category) -> list[object]:
    methods = "、".join(queries.method_name(code) for code in entry.methods)
    limit: str | Money = entry.threshold or entry.threshold_basis
    return [entry, SCOPES[entry.scope], limit, entry.authority, methods, entry.basis]


def _limit(entry: Category) -> str:
    if entry.threshold:
        return f"{entry.threshold.figures()} 元（{entry.threshold_basis}）"
    return entry.threshold_basis or ("见“必须招标的限额”" if entry.scope == "threshold" else "没有金额限制")


def _sections(limits: tuple[Limit, ...]) -> list[tuple[str, list[list[str]]]]:
    """The numbers by chapter, in the order of `SECTIONS`."""
    chapters: dict[str, list[list[str]]] = {name: [] for name in SECTIONS}
    for limit in limits:
        chapters[limit.name.split(".")[0]].append(
            [limit.text, amount(limit), limit.article, STATUSES[limit.status]]
        )
    return [(SECTIONS[name], rows) for name, rows in chapters.items() if rows]


def amount(limit: Limit) -> str:
    """A number with its bound and unit: 不少于 20 日, 不超过 2%."""
    if limit.unit == "ratio":
        return WORDS[limit.op] + Rate(limit.value).percent_text()
    return f"{WORDS[limit.op]}{limit.value}{UNITS[limit.unit]}"


def _region(text: str) -> RegionCode:
    """The region asked for; the whole country for anything the table does not have."""
    try:
        region = RegionCode.parse(text)
    except ValueError:
        return RegionCode.COUNTRY
    return region if queries.is_region(region) else RegionCode.COUNTRY
