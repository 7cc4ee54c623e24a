"""案件的表单."""

from typing import Any

from django.core.exceptions import ValidationError

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money
from ggzy.oversight.cases.queries import casework as queries
from ggzy.oversight.cases.queries import deciding
from ggzy.oversight.cases.rules.wording import TEXT_MAX
from ggzy.oversight.cases.values.casework import MEASURE_LABELS, Measure, MeasureKind, Proposal, Source
from ggzy.oversight.cases.values.deciding import PostKind

CODES_MAX = 20
FILES = (".pdf", ".docx", ".xlsx", ".zip", ".png", ".jpg", ".txt")


class CodesField(forms.LongTextField):
    """统一社会信用代码 of several, one a line."""

    def clean(self, value: Any) -> tuple[CreditCode, ...]:
        text = super().clean(value)
        found = []
        for line in text.replace("，", "\n").replace(",", "\n").split():
            try:
                found.append(CreditCode.parse(line))
            except ValueError as mistake:
                raise ValidationError(str(mistake)) from mistake
        if len(found) > CODES_MAX:
            raise ValidationError(f"一个案件最多{CODES_MAX}个当事人，现为{len(found)}个")
        return tuple(found)


class OpenForm(forms.Form):
    """立案."""

    title = forms.TextField(label="案件名称", max_length=200)
    offence = forms.ChoiceField(label="涉嫌违法情形", help_text="决定法律后果和处罚幅度")
    parties = CodesField(label="当事人", max_length=2000, rows=3, help_text="统一社会信用代码，一行一个")
    text = forms.LongTextField(label="涉嫌违法的事实和来源", max_length=TEXT_MAX, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [
            ("", "请选择"),
            *((one.code, f"{one.name}（{one.article}）") for one in queries.offences().values()),
        ]
        field = self.fields["offence"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = rows


class OpenWholeForm(OpenForm):
    """立案 with what a page takes from its address."""

    lot = forms.LotCodeField(label="统一交易标识码", required=False)
    source = forms.ChoiceField(
        label="来源", required=False, choices=[(one.value, one.label) for one in Source]
    )
    reference = forms.TextField(label="来源编号", max_length=80, required=False)


class EvidenceForm(forms.Form):
    """证据入卷."""

    title = forms.TextField(label="证据名称")
    file = forms.FileField(label="文件", endings=FILES, help_text="不超过 20 MB；入卷后以摘要封存，不能替换")


class ProposalForm(forms.Form):
    """拟作出的处理, of every party at once; amounts and months only where they are chosen."""

    text = forms.LongTextField(label="事实、理由和依据", max_length=TEXT_MAX, rows=8)
    measures = forms.TicksField(
        label="处理措施", choices=[(kind.value, label) for kind, label in MEASURE_LABELS.items()]
    )
    base = forms.AmountField(
        label="计算罚款的金额", required=False, help_text="中标、合同或者采购金额；按千分比罚款时填写"
    )
    amount = forms.AmountField(label="每个当事人的罚款", required=False, help_text="选择罚款时填写")
    months = forms.TextField(label="市场禁入的月数", required=False, help_text="选择市场禁入时填写，如 12")

    def clean_months(self) -> int | None:
        text = str(self.cleaned_data["months"] or "").strip()
        if not text:
            return None
        if not text.isdecimal() or not 0 < int(text) < 1000:
            raise ValidationError("月数请写成 12 的样子")
        return int(text)


class DraftForm(ProposalForm):
    """提出处理意见."""

    grounds = forms.TicksField(label="须法制审核的情形", required=False, choices=[])
    field_order = ("text", "measures", "base", "amount", "months", "grounds")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["grounds"]
        assert isinstance(field, forms.TicksField), "declared above"
        field.choices = [(one.code, one.words) for one in deciding.course().conditions if not one.is_heard]


class DecideForm(forms.Form):
    """作出决定, on the draft as it stands."""

    document = forms.TextField(label="决定文号", max_length=100, help_text="如 江建罚决〔2026〕12号")
    sure = forms.TickField(label="我已核对：市场禁入和责令事项自决定之时起生效")


class OpinionForm(forms.Form):
    """审核意见、讨论意见."""

    agreed = forms.ChoiceField(label="结论", choices=[("yes", "同意"), ("no", "不同意")])
    text = forms.LongTextField(label="意见和理由", max_length=TEXT_MAX, rows=5)


class JoinForm(forms.Form):
    """参加办案."""

    sure = forms.TickField(label="我与本案没有利害关系，参加办案")


class AppointForm(forms.Form):
    """任命岗位."""

    person = forms.ChoiceField(label="人员")
    kind = forms.ChoiceField(label="岗位", choices=[(kind.value, kind.label) for kind in PostKind])
    paper = forms.TextField(
        label="证件或者任职文号", max_length=100, help_text="执法证号、法律职业资格证号或者任职文号"
    )


class StateForm(forms.Form):
    """陈述、申辩."""

    text = forms.LongTextField(label="陈述和申辩", max_length=TEXT_MAX, rows=8)
    hearing = forms.TickField(label="要求听证", required=False)


class HearingDayForm(forms.Form):
    """通知听证."""

    on = forms.DayField(label="听证日期")


class HearingForm(forms.Form):
    """登记听证笔录."""

    text = forms.LongTextField(label="听证笔录", max_length=TEXT_MAX, rows=8)


class PublishForm(forms.Form):
    """公开决定."""

    sure = forms.TickField(label="我确认公开这份处理决定，并记入当事人的信用记录")


class ReasonForm(forms.Form):
    """写明原因."""

    reason = forms.LongTextField(label="原因和情况", max_length=TEXT_MAX, rows=5)


class TransferForm(forms.Form):
    """移送."""

    to = forms.ChoiceField(
        label="移送机关",
        choices=[
            (name, name) for name in ("纪检监察机关", "公安机关", "检察机关", "审计机关", "其他行政机关")
        ],
    )
    reason = forms.LongTextField(label="移送的线索和理由", max_length=TEXT_MAX, rows=5)


class NoteForm(forms.Form):
    """办结情况."""

    note = forms.LongTextField(label="办结情况", max_length=TEXT_MAX, rows=4)


class ReplyForm(forms.Form):
    """报告改正情况."""

    text = forms.LongTextField(label="改正情况", max_length=TEXT_MAX, rows=6)
    file = forms.FileField(label="材料", required=False, endings=FILES)


class ReadForm(forms.Form):
    """查阅事由."""

    reason = forms.TextField(
        label="查阅事由",
        max_length=500,
        help_text="如：审计项目 2026-08。事由先留痕，再显示材料；有关主体能看到",
    )


def proposal(data: dict[str, Any], parties: tuple[CreditCode, ...]) -> Proposal:
    """拟作出的处理 from cleaned values: a penalty for each party, an order once."""
    measures: list[Measure] = []
    for name in data["measures"]:
        kind = MeasureKind(name)
        if not kind.is_penalty:
            measures.append(Measure(kind))
            continue
        amount: Money | None = data["amount"] if kind is MeasureKind.FINE else None
        months = data["months"] if kind is MeasureKind.BAN else None
        measures += [Measure(kind, party, amount, months) for party in parties]
    return Proposal(data["text"], tuple(measures), data["base"])
