"""预警的表单."""

from collections.abc import Iterable
from typing import Any

from ggzy.foundation.ui import forms
from ggzy.oversight.alerts.values import Indicator
from ggzy.oversight.alerts.values.alerts import Target

TEXT_MAX, REASON_MAX = 5000, 500


class ReasonForm(forms.Form):
    """不予处置、属实: the reason."""

    reason = forms.LongTextField(
        label="理由", max_length=TEXT_MAX, rows=5, help_text="随决定一并留痕；写明核对了什么、为什么这样认定"
    )


class AskForm(forms.Form):
    """要求说明: whom, what, by when."""

    party = forms.ChoiceField(label="要求说明的单位")
    text = forms.LongTextField(label="要说明的事项", max_length=TEXT_MAX, rows=5)
    due_on = forms.DayField(label="答复期限")

    def __init__(self, *args: Any, parties: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = forms.ChoiceField(label="要求说明的单位", choices=parties)
        self.order_fields(["party", "text", "due_on"])


class TransferForm(forms.Form):
    """移送: where to, why, under which document."""

    target = forms.ChoiceField(
        label="移送去向", choices=[(one.value, one.label) for one in Target if one is not Target.CASE]
    )
    office = forms.TextField(label="接收机关", max_length=200)
    reason = forms.LongTextField(label="理由", max_length=TEXT_MAX, rows=5)
    document = forms.TextField(label="移送文号", max_length=100, required=False)


class AnswerForm(forms.Form):
    """说明情况."""

    text = forms.LongTextField(label="情况说明", max_length=TEXT_MAX, rows=8)


class ReadForm(forms.Form):
    """查阅事由."""

    reason = forms.TextField(
        label="查阅事由",
        max_length=REASON_MAX,
        help_text="如：审计项目 2026-08。事由先留痕，再显示预警；有关主体能看到",
    )


class TuneForm(forms.Form):
    """调整参数."""

    name = forms.ChoiceField(label="参数")
    text = forms.TextField(label="新的值", max_length=100)
    reason = forms.LongTextField(label="理由", max_length=TEXT_MAX, rows=4)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(param.name, param.label) for param in indicator.params]
        self.fields["name"] = forms.ChoiceField(label="参数", choices=choices)
        self.order_fields(["name", "text", "reason"])
