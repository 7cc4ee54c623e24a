"""小表单: one act and what it needs."""

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms

from ggzy.foundation.ui import forms
from ggzy.trading.auctions.forms.fields import NumberField, PriceField
from ggzy.trading.auctions.forms.papers import CarriedForm, paper
from ggzy.trading.auctions.rules import Breach
from ggzy.trading.auctions.rules.claiming import GROUNDS_MAX, ORDER_MAX
from ggzy.trading.auctions.rules.pictures import ALT_MAX, BYTES_MAX


class ConfirmForm(forms.Form):
    """只有一个按钮的表单."""


class ExtendForm(forms.Form):
    """延长信息披露."""

    apply_until = forms.InstantField(label="新的报名（保证金）截止时间")
    starts_at = forms.InstantField(label="新的竞价开始时间")
    ends_at = forms.InstantField(label="新的竞价结束时间")


class ConsentForm(forms.Form):
    """批准单位的书面同意."""

    authority = forms.TextField(label="批准单位")
    on = forms.DayField(label="书面同意的日期")
    paper = paper("书面同意（扫描件）", required=True)


class PictureForm(forms.Form):
    """标的的图片、平面图."""

    file = forms.FileField(
        label="图片或平面图",
        cap=BYTES_MAX,
        endings=(".jpg", ".jpeg", ".png", ".pdf"),
        help_text="JPG、PNG 图片，或者 PDF 平面图，每份不超过 10 MB。图片中的拍摄地点、时间、设备等信息由平台去除。",
    )
    alt = forms.TextField(
        label="图片说明",
        max_length=ALT_MAX,
        help_text="写明图上是什么，供看不到图片的人阅读。如“宗地平面图，北至望江路，东至公园路”。",
    )


class RelistForm(forms.Form):
    """再次公告."""

    start = forms.AmountField(label="新一轮的起始总价")
    appraisal = forms.AmountField(
        label="新的评估结果", required=False, help_text="重新评估过的填写，首次披露的期限随之重新计算。"
    )
    reason = forms.LongTextField(label="再次公告的原因", rows=3, max_length=1_000)
    authority = forms.TextField(
        label="批准单位", required=False, help_text="新的价格须经批准单位书面同意的，填写以下三项。"
    )
    on = forms.DayField(label="书面同意的日期", required=False)
    paper = paper("书面同意（扫描件）")

    def clean(self) -> dict[str, Any]:
        """All three of the consent, or none."""
        data = self.cleaned_data
        given = [name for name in ("authority", "on", "paper") if data.get(name)]
        if given and len(given) < 3:
            raise django_forms.ValidationError("书面同意须写明批准单位、日期并上传文件。")
        return data


class ReserveForm(forms.Form):
    """公开保留价."""

    amount = PriceField(label="保留价")
    salt = forms.TextField(label="保留价密钥", max_length=64, help_text="见公告发布时保存的保留价凭证。")

    def __init__(self, *args: Any, is_rate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_rate:
            self.fields["amount"] = PriceField(label="保留价", is_rate=True)


class SignForm(forms.Form):
    """签署成交确认书."""

    digest = django_forms.CharField(widget=django_forms.HiddenInput, max_length=80)
    is_read = forms.TickField(label="我已核对成交确认书的全部内容，代表本单位签署")


class DefaultForm(forms.Form):
    """认定违约."""

    breach = forms.ChoiceField(label="违约情形", choices=[(one.value, one.label) for one in Breach])
    is_refused = forms.TickField(label="竞得人已书面表示不再履行", required=False)
    reason = forms.LongTextField(label="违约的事实和证据", rows=4, max_length=2_000)


class ApplyForm(CarriedForm):
    """提交竞买申请: one file for each material the notice asks for."""

    is_pledged = forms.TickField(
        label="我已阅读公告和全部文件，接受其条件；保证金不使用贷款；所提交的材料真实"
    )

    def __init__(self, materials: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, material in material_fields(materials).items():
            self.fields[name] = paper(material or "其他材料")
        self.order_fields([*material_fields(materials), "is_pledged"])


def material_fields(materials: Sequence[str]) -> dict[str, str]:
    """上传栏 → 材料名称; what the notice did not name goes last, without a name."""
    return {**{f"material_{place}": name for place, name in enumerate(materials)}, "other": ""}


class ViewingForm(forms.Form):
    """预约踏勘."""

    on = forms.ChoiceField(label="时间", choices=[])

    def __init__(self, times: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = forms.ChoiceField(label="时间", choices=list(times))


class ClaimForm(forms.Form):
    """主张优先购买权."""

    grounds = forms.LongTextField(
        label="主张的依据",
        rows=4,
        max_length=GROUNDS_MAX,
        help_text="如公司章程、租赁合同、共有关系等，写明依据和本单位的身份。",
    )
    proof = paper("证明材料", required=True)


class ClaimDecisionForm(forms.Form):
    """认定优先购买权."""

    order = NumberField(
        label="优先购买权顺位",
        required=False,
        min_value=1,
        max_value=ORDER_MAX,
        help_text="认定的填写，第一顺位填 1；不予认定的不填。",
    )
    reason = forms.LongTextField(label="认定的理由", rows=4, max_length=2_000, help_text="理由由主张人看到。")


class DeclineForm(forms.Form):
    """不予确认竞买资格."""

    grounds = forms.LongTextField(
        label="不符合的公告条件",
        rows=4,
        max_length=4_000,
        help_text="每行一条，逐条写明不符合公告的哪项条件。",
    )
