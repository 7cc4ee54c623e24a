"""异议的表单."""

from ggzy.foundation.ui import forms
from ggzy.trading.objections.values import Stage

TEXT_MAX = 5000
FILE_CAP = 20 * 1024 * 1024


class RaiseForm(forms.Form):
    """提出异议."""

    stage = forms.ChoiceField(
        label="对什么提出异议", choices=[(stage.value, f"对{stage.label}的异议") for stage in Stage]
    )
    text = forms.LongTextField(
        label="异议内容", max_length=TEXT_MAX, rows=8, help_text="写明具体事项、事实和理由，以及您的请求"
    )
    file = forms.FileField(
        label="证明材料",
        required=False,
        cap=FILE_CAP,
        endings=(".pdf", ".docx", ".xlsx", ".zip", ".png", ".jpg", ".txt"),
        help_text="一个文件，不超过 20 MB；多份材料请打包",
    )


class AnswerForm(forms.Form):
    """答复异议."""

    upheld = forms.ChoiceField(label="异议是否成立", choices=[("yes", "成立"), ("no", "不成立")])
    text = forms.LongTextField(label="答复内容", max_length=TEXT_MAX, rows=8)


class WithdrawForm(forms.Form):
    """撤回异议."""

    sure = forms.TickField(label="我确认撤回这项异议")
