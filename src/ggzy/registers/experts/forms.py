"""专家信用的表单."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.registers.experts import queries
from ggzy.registers.experts.values import MarkKind, NewMark


class MarkForm(forms.Form):
    """记入专家信用记录, always with the decision it rests on."""

    expert = forms.ExpertCodeField(label="专家编号")
    kind = forms.ChoiceField(label="奖惩类型", choices=[(kind.value, kind.label) for kind in MarkKind])
    conduct = forms.ChoiceField(
        label="失信行为",
        choices=[
            ("", "不适用"),
            *((one.code, f"{one.name}（{one.article}）") for one in queries.conducts().values()),
        ],
        required=False,
        help_text="惩戒必须选择",
    )
    text = forms.LongTextField(label="事实和结果", max_length=5000)
    authority = forms.TextField(label="作出决定的机关")
    document = forms.TextField(label="决定文号")
    decided_on = forms.DayField(label="作出决定的日期")
    start = forms.DayField(label="禁止开始日期", required=False, help_text="惩戒必须填写，含当日")
    end = forms.DayField(label="禁止结束日期", required=False, help_text="含当日；取消资格的不填")
    lot = forms.LotCodeField(label="涉及的标段", required=False, help_text="统一交易标识码")


class ClearForm(forms.Form):
    """提前解除禁止."""

    document = forms.TextField(label="解除文号")
    reason = forms.LongTextField(label="解除的原因", max_length=5000)


def new_mark(data: dict[str, Any]) -> NewMark:
    """专家信用记录 from cleaned values."""
    return NewMark(
        expert=data["expert"],
        kind=MarkKind(data["kind"]),
        text=data["text"],
        authority=data["authority"],
        document=data["document"],
        decided_on=data["decided_on"],
        conduct=data["conduct"],
        start=data["start"],
        end=data["end"],
        lot=data["lot"],
    )
