"""竞价表单的字段: durations, whole numbers, and tables typed one row a line."""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms as django_forms

from ggzy.foundation.ui import forms
from ggzy.kernel.instants import Period
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions.values import Amount, Direction, Measure, Rung, WeightedItem

SECONDS_MAX = 30 * 86400
UNITS = {"": 60, "秒": 1, "分": 60, "分钟": 60, "小时": 3600}
DURATION = re.compile(r"(\d{1,7})\s*(秒|分钟|分|小时)?$")
TO = re.compile(r"\s*(?:至|到|—|–|~|～)\s*")
CUTS = re.compile(r"\s*[|｜，,、\t]\s*|\s+")
LINES_MAX = 50


class NumberField(django_forms.IntegerField):
    """整数, typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "请填写本项", "invalid": "请填写整数"})
        kwargs["widget"] = django_forms.TextInput(attrs={"inputmode": "numeric", "class": "field-code"})
        super().__init__(**kwargs)


class DurationField(django_forms.CharField):
    """时长: takes 5 分钟, 90 秒, 2 小时 or bare minutes; seconds as its value."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "请填写本项"})
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs.update({"class": "field-code", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = str(value or "").translate(forms.FULL_WIDTH).strip()
        if not text:
            return None
        found = DURATION.match(text)
        seconds = int(found[1]) * UNITS[found[2] or ""] if found else SECONDS_MAX + 1
        if seconds > SECONDS_MAX:
            raise django_forms.ValidationError("时长请写成 5 分钟、90 秒的样子，不超过 30 日。")
        return seconds

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return f"{value // 60} 分钟" if value and value % 60 == 0 else f"{value} 秒"


class NumeralField(django_forms.CharField):
    """小数, exact: a quantity, a weight, a best value."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "请填写本项"})
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.update({"class": "field-code", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        text = str(value or "").strip()
        return numeral(text) if text else None

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""


def numeral(text: str) -> Decimal:
    """A finite number of a usual size. Raises ValidationError."""
    try:
        found = Decimal(text.translate(forms.FULL_WIDTH).replace(",", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > 10**13 or found.normalize().adjusted() < -10:
        raise django_forms.ValidationError(f"“{text[:30]}”不是有效的数字。")
    return found


class PriceField(forms.AmountField):
    """价格, in the measure of the contest: money, or a rate."""

    kind: Any = Money

    def __init__(self, *, is_rate: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_rate = is_rate
        if is_rate:
            self.kind, self.unit = Rate, "%"

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is None:
            return None
        return Amount.of(Measure.RATE, found.value) if self.is_rate else Amount.of_money(found)

    def echo(self, value: Any) -> str:
        if not self.is_rate:
            return super().echo(value.money if isinstance(value, Amount) else value)
        try:
            return (value.rate if isinstance(value, Amount) else Rate.parse(str(value))).percent_text()
        except ValueError:
            return ""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Amount):
            return value.rate.percent_text() if self.is_rate else value.money.figures()
        return super().prepare_value(value)


def rows(text: str, read: Callable[[str], Any]) -> tuple[Any, ...]:
    """One value a line; every line that cannot be read is named."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > LINES_MAX:
        raise django_forms.ValidationError(f"最多 {LINES_MAX} 行。")
    found, mistakes = [], []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(read(line))
        except (ValueError, django_forms.ValidationError) as mistake:
            said = mistake.messages[0] if isinstance(mistake, django_forms.ValidationError) else str(mistake)
            mistakes.append(f"第 {number} 行：{said}")
    if mistakes:
        raise django_forms.ValidationError(mistakes)
    return tuple(found)


def viewing(line: str) -> Period:
    """2026-06-05 09:00 至 11:30."""
    start, *end = TO.split(line)
    field = forms.InstantField()
    since = field.to_python(start)
    if since is None or len(end) != 1:
        raise ValueError("请写成 2026-06-05 09:00 至 11:30 的样子")
    until = _until(field, since, end[0].strip())
    if until is None or until <= since:
        raise ValueError("结束时间应晚于开始时间")
    return Period(since, until)


def _until(field: forms.InstantField, since: datetime, text: str) -> datetime | None:
    is_whole = re.search(r"\d{4}\D", text)
    return field.to_python(text if is_whole else f"{since.astimezone(forms.BEIJING):%Y-%m-%d} {text}")


def rung(line: str, start: Amount, direction: Direction) -> Rung:
    """3000万 20万: from that price on, so much each time."""
    words = [word for word in re.split(r"\s*[|｜]\s*|\s+", line) if word]
    if len(words) != 2:
        raise ValueError("请写成“3000万 20万”：自哪个价格起，每次多少")
    price, step = (_amount(start.measure, word) for word in words)
    return Rung(direction.sign * (price.units - start.units), step.units)


def _amount(measure: Measure, text: str) -> Amount:
    if measure is Measure.MONEY:
        return Amount.of_money(Money.parse(text))
    return Amount.of(measure, Rate.parse(text).value if measure is Measure.RATE else numeral(text))


def quantity(measure: Measure, text: str) -> int:
    """Units of a quantity contested after the ceiling: 5%, 300 (㎡), 20万 (元). Raises ValueError."""
    return _amount(measure, text).units


def weighted(line: str) -> WeightedItem:
    """交货期 20 60 30 天: name, weight, what earns nothing, what earns all, unit."""
    words = [word for word in CUTS.split(line) if word]
    if len(words) not in (4, 5):
        raise ValueError("请写成“交货期 20 60 30 天”：名称、权重、基准值、最优值、单位")
    weight, base, best = (numeral(word) for word in words[1:4])
    unit = words[4] if len(words) == 5 else ""
    return WeightedItem(code=words[0], name=words[0], weight=weight, base=base, best=best, unit=unit)
