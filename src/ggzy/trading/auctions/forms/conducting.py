"""主持竞价的表单: a reason for everything that stops somebody."""

from typing import Any, ClassVar

from ggzy.foundation.ui import forms
from ggzy.kernel.instants import Period
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import Bar

BARS = {
    Bar.UNQUALIFIED: "竞买资格尚未确认",
    Bar.DEPOSIT: "竞买保证金未到账或已退回",
    Bar.BANNED: "主体处于市场禁入期",
    Bar.INSIDER: "出让方、转让方一方的人及其关联方",
    Bar.FROZEN: "冻结号牌",
}


class ResumeForm(forms.Form):
    """恢复竞价: nothing but the button."""


class PauseForm(forms.Form):
    """暂停竞价."""

    reason = forms.LongTextField(label="暂停的原因", help_text="向所有人公开", rows=3, max_length=500)


class PaddleField(forms.TextField):
    """号牌号码."""

    def clean(self, value: Any) -> int:
        text = super().clean(value).translate(forms.FULL_WIDTH).strip()
        try:
            return rules.paddle_of(int(text) if text.isdecimal() and len(text) < 8 else None)
        except Refused as refused:
            raise forms.forms.ValidationError(str(refused.reasons[0])) from refused


class BarForm(forms.Form):
    """停用号牌."""

    paddle = PaddleField(label="号牌号码", max_length=8)
    ground = forms.ChoiceField(label="情形", choices=[(bar.value, name) for bar, name in BARS.items()])
    reason = forms.LongTextField(label="原因", help_text="告知该号牌的竞买人", rows=3, max_length=500)


class ClearForm(forms.Form):
    """恢复号牌."""

    paddle = PaddleField(label="号牌号码", max_length=8)
    reason = forms.LongTextField(label="原因", rows=3, max_length=500)


class SecondField(forms.InstantField):
    """时间 to the second."""

    FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", *forms.InstantField.FORMS)
    SHOWN: ClassVar[str] = "如 2026-03-26 09:30:05，北京时间"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=self.SHOWN, **kwargs)


class StillForm(forms.Form):
    """平台中断停表: from when to when, by the platform's own record."""

    since = SecondField(label="中断开始")
    until = SecondField(label="中断结束")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and since < until:
            found["outage"] = Period(since, until)
        elif since and until:
            self.add_error("until", "中断结束应晚于中断开始")
        return found
