"""双随机抽查的表单."""

from typing import Any

from django.core.exceptions import ValidationError

from ggzy.foundation.ui import forms
from ggzy.oversight.cases.queries import checks as queries
from ggzy.oversight.cases.rules.wording import TEXT_MAX
from ggzy.oversight.cases.values.checks import CheckFacts, Finding


class BytesField(forms.LongTextField):
    """三十二字节: 64 hexadecimal digits."""

    def clean(self, value: Any) -> bytes:
        text = "".join(super().clean(value).split()).lower()
        try:
            found = bytes.fromhex(text)
        except ValueError:
            found = b""
        if len(found) != 32:
            raise ValidationError("应为 64 位十六进制数")
        return found


class PlanForm(forms.Form):
    """抽查计划."""

    item = forms.ChoiceField(
        label="抽查事项", choices=[(one.code, one.name) for one in queries.items().values()]
    )
    region = forms.RegionCodeField(label="行政区划", help_text="对象名录库的范围，六位代码")


class CommitForm(forms.Form):
    """提交随机数承诺."""

    commitment = BytesField(label="承诺值", max_length=200, rows=2)


class RevealForm(forms.Form):
    """公开随机数."""

    nonce = BytesField(label="随机数", max_length=200, rows=2)


def recuse_form(found: CheckFacts) -> type[forms.Form]:
    """回避: one of the drawn inspectors."""

    class RecuseForm(forms.Form):
        """检查人员回避."""

        inspector = forms.ChoiceField(
            label="回避的检查人员", choices=[(one.subject, one.name) for one in found.inspectors]
        )
        reason = forms.LongTextField(label="回避原因", max_length=TEXT_MAX, rows=3)

    return RecuseForm


class ResultForm(forms.Form):
    """登记检查结果."""

    finding = forms.ChoiceField(label="结果", choices=[(one.value, one.label) for one in Finding])
    text = forms.LongTextField(
        label="检查情况", max_length=TEXT_MAX, rows=5, help_text="将向社会公布；不要写个人信息"
    )
    rectify_by = forms.DayField(label="整改期限", required=False, help_text="责令限期整改时填写")
