"""定标、合同、履约的表单."""

from ggzy.foundation.ui import forms
from ggzy.trading.contracting.values import AwardFacts, Passing, StepKind

TEXT_MAX = 5000
FILE_CAP = 100 * 1024 * 1024


class PubliciseForm(forms.Form):
    """公示中标候选人."""

    until = forms.InstantField(label="公示截止", help_text="首日不计；最后一日遇节假日顺延")


class AwardForm(forms.Form):
    """定标."""

    rank = forms.ChoiceField(label="确定为中标人", choices=[])
    ground = forms.ChoiceField(
        label="越过排名在前的候选人的法定情形",
        required=False,
        choices=[("", "没有越过"), *((one.value, one.label) for one in Passing)],
    )
    reason = forms.LongTextField(
        label="理由", required=False, max_length=TEXT_MAX, rows=4, help_text="越过在前候选人时必须说明"
    )

    def __init__(self, award: AwardFacts, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(r.rank), f"第 {r.rank} 名 {r.bidder.name}") for r in award.runners]
        self.fields["rank"] = forms.ChoiceField(label="确定为中标人", choices=named)


class ConfirmForm(forms.Form):
    """只需确认的一步: 发出中标通知书、签订合同."""


class TextForm(forms.Form):
    """一段文字的一步: 书面报告、放弃中标、重新招标、合同完结."""

    text = forms.LongTextField(label="说明", max_length=TEXT_MAX, rows=6)


class ContractForm(forms.Form):
    """拟定合同. Price, period and quality come from the bid and are not typed again."""

    number = forms.TextField(label="合同编号", max_length=120)
    security = forms.AmountField(label="履约保证金", help_text="不超过中标合同金额的 10 %；不收取的填 0")
    file = forms.FileField(label="合同文本", cap=FILE_CAP, endings=(".pdf", ".docx", ".ofd", ".txt", ".zip"))


class StepForm(forms.Form):
    """登记履约情况."""

    kind = forms.ChoiceField(label="事项", choices=[(kind.value, kind.label) for kind in StepKind])
    on = forms.DayField(label="发生日期")
    text = forms.LongTextField(label="情况", max_length=TEXT_MAX, rows=4)
    amount = forms.AmountField(
        label="金额", required=False, help_text="支付时填写支付金额；变更时填写增加或者减少的金额"
    )
    due_on = forms.DayField(label="约定期限", required=False, help_text="填写后显示是否逾期")
