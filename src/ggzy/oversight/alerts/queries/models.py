"""模型的读取: parameters, how often an indicator fires, how often it was right, and whether it runs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Q

from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.oversight.alerts import indicators, rules
from ggzy.oversight.alerts.models import Alert, FindingRow, Run, SettingRow, Skipped, Watch
from ggzy.oversight.alerts.values import Indicator, Model, Params, Value
from ggzy.oversight.alerts.values.alerts import AlertFacts, Coverage, Health, Precision, Rate, Setting
from ggzy.trading.dossier import queries as dossier

MONTHS = 24
SINCE = timedelta(days=730)
CITY_DIGITS = 4
LOOKS_MAX = 50


def model(code: str) -> Model:
    """监管模型. Raises Missing."""
    found = indicators.models().get(code)
    if found is None:
        raise Missing("没有这个监管指标")
    return found


def lots_to_look_at(until: datetime) -> tuple[LotCode, ...]:
    """到期要再看的标段."""
    rows = Watch.objects.filter(look_at__lte=until).order_by("look_at").values_list("lot", flat=True)
    return tuple(LotCode(lot) for lot in rows[:LOOKS_MAX])


def params(indicator: Indicator, region: RegionCode) -> Params:
    """现行参数 of a region: the nearest setting above it holds."""
    values: dict[str, Value] = dict(indicator.defaults())
    rows = SettingRow.objects.filter(indicator=indicator.code).order_by("since", "pk")
    above = [row for row in rows if region.startswith(row.region.prefix)]
    for row in sorted(above, key=lambda row: len(row.region.prefix)):
        value = rules.parsed(values[row.name], row.text) if row.name in values else None
        values[row.name] = values.get(row.name, row.text) if value is None else value
    return values


def settings(code: str) -> tuple[Setting, ...]:
    """参数的调整记录, the latest first."""
    rows = SettingRow.objects.filter(indicator=code).order_by("-since", "-pk")
    return tuple(row.facts() for row in rows)


def rate(found: AlertFacts, score: Decimal, at: datetime) -> Rate:
    """触发率 of this alert's indicator in its city and trade, and where its score stands among the others."""
    city = found.region[:CITY_DIGITS]
    lots = Watch.objects.filter(
        region__startswith=city, category=found.category, registered_at__gte=at - SINCE
    ).count()
    fired = FindingRow.objects.filter(
        indicator=found.indicator.code, region__startswith=city, category=found.category,
        first_at__gte=at - SINCE, due__isnull=True,
    )  # fmt: skip
    said = fired.aggregate(
        lots=Count("lot", distinct=True), keys=Count("note_key", distinct=True, filter=~Q(note_key="")),
        above=Count("pk", filter=Q(score__gt=score)), among=Count("pk"),
    )  # fmt: skip
    return Rate(
        lots=lots,
        fired=min(max(said["lots"], said["keys"]), lots),
        months=MONTHS,
        place=said["above"] + 1,
        among=said["among"],
    )


def rates(region: RegionCode, at: datetime) -> Mapping[str, Rate]:
    """各指标的触发率 in a region."""
    within = {"region__startswith": region.prefix}
    lots = Watch.objects.filter(**within, registered_at__gte=at - SINCE).count()
    rows = (
        FindingRow.objects.filter(**within, first_at__gte=at - SINCE, due__isnull=True)
        .values_list("indicator")
        .annotate(lots=Count("lot", distinct=True), keys=Count("note_key", distinct=True))
        .order_by()
    )
    return {
        code: Rate(lots=lots, fired=min(max(fired, keys if fired == 0 else 0), lots), months=MONTHS)
        for code, fired, keys in rows
    }


def rates_by_trade(code: str, region: RegionCode, at: datetime) -> tuple[tuple[str, Rate], ...]:
    """一个指标的触发率 by trade."""
    within = {"region__startswith": region.prefix}
    lots = dict(
        Watch.objects.filter(**within, registered_at__gte=at - SINCE)
        .values_list("category").annotate(n=Count("pk")).order_by()
    )  # fmt: skip
    fired = dict(
        FindingRow.objects.filter(**within, indicator=code, first_at__gte=at - SINCE, due__isnull=True)
        .values_list("category").annotate(n=Count("lot", distinct=True)).order_by()
    )  # fmt: skip
    return tuple(
        (category, Rate(lots=count, fired=min(fired.get(category, 0), count), months=MONTHS))
        for category, count in sorted(lots.items())
    )


def precision(code: str, region: RegionCode = RegionCode.COUNTRY) -> Precision:
    """查实率 of one indicator."""
    return precisions(region).get(code, Precision(raised=0, confirmed=0, dismissed=0))


def precisions(region: RegionCode = RegionCode.COUNTRY) -> Mapping[str, Precision]:
    """各指标的查实率, by decided alerts."""
    rows = (
        Alert.objects.filter(region__startswith=region.prefix)
        .values_list("indicator")
        .annotate(
            raised=Count("pk"), yes=Count("pk", filter=Q(outcome="confirmed")),
            no=Count("pk", filter=Q(outcome="dismissed")),
        )
        .order_by()
    )  # fmt: skip
    return {code: Precision(raised=raised, confirmed=yes, dismissed=no) for code, raised, yes, no in rows}


def coverage(region: RegionCode) -> Coverage:
    """模型的运行: when they last ran, over how many lots, and which of them failed where."""
    within = Watch.objects.filter(region__startswith=region.prefix)
    runs = dict(Run.objects.values_list("indicator", "last_at"))
    failed = (
        Skipped.objects.filter(lot__in=within.values("lot"))
        .values_list("indicator").annotate(n=Count("pk"), since=Min("since"), error=Min("error")).order_by()
    )  # fmt: skip
    models = indicators.models()
    failing = tuple(
        Health(
            indicator=models[code].indicator,
            last_at=runs.get(code),
            failed=n,
            failed_since=since,
            error=error,
        )
        for code, n, since, error in failed
        if code in models
    )
    watched = within.count()
    return Coverage(
        last_at=max(runs.values(), default=None),
        lots=watched,
        uncovered=max(dossier.count(dossier.Wanted(region=region)) - watched, 0),
        failing=failing,
    )
