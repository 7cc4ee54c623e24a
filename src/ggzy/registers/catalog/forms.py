"""目录的表单: the question a visitor may ask the catalogue."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import RegionCode
from ggzy.registers.catalog import queries
from ggzy.registers.catalog.values import Subject

NATURES = (("works", "工程施工"), ("goods", "货物"), ("services", "服务"))


def _choices() -> list[tuple[str, str]]:
    choices: list[tuple[str, str]] = []
    for category in queries.categories():
        codes = [(code.code, f"{code.code} {code.name}") for code in category.codes]
        choices += codes or [(category.key, category.name)]
    return choices


class Question(forms.Form):
    """目录判定: what is to be traded, in a few words."""

    category = forms.ChoiceField(label="交易分类", choices=_choices())
    nature = forms.ChoiceField(label="标的性质", choices=NATURES)
    estimate = forms.AmountField(label="合同估算价", help_text="如 450万、4,500,000 或 肆佰伍拾万元整")
    funding = forms.TextField(
        label="资金来源", required=False, help_text="如 财政资金、国有企业自有资金、社会资本"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["request"]  # a question changes nothing and may be bookmarked

    def subject(self) -> Subject:
        """The cleaned answers as the catalogue understands them; the place does not matter here."""
        given = self.cleaned_data
        return Subject(
            category=given["category"],
            nature=given["nature"],
            estimate=given["estimate"],
            region=RegionCode.COUNTRY,
            funding=queries.funding_kind(given["funding"]),
        )
