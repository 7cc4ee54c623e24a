"""投诉和来件的表单."""

from typing import Any

from django.core.exceptions import ValidationError

from ggzy.foundation.ui import forms
from ggzy.oversight.cases.rules.complaints import STAY_WORKDAYS_MAX
from ggzy.oversight.cases.rules.petitions import ROUTES
from ggzy.oversight.cases.rules.wording import TEXT_MAX
from ggzy.oversight.cases.values.complaints import Category, Channel, Regime

FILES = (".pdf", ".docx", ".xlsx", ".zip", ".png", ".jpg", ".txt")
HINT = "一个文件，不超过 20 MB；多份材料请打包"


def complaint_form(regime: Regime) -> type[forms.Form]:
    """投诉书 of a regime: its matters are the choices."""

    class ComplaintForm(forms.Form):
        """投诉书."""

        matter = forms.ChoiceField(
            label="投诉事项", choices=[(one.code, one.name) for one in regime.matters.values()]
        )
        respondent = forms.TextField(label="被投诉人")
        known_on = forms.DayField(
            label="知道或者应当知道之日", help_text="投诉期限从这一天起算，如 2026-03-26"
        )
        text = forms.LongTextField(label="事实、依据和理由", max_length=TEXT_MAX, rows=8)
        request_text = forms.LongTextField(label="投诉请求", max_length=TEXT_MAX, rows=3)
        file = forms.FileField(label="证明材料", required=False, endings=FILES, help_text=HINT)

    return ComplaintForm


def refuse_form(regime: Regime) -> type[forms.Form]:
    """不予受理: the grounds of the regime."""

    class RefuseForm(forms.Form):
        """不予受理."""

        grounds = forms.TicksField(label="不予受理的法定情形", choices=list(regime.refusals.items()))
        text = forms.LongTextField(label="说明", max_length=TEXT_MAX, rows=5)

    return RefuseForm


def decide_form(regime: Regime) -> type[forms.Form]:
    """处理决定: the outcomes of the regime."""

    class DecideForm(forms.Form):
        """处理决定."""

        outcome = forms.ChoiceField(label="结果", choices=list(regime.outcomes.items()))
        document = forms.TextField(label="决定文号", help_text="如 江建投诉〔2026〕3号")
        text = forms.LongTextField(
            label="查明的事实、处理意见和依据",
            max_length=TEXT_MAX,
            rows=8,
            help_text="将向社会公布；不要写个人信息",
        )

    return DecideForm


class SureForm(forms.Form):
    """确认."""

    sure = forms.TickField(label="我确认办理")


class WithdrawForm(forms.Form):
    """撤回投诉."""

    reason = forms.LongTextField(
        label="撤回的理由",
        max_length=TEXT_MAX,
        rows=4,
        required=False,
        help_text="投诉已受理的，应当说明理由",
    )
    sure = forms.TickField(label="我确认撤回")


class SettleForm(forms.Form):
    """撤回申请的决定."""

    granted = forms.ChoiceField(
        label="决定",
        choices=[("yes", "准予撤回，终止处理"), ("no", "不准撤回，继续调查直至作出处理决定")],
        help_text="已经查实有明显违法行为的，应当不准撤回",
    )
    text = forms.LongTextField(label="理由", max_length=TEXT_MAX, rows=4)


class AskForm(forms.Form):
    """通知补正."""

    notice = forms.LongTextField(
        label="需要补正的事项", max_length=TEXT_MAX, rows=5, help_text="一次说全：补正只告知一次"
    )
    until = forms.DayField(label="补正期限")


class CorrectForm(forms.Form):
    """提交补正."""

    text = forms.LongTextField(label="补正的内容", max_length=TEXT_MAX, rows=8)
    file = forms.FileField(label="补充材料", required=False, endings=FILES, help_text=HINT)


class StayForm(forms.Form):
    """扣除期间."""

    workdays = forms.TextField(label="扣除的工作日数", max_length=3, help_text=f"1 至 {STAY_WORKDAYS_MAX}")
    reason = forms.LongTextField(
        label="原因", max_length=TEXT_MAX, rows=3, help_text="检验、检测、鉴定、专家评审或者补正材料"
    )

    def clean_workdays(self) -> int:
        text = str(self.cleaned_data["workdays"]).strip()
        if not text.isdecimal():
            raise ValidationError("请写成 10 的样子")
        return int(text)


class TextForm(forms.Form):
    """一段文字."""

    text = forms.LongTextField(label="内容", max_length=TEXT_MAX, rows=6)


class PetitionForm(forms.Form):
    """来件: nothing but the words is asked for."""

    category = forms.ChoiceField(
        label="类别",
        choices=[(one.value, one.label) for one in (Category.REPORT, Category.CONSULT, Category.ADVICE)],
    )
    lot = forms.LotCodeField(label="标段编号", required=False, help_text="统一交易标识码；不清楚可以不填")
    text = forms.LongTextField(label="内容", max_length=TEXT_MAX, rows=8)
    name = forms.TextField(
        label="姓名或者单位", required=False, help_text="不填就是匿名；匿名举报作为线索受理"
    )
    contact = forms.TextField(label="联系方式", required=False, help_text="需要当面核实时联系您")
    file = forms.FileField(label="材料", required=False, endings=FILES, help_text=HINT)


class RecordForm(PetitionForm):
    """登记来电来信."""

    channel = forms.ChoiceField(
        label="渠道",
        choices=[(one.value, one.label) for one in (Channel.HOTLINE, Channel.LETTER, Channel.VISIT)],
    )
    category = forms.ChoiceField(label="类别", choices=[(one.value, one.label) for one in Category])
    field_order = ("channel", "category", "lot", "text", "name", "contact", "file")


class FollowForm(forms.Form):
    """凭查询码查询."""

    key = forms.TextField(label="查询码", max_length=40, help_text="提交时显示的十六位编码")


class RouteForm(forms.Form):
    """转办."""

    to = forms.ChoiceField(label="去向", choices=list(ROUTES.items()))
    note = forms.LongTextField(label="说明", max_length=TEXT_MAX, rows=3)


def cleaned_text(data: dict[str, Any], name: str) -> str:
    """An optional field as text."""
    return str(data.get(name) or "")
