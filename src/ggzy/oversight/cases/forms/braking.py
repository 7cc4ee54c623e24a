"""刹车的表单."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.trading.projects.values import Order

TEXT_MAX = 5000


class OrderForm(forms.Form):
    """监督指令: authority, reason, article."""

    authority = forms.TextField(label="作出决定的机关")
    reason = forms.LongTextField(
        label="原因", max_length=TEXT_MAX, rows=5, help_text="将写入公告，向社会公布；不要写个人信息"
    )
    article = forms.TextField(label="依据的条款", help_text="如 招标投标法实施条例 §62")


class PullForm(OrderForm):
    """暂停交易."""

    review_on = forms.DayField(label="复查日期", help_text="到这一天应当再看：恢复、继续暂停，还是终止")
    sure = forms.TickField(label="我已看过上面列出的影响")
    field_order = ("authority", "reason", "article", "review_on", "sure")


class ReviewForm(forms.Form):
    """复查暂停令."""

    reason = forms.LongTextField(label="继续暂停的原因", max_length=TEXT_MAX, rows=4)
    review_on = forms.DayField(label="下次复查日期")


class ReleaseForm(OrderForm):
    """恢复交易."""


class EndForm(OrderForm):
    """终止交易."""

    sure = forms.TickField(label="我已知晓：终止后不能恢复，保证金将连同利息退还")
    field_order = ("authority", "reason", "article", "sure")


def order(data: dict[str, Any]) -> Order:
    """指令 from cleaned values."""
    return Order(data["authority"], data["reason"], data["article"], data.get("review_on"))
