"""保证金的表单."""

from typing import Any

from django.core.exceptions import ValidationError

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import CreditCode
from ggzy.trading.deposits.values import GuaranteeForm, Transfer

TEXT_MAX = 2000
MEMBERS_MAX = 20


class OpenForm(forms.Form):
    """办理保证金: the leader of a consortium names the others, any of whom may pay."""

    members = forms.LongTextField(
        label="联合体其他成员的统一社会信用代码",
        required=False,
        rows=3,
        max_length=TEXT_MAX,
        strip=False,  # a blank first line is a line: mistakes are named by their number
        help_text="不是联合体的不填；每行一个",
    )

    def clean_members(self) -> tuple[CreditCode, ...]:
        """Every line a code; every wrong one is named."""
        codes, mistakes = [], []
        for number, line in enumerate(str(self.cleaned_data["members"]).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                codes.append(CreditCode.parse(line))
            except ValueError as mistake:
                mistakes.append(f"第{number}行：{mistake}")
        if len(codes) > MEMBERS_MAX:
            mistakes.append(f"联合体成员最多{MEMBERS_MAX}个")
        if mistakes:
            raise ValidationError(mistakes)
        return tuple(dict.fromkeys(codes))


class PlaceForm(forms.Form):
    """提交电子保函."""

    number = forms.TextField(label="保函编号", max_length=100)
    issuer = forms.TextField(label="出具机构", help_text="银行、担保公司或者保险公司的全称")
    beneficiary = forms.CreditCodeField(label="受益人的统一社会信用代码", help_text="应为招标人")
    amount = forms.AmountField(label="保函金额")
    valid_from = forms.DayField(label="生效日期")
    valid_until = forms.DayField(label="失效日期", help_text="不早于投标有效期届满之日")
    is_unconditional = forms.TickField(label="保函为见索即付的无条件保函", required=False)
    phone = forms.TextField(
        label="申请保函的经办人电话",
        required=False,
        max_length=40,
        help_text="开标前对任何人保密；只用于核对不同投标人的保函是否由同一人办理",
    )
    file = forms.FileField(
        label="保函文件", required=False, endings=(".pdf", ".ofd"), help_text="经出具机构电子签章的文件"
    )


def guarantee(data: dict[str, Any], file: str) -> GuaranteeForm:
    """保函 from cleaned values."""
    known = {name: data[name] for name in ("number", "issuer", "beneficiary", "amount")}
    known |= {name: data[name] for name in ("valid_from", "valid_until", "is_unconditional", "phone")}
    return GuaranteeForm(**known, file=file)


class PayForm(forms.Form):
    """模拟付款: what the bidder would order at its own bank. Only where nothing is real."""

    amount = forms.AmountField(label="付款金额")
    payer_name = forms.TextField(label="付款户名", max_length=2000)
    payer_account = forms.TextField(label="付款账号", max_length=64)


def transfer(number: str, data: dict[str, Any]) -> Transfer:
    """转账 to the virtual account."""
    return Transfer(data["payer_name"], data["payer_account"], number, data["amount"])


class ReleaseForm(forms.Form):
    """退还保证金."""

    reason = forms.LongTextField(
        label="退还原因", max_length=TEXT_MAX, rows=3, help_text="如：合同已签订；投标截止前撤回投标文件"
    )


class ForfeitForm(forms.Form):
    """保证金不予退还."""

    reason = forms.LongTextField(label="原因", max_length=TEXT_MAX, rows=4)
    article = forms.TextField(
        label="依据的条款", help_text="如 招标投标法实施条例 §35（截止后撤销）、§74（中标后拒签合同）"
    )
    sure = forms.TickField(label="我已核对：不予退还只能依据法律、法规或者招标文件载明的情形")


class AgainForm(forms.Form):
    """再次提交退款: nothing is asked but the decision."""
