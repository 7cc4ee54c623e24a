"""信用的表单: what a supervisor enters, always with the decision it rests on."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.registers.credit import queries
from ggzy.registers.credit.rules import BYTES_MAX, OUTCOMES
from ggzy.registers.credit.values import (
    AppealKind,
    AppealState,
    Correction,
    Decision,
    Gravity,
    NewBan,
    NewListing,
    NewRecord,
    RecordKind,
)


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
    topic = forms.ChoiceField(
        label="信用评价项目",
        choices=[("", "按类别和严重程度"), *((item.code, item.name) for item in queries.model().items)],
        required=False,
        help_text="拖欠工资、虚假投诉、履约评价和奖励级别在这里选择",
    )
    title = forms.TextField(label="标题")
    text = forms.LongTextField(label="事实和结果", max_length=5000)
    lot = forms.LotCodeField(label="涉及的标段", required=False, help_text="统一交易标识码")
    field_order = ("party", "kind", "gravity", "topic", "title", "text", "lot")


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


class ProposeForm(forms.Form):
    """拟列入名单."""

    list = forms.ChoiceField(
        label="名单", choices=[(kind.code, kind.name) for kind in queries.blacklists().values()]
    )
    party = forms.CreditCodeField(label="主体的统一社会信用代码", help_text="可以是尚未在平台登记的主体")
    name = forms.TextField(label="主体名称")
    reason = forms.LongTextField(label="列入的事实和理由", max_length=5000)


class DecideForm(DecisionForm):
    """决定列入."""

    answer = forms.LongTextField(
        label="对陈述申辩的采纳情况和理由",
        max_length=5000,
        required=False,
        help_text="主体陈述申辩的，必须填写",
    )


class StepForm(forms.Form):
    """推进一步: a button and nothing to fill in."""


class WithdrawForm(forms.Form):
    """撤销名单条目 (数据规范 303)."""

    document = forms.TextField(label="撤销文号", required=False)
    reason = forms.LongTextField(label="撤销的理由", max_length=5000)


class SayForm(forms.Form):
    """异议、修复申请、陈述申辩: in the party's own words."""

    text = forms.LongTextField(label="事实和理由", max_length=5000, rows=8)


class _AnswerForm(forms.Form):
    """核实情况."""

    answer = forms.LongTextField(label="核实情况和理由", max_length=5000)


class ObjectionForm(_AnswerForm):
    """处理异议."""

    state = forms.ChoiceField(
        label="处理结果", choices=[(one.value, one.label) for one in OUTCOMES[AppealKind.OBJECTION]]
    )
    title = forms.TextField(label="更正后的标题", required=False, help_text="只有更正信用记录的，才填写")
    text = forms.LongTextField(label="更正后的内容", max_length=5000, required=False)
    field_order = ("state", "answer", "title", "text")


class RepairForm(_AnswerForm):
    """处理修复申请. The decision is asked for where it is granted."""

    state = forms.ChoiceField(
        label="处理结果", choices=[(one.value, one.label) for one in OUTCOMES[AppealKind.REPAIR]]
    )
    authority = forms.TextField(label="作出修复决定的机关", required=False, help_text="准予修复的，必须填写")
    document = forms.TextField(label="修复决定文号", required=False)
    article = forms.TextField(label="法律依据", required=False, help_text="如 信用修复管理办法")
    decided_on = forms.DayField(label="作出决定的日期", required=False)
    field_order = ("state", "answer", "authority", "document", "article", "decided_on")


class ImportForm(forms.Form):
    """导入名单和决定."""

    source = forms.TextField(label="文件的来源", help_text="如 省法院2026年第1批")
    file = forms.FileField(label="CSV 文件", cap=BYTES_MAX, endings=(".csv",))


def settle_form(kind: AppealKind) -> type[forms.Form]:
    """处理申请的表单, by its kind."""
    return {AppealKind.OBJECTION: ObjectionForm, AppealKind.REPAIR: RepairForm}[kind]


def correction(data: dict[str, Any]) -> Correction | None:
    """更正; None where the outcome is another or nothing was written."""
    said = Correction(data.get("title") or "", data.get("text") or "")
    is_asked = data["state"] == AppealState.CORRECTED
    return said if is_asked or said != Correction("", "") else None


def optional_decision(data: dict[str, Any]) -> Decision | None:
    """修复决定; None where it is not complete."""
    whole = all(data.get(name) for name in ("authority", "document", "article", "decided_on"))
    return decision(data) if whole else None


def new_listing(data: dict[str, Any]) -> NewListing:
    """拟列入名单 from cleaned values."""
    return NewListing(data["party"], data["name"], data["list"], data["reason"])


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
        topic=data.get("topic", ""),
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
