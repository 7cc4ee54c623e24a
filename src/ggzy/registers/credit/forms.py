"""信用的表单: what a supervisor enters, always with the decision it rests on."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.registers.credit import queries
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord, RecordKind


class DecisionForm(forms.Form):
    """决定: authority, document, article, day; and why."""

    authority = forms.TextField(label="作出决定的机关")
    document = forms.TextField(label="决定文号", help_text="如 云建罚〔2026〕7号")
    article = forms.TextField(label="法律依据", help_text="如 招标投标法 §53")
    decided_on = forms.DayField(label="作出决定的日期")


class RecordForm(DecisionForm):
    """记入信用记录."""

    party = forms.CreditCodeField(label="主体的统一社会信用代码")
    kind = forms.ChoiceField(label="记录类别", choices=[(kind.value, kind.label) for kind in RecordKind])
    gravity = forms.ChoiceField(
        label="严重程度",
        choices=[("", "不适用"), *((gravity.value, gravity.label) for gravity in Gravity)],
        required=False,
        help_text="行政处罚和失信行为必须选择；轻微的记录只留存，不公示",
    )
    title = forms.TextField(label="标题")
    text = forms.LongTextField(label="事实和结果", max_length=5000)
    lot = forms.LotCodeField(label="涉及的标段", required=False, help_text="统一交易标识码")
    field_order = ("party", "kind", "gravity", "title", "text", "lot")


class BanForm(DecisionForm):
    """公布市场禁入."""

    party = forms.CreditCodeField(label="主体的统一社会信用代码")
    ground = forms.ChoiceField(
        label="禁入情形",
        choices=[
            (ground.code, f"{ground.name}（{ground.article}）") for ground in queries.grounds().values()
        ],
    )
    start = forms.DayField(label="禁入开始日期", help_text="含当日")
    end = forms.DayField(label="禁入结束日期", help_text="含当日，到当日二十四时为止")
    field_order = ("party", "ground", "start", "end")


class ReasonForm(DecisionForm):
    """修复记录 or 提前解除禁入: a decision and its reason."""

    text = forms.LongTextField(label="理由", max_length=5000)


def decision(data: dict[str, Any]) -> Decision:
    """The decision among cleaned values."""
    return Decision(data["authority"], data["document"], data["article"], data["decided_on"])


def new_record(data: dict[str, Any]) -> NewRecord:
    """信用记录 from cleaned values."""
    return NewRecord(
        party=data["party"],
        kind=RecordKind(data["kind"]),
        title=data["title"],
        text=data["text"],
        decision=decision(data),
        gravity=Gravity(data["gravity"]) if data["gravity"] else None,
        lot=data["lot"],
    )


def new_ban(data: dict[str, Any]) -> NewBan:
    """市场禁入 from cleaned values."""
    return NewBan(
        party=data["party"],
        ground=data["ground"],
        start=data["start"],
        end=data["end"],
        decision=decision(data),
    )
