"""评标办法的表单: criteria in rows, the price formula, adjustments; empty rows do not count."""

import re
from decimal import Decimal
from typing import Any

from django import forms as django_forms

from ggzy.foundation.ui import forms
from ggzy.trading.evaluation.values import (
    Adjustment,
    CoefficientSet,
    Criterion,
    CriterionKind,
    Entering,
    Mean,
    Part,
    PriceFormula,
    RateReading,
    Scheme,
    Shape,
    Steps,
    Trim,
    best_value_scheme,
    comprehensive_scheme,
    highest_price_scheme,
    lowest_price_scheme,
)

# No exponents: 1e999999999 is one short word and a gigabyte when it is written out.
PLAIN = re.compile(r"[+-]?\d{1,12}(\.\d{1,10})?", re.ASCII)
CRITERIA_MAX = 10
ADJUSTMENTS_MAX = 4
KINDS = [("", "—"), (CriterionKind.SUBJECTIVE, "主观分"), (CriterionKind.OBJECTIVE, "客观分")]
PARTS = [(Part.TECHNICAL, "技术"), (Part.BUSINESS, "商务"), (Part.CREDIT, "信用")]
ENTERING = [
    (Entering.PASSED, "通过初步评审的投标"),
    (Entering.OPENED, "全部开标的投标"),
    (Entering.WITHIN, "通过初步评审且报价在限价区间内的投标"),
]
TRIMS: dict[str, tuple[Trim, ...]] = {
    "none": (),
    "one": (Trim(bids_min=5, count=1),),
    "two": (Trim(bids_min=5, count=1), Trim(bids_min=10, count=2)),
    "fifth": (Trim(bids_min=5, share=Decimal("0.2")),),
}
TRIM_NAMES = [
    ("none", "不去高去低"),
    ("one", "满 5 家，去掉一个最高价和一个最低价"),
    ("two", "满 5 家各去一个，满 10 家各去两个"),
    ("fifth", "满 5 家，去掉最高和最低各 20 %"),
]
MEANS = [
    (Mean.ARITHMETIC, "算术平均"),
    (Mean.TWO_STEP_LOW, "二次平均：低于第一次平均值者的平均"),
    (Mean.TWO_STEP_HALF, "二次平均：两次平均值的一半"),
    (Mean.LOWEST, "最低价"),
    (Mean.LOWEST_TWO, "最低两家的平均"),
]
SHAPES = [
    (Shape.DEVIATION, "按偏差率扣分"),
    (Shape.INTERVAL, "区间内满分，区间外扣分"),
    (Shape.PROPORTION, "基准价 ÷ 报价 × 满分"),
]
STEPS = [
    (Steps.LINEAR, "线性内插"),
    (Steps.FULL, "不足一个单位不计"),
    (Steps.STARTED, "不足一个单位按一个单位计"),
]
READINGS = [(RateReading.DISCOUNT, "下浮率：下浮多者优"), (RateReading.FEE, "费率：费率低者优")]


class NumberField(forms.TextField):
    """数值: a plain decimal number, full-width figures accepted; `percent` reads 1.5 as 0.015."""

    def __init__(self, *, percent: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=24, **kwargs)
        self.percent = percent
        self.widget.attrs.update({"inputmode": "decimal", "class": "field-amount"})

    def to_python(self, value: Any) -> Any:
        """None for an empty field."""
        if isinstance(value, Decimal):
            return value
        text = str(value or "").translate(forms.FULL_WIDTH).replace(" ", "").removesuffix("%")
        if not text:
            return None
        if not PLAIN.fullmatch(text):
            raise django_forms.ValidationError("请填写数字，如 60 或 0.5")
        number = Decimal(text)
        return number.scaleb(-2) if self.percent else number

    def validate(self, value: Any) -> None:
        """A parsed zero is a value."""
        if self.required and value is None:
            raise django_forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""


class NumbersField(forms.TextField):
    """一组数值, separated by commas or spaces."""

    def to_python(self, value: Any) -> Any:
        """A tuple of decimals, empty for an empty field."""
        words = [
            word for word in re.split(r"[,，、;；\s]+", str(value or "").translate(forms.FULL_WIDTH)) if word
        ]
        if not all(PLAIN.fullmatch(word) for word in words):
            raise django_forms.ValidationError("请填写用逗号分开的数字，如 0.95, 0.96, 0.97")
        return tuple(Decimal(word) for word in words)

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""


class CriteriaForm(forms.Form):
    """评审因素 in rows, beside the price with its weight."""

    price_weight = NumberField(label="报价权重", help_text="满分 100 分中报价所占的分数", initial="60")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, CRITERIA_MAX + 1):
            self.fields.update(_criterion_fields(number))

    @property
    def rows(self) -> list[list[str]]:
        """The names of the fields of each criterion."""
        names = ("name", "kind", "part", "weight", "full", "step", "words")
        return [[f"c{number}_{name}" for name in names] for number in range(1, CRITERIA_MAX + 1)]

    @property
    def formula_names(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if not re.match(r"c\d+_|request$", name))

    def _criteria(self) -> tuple[Criterion, ...]:
        found = []
        for number in range(1, CRITERIA_MAX + 1):
            row = {name.split("_", 1)[1]: self.cleaned_data[name] for name in self.rows[number - 1]}
            if row["name"]:
                found.append(
                    Criterion(
                        code=f"c{number}",
                        name=row["name"],
                        kind=CriterionKind(row["kind"] or CriterionKind.SUBJECTIVE),
                        part=Part(row["part"]),
                        weight=row["weight"] or Decimal(0),
                        full=row["full"] or Decimal(100),
                        step=row["step"] or Decimal("0.5"),
                        words=row["words"],
                    )
                )
        return tuple(found)


class ComprehensiveForm(CriteriaForm):
    """综合评估法."""

    rate_reading = forms.ChoiceField(
        label="费率报价的读法", choices=READINGS, initial=RateReading.DISCOUNT, required=False
    )
    entering = forms.ChoiceField(label="进入评标基准价计算的投标", choices=ENTERING, initial=Entering.PASSED)
    within_low = NumberField(
        label="限价区间下限", percent=True, required=False, help_text="占最高投标限价的 %"
    )
    within_high = NumberField(
        label="限价区间上限", percent=True, required=False, help_text="占最高投标限价的 %"
    )
    trim = forms.ChoiceField(label="去高去低", choices=TRIM_NAMES, initial="one")
    mean = forms.ChoiceField(label="均值算法", choices=MEANS, initial=Mean.ARITHMETIC)
    q = NumbersField(
        label="限价权重 Q 的备选值", required=False, help_text="如 0.3, 0.4, 0.5；开标时公开抽取一个"
    )
    k = NumbersField(
        label="系数 K 的备选值", required=False, help_text="如 0.95, 0.955, 0.96；开标时公开抽取一个"
    )
    delta = NumbersField(
        label="下浮系数的备选值", required=False, help_text="如 0.005, 0.01, 0.015；与 K 只用一个"
    )
    shape = forms.ChoiceField(label="价格分算法", choices=SHAPES, initial=Shape.DEVIATION)
    above = NumberField(label="每高于基准价一个单位扣分", required=False, initial="2")
    below = NumberField(label="每低于基准价一个单位扣分", required=False, initial="1")
    unit = NumberField(label="扣分单位", initial="1", help_text="偏差率的 %：1 表示每 1 %，0.1 表示每 0.1 %")
    steps = forms.ChoiceField(label="不足一个单位时", choices=STEPS, initial=Steps.LINEAR)
    interval_low = NumberField(label="满分区间下限", percent=True, required=False, help_text="占基准价的 %")
    interval_high = NumberField(label="满分区间上限", percent=True, required=False, help_text="占基准价的 %")

    def scheme(self) -> Scheme:
        """The scheme as typed; whether it is complete is for the rules to say."""
        data = self.cleaned_data
        coefficients = tuple(
            CoefficientSet(name=name, values=data[name]) for name in ("q", "k", "delta") if data[name]
        )
        return comprehensive_scheme(
            *self._criteria(),
            price_weight=data["price_weight"],
            formula=_formula(data),
            coefficients=coefficients,
            rate_reading=RateReading(data["rate_reading"] or RateReading.DISCOUNT),
        )


class BestValueForm(CriteriaForm):
    """综合评价法, of a sale."""

    def scheme(self) -> Scheme:
        """The scheme as typed."""
        return best_value_scheme(*self._criteria(), price_weight=self.cleaned_data["price_weight"])


class HighestPriceForm(forms.Form):
    """最高报价法: nothing is left to say."""

    rows: tuple[tuple[str, ...], ...] = ()

    def scheme(self) -> Scheme:
        """The scheme."""
        return highest_price_scheme()


class LowestPriceForm(forms.Form):
    """经评审的最低投标价法."""

    rate_reading = forms.ChoiceField(
        label="费率报价的读法", choices=READINGS, initial=RateReading.DISCOUNT, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ADJUSTMENTS_MAX + 1):
            self.fields.update(_adjustment_fields(number))

    @property
    def rows(self) -> list[list[str]]:
        """The names of the fields of each adjustment."""
        names = ("name", "unit", "threshold", "per", "amount", "share", "units_max")
        return [[f"a{number}_{name}" for name in names] for number in range(1, ADJUSTMENTS_MAX + 1)]

    def scheme(self) -> Scheme:
        """The scheme as typed."""
        data = self.cleaned_data
        factors = []
        for number in range(1, ADJUSTMENTS_MAX + 1):
            row = {name.split("_", 1)[1]: data[name] for name in self.rows[number - 1]}
            if row["name"]:
                factors.append(
                    Adjustment(
                        code=f"a{number}",
                        name=row["name"],
                        unit=row["unit"],
                        threshold=row["threshold"] or Decimal(0),
                        per=row["per"] if row["per"] is not None else Decimal(1),
                        amount=row["amount"] or Decimal(0),
                        share=row["share"] or Decimal(0),
                        units_max=row["units_max"],
                    )
                )
        return lowest_price_scheme(
            adjustments=tuple(factors),
            rate_reading=RateReading(data["rate_reading"] or RateReading.DISCOUNT),
        )


def _formula(data: dict[str, Any]) -> PriceFormula:
    whole = Decimal(1)
    return PriceFormula(
        entering=Entering(data["entering"]),
        within_low=data["within_low"] or Decimal(0),
        within_high=data["within_high"] or whole,
        trims=TRIMS[data["trim"]],
        mean=Mean(data["mean"]),
        shape=Shape(data["shape"]),
        above=data["above"] or Decimal(0),
        below=data["below"] or Decimal(0),
        unit=data["unit"],
        steps=Steps(data["steps"]),
        interval_low=data["interval_low"] or whole,
        interval_high=data["interval_high"] or whole,
    )


def _criterion_fields(number: int) -> dict[str, django_forms.Field]:
    return {
        f"c{number}_name": forms.TextField(label="名称", required=False, max_length=60),
        f"c{number}_kind": django_forms.ChoiceField(label="类别", choices=KINDS, required=False),
        f"c{number}_part": django_forms.ChoiceField(label="部分", choices=PARTS),
        f"c{number}_weight": NumberField(label="权重", required=False),
        f"c{number}_full": NumberField(label="打分满分", required=False, initial="100"),
        f"c{number}_step": NumberField(label="步长", required=False, initial="0.5"),
        f"c{number}_words": forms.LongTextField(label="评分标准", required=False, rows=2, max_length=2000),
    }


def _adjustment_fields(number: int) -> dict[str, django_forms.Field]:
    return {
        f"a{number}_name": forms.TextField(label="因素", required=False, max_length=60),
        f"a{number}_unit": forms.TextField(label="计量单位", required=False, max_length=10),
        f"a{number}_threshold": NumberField(label="起计量", required=False),
        f"a{number}_per": NumberField(label="每", required=False, initial="1"),
        f"a{number}_amount": NumberField(label="加价（元）", required=False),
        f"a{number}_share": NumberField(label="加价（报价的 %）", required=False, percent=True),
        f"a{number}_units_max": NumberField(label="最多计", required=False),
    }
